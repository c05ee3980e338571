"""Spans and ids, which every record is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


def content_id(prefix: str, *parts: object) -> str:
    """Return an id that depends on nothing but the parts: the same input, the same id, on any machine.

    Args:
        prefix: One letter that tells the kind of thing, as `c` for a claim.
        parts: What identifies the thing; their `str` forms are hashed with their lengths, so that
            ("ab", "c") and ("a", "bc") differ.
    """
    pieces: list[bytes] = []
    for part in parts:
        data = str(part).encode("utf-8", "surrogatepass")
        pieces += (b"%d:" % len(data), data)
    return f"{prefix}_{hashlib.sha256(b''.join(pieces)).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Say whether the other lies inside this one."""
        return self.start <= other.start and other.end <= self.end


def cover(spans: tuple[Span, ...]) -> Span:
    """Return the smallest span that holds all of them; there must be one at least."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the fewest spans that cover the same characters, in text order."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
