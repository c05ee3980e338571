"""A worker process: loads the pipeline once, then does one batch after another until its parent is gone.

Started by `process.Process` as `python -m verify.workers FD`, where FD is its end of a pipe.
"""

from __future__ import annotations

import logging
import os
import select
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from verify.garbage import collected_rarely, end_quickly
from verify.workers.jobs import JOBS, Brief, open_run
from verify.workers.logs import kept

_OOM_SCORE = "500"  # of -1000 to 1000: when memory runs out, the system ends a worker before the run itself


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker answers."""

    result: Any
    error: str  # empty, or what was raised, for a person
    records: tuple[logging.LogRecord, ...]


def main() -> None:
    """Serve one parent."""
    pipe: Connection[Any, Any] = Connection(int(sys.argv[1]))
    threading.Thread(target=_leave_with_parent, args=(pipe.fileno(),), daemon=True).start()
    end_quickly()
    with suppress(OSError):  # a system without it, or one that forbids it
        Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE)
    with suppress(EOFError, BrokenPipeError), collected_rarely():  # at the end: the parent has no more work
        serve(pipe)


def serve(pipe: Connection[Any, Any]) -> None:
    """Answer the first message, which says what to load, and then every batch."""
    told, level = pipe.recv()
    logging.getLogger().setLevel(level)
    pipe.send(_answer(lambda: _load(told)))
    while True:
        name, items = pipe.recv()
        pipe.send(_answer(partial(_do, name, items, told)))


def _load(told: Brief) -> None:
    open_run(told)


def _do(name: str, items: Sequence[Any], told: Brief) -> Any:
    return JOBS[name].do(items, open_run(told))


def _answer(call: Callable[[], Any]) -> Reply:
    """Return what a call returned or raised, with the log lines of the meantime."""
    with kept() as records:
        try:
            return Reply(call(), "", tuple(records))
        except Exception as error:
            logging.getLogger(__name__).debug("%s", traceback.format_exc())
            return Reply(None, f"{type(error).__name__}: {error}", tuple(records))


def _leave_with_parent(descriptor: int) -> None:
    """Wait until the other end of the pipe is closed, and end the process at once, whatever it is doing."""
    poll = select.poll()
    poll.register(descriptor, 0)  # hang-up alone
    poll.poll()
    os._exit(1)
