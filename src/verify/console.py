"""What a person at a terminal sees on standard error; everywhere else it is plain lines."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[str, int, int], None]
# Escape sequences and other controls could move the cursor or recolour what a terminal shows.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: object) -> str:
    """Return text that is safe to print: article words may hold terminal control sequences."""
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", str(text)).encode("utf-8", "replace").decode("utf-8")


def say(line: str) -> None:
    """Print one line on standard error."""
    print(plain(line), file=sys.stderr)  # noqa: T201  the one place that prints for a person


@contextmanager
def watch(quiet: bool) -> Iterator[Progress]:
    """Yield a function that takes a stage, how much is done and how much there is.

    A bar is drawn only on a terminal; rich is imported only then.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, int] = {}

        def update(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield update
