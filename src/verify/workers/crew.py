"""Who does the reading and the extraction: this process alone, or a pool of worker processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from itertools import accumulate
from typing import Protocol, TypeVar

from verify import stages
from verify.articles import Corpus, InputFile
from verify.context import Extracted, Run
from verify.models import Article
from verify.workers.jobs import extract
from verify.workers.pool import Pool

T = TypeVar("T")
R = TypeVar("R")


class Crew(Protocol):
    """Does batches, so many at once."""

    at_once: int

    def read(self, batch: Sequence[InputFile]) -> Corpus:
        """Read the articles of some files."""

    def extract(self, batch: Sequence[Article]) -> Extracted:
        """Clean, parse and extract some articles."""


class Alone:
    """This process, one batch at a time."""

    at_once = 1

    def __init__(self, run: Run) -> None:
        self._run = run

    def read(self, batch: Sequence[InputFile]) -> Corpus:
        """Read the articles of some files."""
        return stages.read(batch, self._run)

    def extract(self, batch: Sequence[Article]) -> Extracted:
        """Clean, parse and extract some articles."""
        return extract(batch, self._run)


@contextmanager
def hire(run: Run) -> Iterator[Crew]:
    """Return who does the batches of a run; worker processes start when they are needed and end with the block."""
    if run.settings.processes == 1:
        yield Alone(run)
        return
    pool = Pool(run, run.settings.processes)
    try:
        yield pool
    finally:
        pool.close()


def each(do: Callable[[Sequence[T]], R], batches: Sequence[Sequence[T]], at_once: int) -> Iterator[tuple[int, R]]:
    """Do every batch, `at_once` of them at a time, and yield the results in the order of the batches.

    Args:
        do: A crew's `read` or `extract`.
        batches: From `cut`.
        at_once: The crew's own. The context of the caller holds in the threads too, such as that of a flow run.

    Yields:
        How many items are done, and the result of one batch.
    """
    done = accumulate(map(len, batches))
    if at_once == 1:
        yield from zip(done, map(do, batches), strict=True)
        return
    threads = ThreadPoolExecutor(at_once, thread_name_prefix="verify-crew")
    try:
        contexts = [copy_context() for _ in batches]  # one cannot be entered by two threads at once
        results = threads.map(lambda context, batch: context.run(do, batch), contexts, batches)
        yield from zip(done, results, strict=True)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
