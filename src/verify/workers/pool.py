"""Worker processes that outlive the death of any of them."""

from __future__ import annotations

import logging
import queue
from collections.abc import Sequence
from typing import TypeVar

from verify.articles import Corpus, InputFile
from verify.context import Extracted, Run
from verify.errors import WorkerError
from verify.models import Article
from verify.places import is_in_memory
from verify.workers.jobs import EXTRACT, READ, Job, brief
from verify.workers.process import Process, WorkerDied

T = TypeVar("T")
R = TypeVar("R")
ATTEMPTS = 2  # at a whole batch, before its items are tried one by one
logger = logging.getLogger(__name__)


class Pool:
    """Some worker processes; each call takes an idle one, so call from as many threads as there are processes.

    A process that dies (the system ends the largest one when memory runs out) or hangs costs its batch another
    attempt; when that fails too, the items go one by one, and an item that ends its process again becomes an issue.
    """

    def __init__(self, run: Run, processes: int) -> None:
        self.at_once = processes
        self._run = run
        self._is_closed = False
        told = brief(run)
        self._processes = [Process(told) for _ in range(processes)]
        self._idle: queue.LifoQueue[Process] = queue.LifoQueue()  # the last one used has its pipeline loaded
        for process in self._processes:
            self._idle.put(process)

    @property
    def pids(self) -> list[int]:
        """The ids of the processes that run."""
        return [process.pid for process in self._processes if process.pid]

    def read(self, batch: Sequence[InputFile]) -> Corpus:
        """Read the articles of some files; those in the memory of this process cannot be read in another."""
        if any(is_in_memory(file.path) for file in batch):
            return READ.do(batch, self._run)
        return self._do(READ, batch)

    def extract(self, batch: Sequence[Article]) -> Extracted:
        """Clean, parse and extract some articles."""
        return self._do(EXTRACT, batch)

    def close(self) -> None:
        """End all processes at once, whatever they are doing."""
        self._is_closed = True
        for process in self._processes:
            process.end()

    def _do(self, job: Job[T, R], items: Sequence[T]) -> R:
        for _ in range(ATTEMPTS):
            try:
                return self._once(job, items)
            except WorkerDied as death:
                why = f"the worker process that had it {death}"
                logger.warning("a worker process %s; it had %d items to %s", death, len(items), job.name)
        if len(items) == 1:
            return job.give_up(items[0], why)
        return job.join([self._one(job, item) for item in items])

    def _one(self, job: Job[T, R], item: T) -> R:
        """Do one item of a batch that ended its process."""
        try:
            return self._once(job, [item])
        except WorkerDied as death:
            logger.error("a worker process %s; it had one item to %s: %s", death, job.name, getattr(item, "name", ""))
            return job.give_up(item, f"the worker process that had it {death}")

    def _once(self, job: Job[T, R], items: Sequence[T]) -> R:
        process = self._idle.get()
        try:
            if self._is_closed:
                raise WorkerError("The worker processes have ended with the run")
            result: R = process.do(job.name, items)
            return result
        finally:
            self._idle.put(process)
