"""Write a resolved time as EDTF (ISO 8601-2:2019, levels 0 to 2)."""

from __future__ import annotations

from datetime import date

from verify.extract.times.answer import Answer
from verify.extract.times.calendar import Place
from verify.terms import TimePrecision as P
from verify.terms import TimeType

OPEN_BEFORE = frozenset({"BEFORE", "ON_OR_BEFORE"})
OPEN_AFTER = frozenset({"AFTER", "ON_OR_AFTER"})
_MONTH, _YEAR = len("2024-04"), len("2024")
# Units of level 2, which an interval that is open cannot have, with the length of the date that stands for their edge.
_IN_NO_INTERVAL = {P.QUARTER: _MONTH, P.HALF: _MONTH, P.DECADE: _YEAR, P.CENTURY: _YEAR}


def edtf(answer: Answer) -> str:
    """Return the EDTF string of an answer, empty where it has no place on a calendar.

    An interval is `begin/end`, a bound leaves the other side open (`2006/..`), an approximation is marked with `~`.
    """
    if answer.edtf or answer.place is None or answer.type not in (TimeType.DATE, TimeType.TIME):
        return answer.edtf
    if answer.end is not None:
        return f"{_begin(answer.place)}/{_end(answer.end)}"
    if answer.mod in OPEN_AFTER:
        return f"{_begin(answer.place)}/.."
    if answer.mod in OPEN_BEFORE:
        return f"../{_end(answer.place)}"
    value = answer.place.edtf
    return f"{value}~" if answer.mod == "APPROX" and "/" not in value and "T" not in value else value


def _begin(place: Place) -> str:
    """Return where an interval begins that begins with a place: "since Q2" is since April, "since the 1990s" 1990."""
    plain = _IN_NO_INTERVAL.get(place.unit)
    return place.days[0].isoformat()[:plain] if plain else place.edtf.split("/")[0]


def _end(place: Place) -> str:
    """Return where an interval ends that ends with a place."""
    plain = _IN_NO_INTERVAL.get(place.unit)
    return place.days[1].isoformat()[:plain] if plain else place.edtf.split("/")[-1]


def days(answer: Answer) -> tuple[date | None, date | None]:
    """Return the first and the last day of an answer, inclusive; None on a side that is open or unknown."""
    if answer.place is None or answer.type not in (TimeType.DATE, TimeType.TIME):
        return None, None
    first, last = answer.place.days[0], (answer.end or answer.place).days[1]
    if answer.mod in OPEN_AFTER:
        return first, None
    return (None, last) if answer.mod in OPEN_BEFORE else (first, last)
