"""How much one article may cost: the limits of the settings, and the watch that the extraction is kept under.

An article beyond a limit becomes a row of `issues`; the run goes on. Bytes and characters are counted before anything
is parsed, sentences after the parse, and seconds between the steps of the extraction: a step that is running is not
interrupted. Seconds are those that the thread has spent on a processor, so that they mean the same in the main
thread, in a worker process and in a task, and so that a busy machine loses no article.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TypeVar

from verify.terms import IssueReason

MAX_BYTES = 20_000_000  # of one article as it is stored, an HTML page with its scripts included
MAX_CHARS = 200_000
MAX_SENTENCES = 5_000  # a text of `MAX_CHARS` with sentences of 20 words has 1,700
MAX_SECONDS = 120.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Size:
    """The size that one article may have."""

    chars: int = MAX_CHARS
    bytes: int = MAX_BYTES


class LimitExceeded(Exception):
    """An article is beyond a limit.

    Args:
        reason: Which limit, as the table `issues` names it.
        detail: What was found, what was expected and which setting says so.
    """

    def __init__(self, reason: IssueReason, detail: str) -> None:
        self.reason, self.detail = reason, detail
        super().__init__(detail)


class Watch:
    """Keeps one article within its limits; the clock starts when it is made.

    Args:
        max_sentences: Most sentences; 0 for no limit.
        max_seconds: Most processor seconds; 0 for no limit.
    """

    def __init__(self, max_sentences: int = 0, max_seconds: float = 0) -> None:
        self.max_sentences, self.max_seconds = max_sentences, max_seconds
        self.start, self._begun = time.thread_time(), time.monotonic()

    def count(self, sentences: int) -> None:
        """Raise `LimitExceeded` if there are more sentences than there may be."""
        if self.max_sentences and sentences > self.max_sentences:
            detail = f"{sentences} sentences; expected at most {self.max_sentences} (see `max_sentences`)"
            raise LimitExceeded(IssueReason.TOO_MANY_SENTENCES, detail)

    def after(self, result: T) -> T:
        """Return what a step has found; raise `LimitExceeded` if the time is up by then."""
        # No thread has worked longer than it was there; to ask what it worked takes as long as to find the hedges.
        is_late = self.max_seconds and time.monotonic() - self._begun > self.max_seconds
        if is_late and time.thread_time() - self.start > self.max_seconds:
            # How much more is left out: it differs from run to run, and a table must not.
            detail = f"the extraction took more than {self.max_seconds:g} s of processor time (see `max_seconds`)"
            raise LimitExceeded(IssueReason.TOO_SLOW, detail)
        return result
