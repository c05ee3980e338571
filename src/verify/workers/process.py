"""The parent's side of a worker process.

A worker is a fresh interpreter, neither a fork nor one of `multiprocessing`'s. A fork of a process that has threads
(Prefect's, BLAS's) can find a lock held for ever. `multiprocessing` imports the caller's main module in each child,
Prefect's engine among them, and needs a guard in every script; its pool loses all batches when one process dies and
does not say whose batch it was. Here each worker has a pipe of its own, so a death is known at once, with its batch.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Any

from verify.errors import WorkerError
from verify.workers import logs
from verify.workers.jobs import Brief

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from verify.workers.child import Reply

# As many processes as cores, each with as many BLAS threads as cores, would only wait for one another.
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
# Seconds that a batch may take before its process is taken to hang: a batch at its best, and one article in it at the
# setting `max_seconds`, which are processor seconds, on a machine that is busy with other things.
PATIENCE, BUSY = 1800.0, 10
STARTS = 3  # attempts; a process that the system ends while memory is short can start a moment later
logger = logging.getLogger(__name__)


class WorkerDied(Exception):
    """A worker process ended, or had to be ended, while it had a batch; the message says how."""


class Process:
    """A worker process that does one batch at a time; it starts with the first one, and again after a death."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._child: subprocess.Popen[bytes] | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._is_ended = False

    @property
    def pid(self) -> int | None:
        """The process id while the process runs."""
        return self._child.pid if self._child else None

    def do(self, job: str, items: Sequence[Any]) -> Any:
        """Do a batch and return its result; log lines of the worker are logged here.

        Raises:
            WorkerDied: The process ended meanwhile, or hung and was ended.
            WorkerError: The process could not start, or the work raised an error.
        """
        if self._pipe is None:
            self._start()
        return self._ask((job, items), PATIENCE + BUSY * self._brief.settings.max_seconds)

    def end(self) -> None:
        """End the process at once, and wait until it has ended."""
        self._is_ended = True
        child = self._child
        if child is not None:
            child.kill()
            child.wait()

    def _start(self) -> None:
        for _ in range(STARTS):
            try:
                self._launch()
                return
            except WorkerDied as death:
                how = str(death)
                logger.warning("a worker process %s while it was starting", how)
            if self._is_ended:
                break
        hint = "Use fewer processes if memory is short; its own messages stand above."
        raise WorkerError(f"A worker process ended while it was starting: {how}", hint)

    def _launch(self) -> None:
        ours, theirs = Pipe()
        descriptor = theirs.fileno()
        with theirs:
            self._child = subprocess.Popen(
                # -P: a file in the current folder must not take the place of a module
                [sys.executable, "-P", "-m", "verify.workers", str(descriptor)],
                pass_fds=[descriptor],
                env=os.environ | ONE_THREAD,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # standard output is for data
                process_group=0,  # an interrupt at the keyboard is the parent's, who ends its workers
            )
        self._pipe = ours
        if self._is_ended:  # meanwhile, by another thread
            self._child.kill()
        self._ask((self._brief, logging.getLogger("verify").getEffectiveLevel()))

    def _ask(self, message: Any, patience: float | None = None) -> Any:
        assert self._pipe is not None
        try:
            self._pipe.send(message)
            if not self._pipe.poll(patience):
                raise TimeoutError
            reply: Reply = self._pipe.recv()
        except (EOFError, OSError) as error:
            how = self._bury()
            raise WorkerDied(
                f"gave no answer for {patience:g} s" if isinstance(error, TimeoutError) else how
            ) from error
        logs.replay(reply.records)
        if reply.error:
            raise WorkerError(f"A worker process raised {reply.error}", "Run with --processes 1 -vv to see where.")
        return reply.result

    def _bury(self) -> str:
        """Forget the process and return how it ended."""
        assert self._child is not None
        assert self._pipe is not None
        self._pipe.close()
        self._child.kill()
        code = self._child.wait()
        self._child = self._pipe = None
        if code >= 0:
            return f"exit code {code}"
        with suppress(ValueError):
            return f"ended by {signal.Signals(-code).name}"
        return f"ended by signal {-code}"
