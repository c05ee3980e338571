"""Recognise the forms of EDTF (ISO 8601-2:2019, levels 0 to 2) that the dataset writes.

A regular expression and the calendar instead of the edtf library: its parser takes about ten milliseconds a value,
and a large dataset has ten thousand of them. A test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from verify.terms import TimePrecision as P

_DAY = r"-?\d{4}-\d{2}-\d{2}"
_FORMS: Mapping[P, str] = MappingProxyType(
    {
        P.SECOND: rf"{_DAY}T\d{{2}}:\d{{2}}:\d{{2}}(?:Z|[+-]\d{{2}}:\d{{2}})?",
        P.DAY: _DAY,
        P.MONTH: r"-?\d{4}-(?:0[1-9]|1[0-2])",
        P.SEASON: r"-?\d{4}-2[1-4]",
        P.QUARTER: r"-?\d{4}-3[3-6]",
        P.HALF: r"-?\d{4}-4[01]",
        P.YEAR: r"-?\d{4}",
        P.DECADE: r"\d{3}X",
        P.CENTURY: r"\d{2}XX",
    }
)
_COMPILED = {precision: re.compile(form) for precision, form in _FORMS.items()}
_OPEN = frozenset({"", ".."})
# The form that a precision is written in where EDTF has none of its own: a week is the interval of its days.
_WRITTEN_AS: Mapping[P, tuple[P, ...]] = MappingProxyType(
    {
        P.MINUTE: (P.SECOND, P.DAY),
        P.HOUR: (P.SECOND, P.DAY),
        P.SECOND: (P.SECOND, P.DAY),
        P.PART_OF_DAY: (P.SECOND, P.DAY),
        P.WEEK: (P.DAY,),
    }
)
# Units that an open interval cannot begin or end with, and what is written there in their place.
_AT_AN_EDGE = MappingProxyType({P.QUARTER: P.MONTH, P.HALF: P.MONTH, P.DECADE: P.YEAR, P.CENTURY: P.YEAR})


@cache
def precisions(value: str) -> frozenset[P]:
    """Return the precision of each date of an EDTF value; none if the value cannot be read.

    Args:
        value: A date, an interval `begin/end` with open sides, or one of a set `[a, b]`; `~` and `?` may follow.
    """
    dates = _dates(value)
    found = [_precision(part) for part in dates]
    is_wrong = not all(found) or (_is_open(value) and not _AT_AN_EDGE.keys().isdisjoint(found))
    return frozenset() if is_wrong else frozenset(p for p in found if p)


def is_edtf(value: str) -> bool:
    """Say whether a value can be read as EDTF."""
    return bool(precisions(value))


def fits(precision: str, value: str) -> bool:
    """Say whether a value is as fine as a precision says; an interval may run between coarser and finer dates."""
    unit = P(precision)
    allowed = (*_WRITTEN_AS.get(unit, (unit,)), *((_AT_AN_EDGE[unit],) if "/" in value and unit in _AT_AN_EDGE else ()))
    return precision == P.VAGUE or not precisions(value).isdisjoint(allowed)


def _is_open(value: str) -> bool:
    return ".." in value.split("/")


def _dates(value: str) -> list[str]:
    """Split a value into the dates it is made of, without marks of doubt; no dates if it is none."""
    if value.startswith("[") and value.endswith("]"):
        return [part.strip() for part in value[1:-1].split(",")]
    begin, slash, end = value.partition("/")
    parts = [part for part in (begin, end) if part not in _OPEN]
    return [part.rstrip("~?%") for part in parts] if slash or parts else []


def _precision(part: str) -> P | None:
    precision = next((p for p, form in _COMPILED.items() if form.fullmatch(part)), None)
    if precision in (P.DAY, P.SECOND) and not part.startswith("-"):
        return precision if _is_day(part[:10]) else None
    return precision


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return text.startswith("0000")  # the year before year 1, which EDTF has and Python has not
    return True
