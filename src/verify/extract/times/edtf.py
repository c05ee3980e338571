"""Write a resolved time as EDTF (ISO 8601-2:2019, levels 0 to 2)."""

from __future__ import annotations

from datetime import date

from verify.extract.times.answer import Answer
from verify.terms import TimeType

OPEN_BEFORE = frozenset({"BEFORE", "ON_OR_BEFORE"})
OPEN_AFTER = frozenset({"AFTER", "ON_OR_AFTER"})


def edtf(answer: Answer) -> str:
    """Return the EDTF string of an answer, empty where it has no place on a calendar.

    An interval is `begin/end`, a bound leaves the other side open (`2006/..`), an approximation is marked with `~`.
    """
    if answer.edtf or answer.place is None or answer.type not in (TimeType.DATE, TimeType.TIME):
        return answer.edtf
    begin, end = answer.place.edtf, (answer.end or answer.place).edtf
    if answer.end is not None:
        return f"{begin.split('/')[0]}/{end.split('/')[-1]}"
    if answer.mod in OPEN_AFTER:
        return f"{begin.split('/')[0]}/.."
    if answer.mod in OPEN_BEFORE:
        return f"../{end.split('/')[-1]}"
    return f"{begin}~" if answer.mod == "APPROX" and "/" not in begin and "T" not in begin else begin


def days(answer: Answer) -> tuple[date | None, date | None]:
    """Return the first and the last day of an answer, inclusive; None on a side that is open or unknown."""
    if answer.place is None or answer.type not in (TimeType.DATE, TimeType.TIME):
        return None, None
    first, last = answer.place.days[0], (answer.end or answer.place).days[1]
    if answer.mod in OPEN_AFTER:
        return first, None
    return (None, last) if answer.mod in OPEN_BEFORE else (first, last)
