"""A run in a forked process that can be killed at a moment of choice, and what it was doing then.

Importing takes longer than a small run, so the process that forks has imported everything; the child goes through
the whole run, loading the pipeline included. It notes on a page of shared memory which stage it has entered and
how many times it has touched the output folder, which outlives it.

Only every eighth expectation is judged: judging all of them takes five sixths of a run on a few articles, touches no
file, and would take five sixths of the kills.
"""

from __future__ import annotations

import contextlib
import inspect
import mmap
import os
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import great_expectations  # noqa: F401  imported before the fork, so that no child pays for it

import verify.quality.gx  # noqa: F401
from verify import pipeline, stages
from verify.quality import run as judging
from verify.quality.suites import make_suite
from verify.settings import Settings

_OWN = [
    name for name, value in vars(stages).items() if inspect.isfunction(value) and value.__module__ == stages.__name__
]
STAGES = ["load", *(name for name in _OWN if not name.startswith("_"))]
_EVERY = 8
_PAGE = struct.Struct("iid")  # number of the stage entered last, touches of the output folder, when it was entered


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended."""

    code: int  # of its exit; -9 for a kill
    stage: str  # that it entered last
    touches: int  # of the output folder
    seconds: float
    in_stage: float  # seconds since it entered that stage


class Board:
    """What a child notes of itself, in memory that both processes see."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _PAGE.size)

    def write(self, stage: int, touches: int, since: float) -> None:
        """Note where the child is."""
        self._memory[: _PAGE.size] = _PAGE.pack(stage, touches, since)

    def read(self) -> tuple[str, int, float]:
        """Return the stage entered last, the touches of the output folder and when the stage was entered."""
        stage, touches, since = _PAGE.unpack(self._memory[: _PAGE.size])
        return STAGES[stage], touches, since


@dataclass(frozen=True, slots=True)
class Moment:
    """When a child is killed; never, if nothing is given."""

    after: float | None = None  # seconds from the start of the run
    publishing: float | None = None  # seconds from the start of the publication
    touch: int = 0  # right before it touches the output folder for the n-th time


class Victim:
    """A child that does a whole run.

    Args:
        settings: Of the run; its output folder must be absolute.
        log: Where the child's output goes.
        touch: The child kills itself right before it touches the output folder for the n-th time; 0 for never.
    """

    def __init__(self, settings: Settings, log: Path, touch: int = 0) -> None:
        self.board, self.start = Board(), time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            _be_victim(settings, log, self.board, touch)

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def wait_until(self, is_time: Callable[[], bool]) -> bool:
        """Wait for a condition; return False if the child ends before."""
        while not is_time():
            if os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                return False
            time.sleep(0.001)
        return True

    def end(self) -> Ending:
        """Wait for the child's end."""
        _, status = os.waitpid(self.pid, 0)
        stage, touches, since = self.board.read()
        now = time.monotonic()
        return Ending(os.waitstatus_to_exitcode(status), stage, touches, now - self.start, now - (since or self.start))


def run(settings: Settings, log: Path, kill: Moment = Moment()) -> Ending:
    """Run in a child to its end, which is SIGKILL at a moment, if one is given; arguments as for a `Victim`."""
    child = Victim(settings, log, kill.touch)
    if kill.after is not None:
        is_alive = child.wait_until(lambda: time.monotonic() >= child.start + (kill.after or 0))
    elif kill.publishing is not None:
        is_alive = child.wait_until(lambda: child.board.read()[0] == "publish")
        time.sleep(kill.publishing)
    else:
        is_alive = False
    if is_alive:
        child.send(signal.SIGKILL)
    return child.end()


def _be_victim(settings: Settings, log: Path, board: Board, touch: int) -> None:
    """Do the run as a process of its own would, and leave without going back to the parent's code."""
    with contextlib.suppress(BaseException):
        with log.open("w") as stream:
            os.dup2(stream.fileno(), 1)
            os.dup2(stream.fileno(), 2)
        _trace(board, str(settings.output), touch)
        vars(judging)["make_suite"] = lambda *named: make_suite(*named)[::_EVERY]
        try:
            pipeline.run(settings)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    os._exit(2)


def _trace(board: Board, out: str, fatal: int) -> None:
    """Note each stage that is entered and each touch of the output folder, and die at the fatal one."""
    place: list[Any] = [0, 0, time.monotonic()]

    def watch(_event: str, arguments: tuple[Any, ...]) -> None:
        if arguments and isinstance(arguments[0], str | Path) and str(arguments[0]).startswith(out):
            place[1] += 1
            board.write(*place)
            if place[1] == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    def noted(number: int, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def stage(*arguments: Any, **named: Any) -> Any:
            place[0], place[2] = number, time.monotonic()
            board.write(*place)
            return function(*arguments, **named)

        return stage

    sys.addaudithook(watch)
    for number, name in enumerate(STAGES[1:], 1):
        setattr(stages, name, noted(number, getattr(stages, name)))
