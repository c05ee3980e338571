"""A publication date as it is written, or the reason why it cannot be used."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from dateutil import parser

from verify.articles.problems import Problem, shown
from verify.terms import IssueReason

MAX_LENGTH = 64
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
_NUMERIC = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
# Offsets in hours of the zones that RFC 5322, 4.3, names; other abbreviations mean several zones each.
_ZONES = {
    "UTC": 0,
    "GMT": 0,
    "UT": 0,
    "Z": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
}
_ZONES["PDT"] = -7
# What the parser takes for parts that are not written; they differ in every part down to the minute, so that such a
# part shows. Seconds that are not written are 0.
_DEFAULTS = (datetime(2000, 1, 1, 1, 1), datetime(2004, 2, 2, 2, 2))


def parse_date(value: object) -> date | datetime:
    """Read a publication date without guessing: ISO 8601, or a form in which day, month and year are clear.

    Args:
        value: What a field holds.

    Returns:
        A datetime where a time of the day is written, with its zone if one is given, else a date.

    Raises:
        Problem: It is not a text, not a date, lacks its year, month or day, or can be read in two ways.
    """
    if not isinstance(value, str) or len(value) > MAX_LENGTH:
        raise _problem(value, "expected a text such as '2024-03-11'")
    text = " ".join(value.split())
    try:
        return date.fromisoformat(text) if _DATE.match(text) else _parse(text)
    except (ValueError, OverflowError, TypeError) as error:
        raise _problem(value, f"{error}; expected a date such as '2024-03-11'") from None


def _parse(text: str) -> date | datetime:
    """Parse twice with other defaults; what differs is not written.

    Raises:
        ValueError: A part is missing, or day and month could change places.
    """
    first, second = (parser.parse(text, default=default, tzinfos=_zone) for default in _DEFAULTS)
    if first.date() != second.date():
        raise ValueError("year, month or day is missing")
    if _NUMERIC.match(text) and parser.parse(text, default=first, dayfirst=True, tzinfos=_zone).date() != first.date():
        raise ValueError("day and month could change places")
    if not re.search(r"\d{4}", text):
        raise ValueError("the year has two digits")
    return first.replace(microsecond=0) if _has_time(first, second) else first.date()


def _has_time(first: datetime, second: datetime) -> bool:
    return (first.hour, first.minute) == (second.hour, second.minute)


def _zone(name: str | None, offset: int | None) -> timezone | None:
    """Return a time zone by its offset in seconds or its name, None where neither is written.

    Raises:
        ValueError: The abbreviation is not one of RFC 5322.
    """
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    if name is None:
        return None
    if name not in _ZONES:
        raise ValueError(f"the time zone {shown(name)} is not known")
    return timezone(timedelta(hours=_ZONES[name]))


def _problem(value: object, why: str) -> Problem:
    return Problem(IssueReason.UNPARSABLE_DATE, f"publication date {shown(value)}: {why}; left empty")
