"""What a time expression means before it is placed on the calendar, and what it is resolved to.

A meaning reads its context (publication date, date last mentioned, tense) and gives an answer. A part of a value
that neither the words nor the context give stays unspecified (`XXXX-03-11`); nothing comes from the machine's clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from verify.extract.times.calendar import Place
from verify.terms import TimeAnchor, TimeType
from verify.terms import TimePrecision as P

UNITS = {
    "S": P.SECOND, "MIN": P.MINUTE, "H": P.HOUR, "D": P.DAY, "W": P.WEEK, "FN": P.WEEK, "M": P.MONTH, "Q": P.QUARTER,
    "Y": P.YEAR, "DE": P.DECADE, "CE": P.CENTURY,
}  # fmt: skip
OPEN = {
    P.DAY: "XXXX-XX-XX", P.WEEK: "XXXX-WXX", P.MONTH: "XXXX-XX", P.QUARTER: "XXXX-QX", P.YEAR: "XXXX",
    P.DECADE: "XXX", P.CENTURY: "XX", P.HALF: "XXXX-HX", P.SEASON: "XXXX",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """A meaning in its context; `place` and `end` are None where the calendar has no place for it."""

    type: TimeType
    value: str
    place: Place | None = None
    end: Place | None = None  # the last unit of an interval
    precision: P = P.VAGUE
    anchor: TimeAnchor = TimeAnchor.NONE
    mod: str = ""
    edtf: str = ""  # where it differs from that of the place
    is_inferred: bool = False
    is_ambiguous: bool = False
    is_vague: bool = False


@dataclass(slots=True)
class Context:
    """What may complete a value: never the machine's clock."""

    published: date | None
    country: str = ""
    mentioned: Place | None = None  # the calendar unit mentioned last
    full: date | None = None  # the last date known to the day, until another year is mentioned
    direction: Callable[[], int] = lambda: 0  # -1 where the tense speaks of the past, 1 of the future

    def note(self, answer: Answer) -> None:
        """Remember an answer for the expressions after it."""
        if answer.place is None or answer.type not in (TimeType.DATE, TimeType.TIME):
            return
        self.mentioned = answer.end or answer.place
        if self.mentioned.unit is P.DAY:
            self.full = self.mentioned.first
        elif self.full is not None and self.mentioned.first.year != self.full.year:
            self.full = None  # another year was mentioned since, so that none can be taken for granted


class Meaning(Protocol):
    """What the builders of the grammar make."""

    def resolve(self, context: Context) -> Answer:
        """Place the meaning on the calendar as far as the words and the context allow."""


def placed(place: Place, anchor: TimeAnchor = TimeAnchor.NONE, *, is_inferred: bool = False) -> Answer:
    """Return the answer of a known place."""
    kind = TimeType.TIME if place.tail.startswith("T") else TimeType.DATE
    return Answer(kind, place.value, place, precision=place.precision, anchor=anchor, is_inferred=is_inferred)


def unplaced(value: str, precision: P, kind: TimeType = TimeType.DATE) -> Answer:
    """Return the answer of an expression that the context does not suffice for."""
    return Answer(kind, value, precision=precision, is_vague=True)
