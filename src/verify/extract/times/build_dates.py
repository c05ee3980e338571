"""Builders of the time grammar: calendar dates and intervals, from the words of a match to their meaning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from verify.extract.times.answer import Meaning
from verify.extract.times.calendar import Place
from verify.extract.times.cascade import Captures
from verify.extract.times.dates import Ambiguous, Calendar, Fixed
from verify.extract.times.intervals import Between
from verify.extract.times.lengths import Constant
from verify.extract.times.relative import OfDay
from verify.terms import TimePrecision as P
from verify.terms import TimeType

PIVOT = 40  # two digits below it are a year of this century, others of the last: 07, '82


def full_year(digits: str) -> int:
    """Return the year that two or four digits stand for."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < PIVOT else 1900)


def calendar(c: Captures) -> Calendar | None:
    """Read a date off whichever of its parts stand in the match."""
    year, short = c.number("YEAR") or c.number("BARE_YEAR"), c.value("TWO_DIGITS")
    day = c.number("DAY_NUMBER") or (c.number("ORDINAL") if "MONTH" in c else None)
    if day is not None and not 1 <= day <= 31:
        return None
    return Calendar(
        year=full_year(short) if short and year is None else year,
        month=c.number("MONTH"),
        day=day,
        weekday=c.number("WEEKDAY"),
        season=c.value("SEASON"),
        towards=c.number("TOWARDS"),
        is_short_year=bool(short) and year is None,
    )


def day_of_month(c: Captures) -> Meaning | None:
    """Read a day of the month that the context gives: on the 15th."""
    day = c.number("ORDINAL_DAY") or 0
    return Calendar(day=day) if 1 <= day <= 31 else None


def quarter(c: Captures) -> Meaning | None:
    """Read a quarter or a half: "third quarter", "Q3 2009", "H1"."""
    code = c.value("QUARTER").upper()
    number = int("".join(filter(str.isdigit, code))) if code else c.number("ORDINAL") or (4 if "FINAL" in c else 0)
    is_half = "H" in code
    if not 1 <= number <= (2 if is_half else 4):
        return None
    year = c.number("YEAR")
    return Calendar(year=year, half=number) if is_half else Calendar(year=year, quarter=number)


def iso_date(c: Captures) -> Meaning | None:
    """Read an ISO 8601 date with or without a time."""
    text = c.value("ISO_DATE")
    year, month, day = (int(part) for part in text[:10].split("-"))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    whole = Calendar(year=year, month=month, day=day)
    return OfDay(text[10:].upper(), whole) if len(text) > 10 else whole


def numeric_date(c: Captures) -> Meaning | None:
    """Read a date of three numbers, whose order the country decides where both orders are possible."""
    first, second, year = c.value("NUMERIC_DATE").replace(".", "/").split("/")
    if not (1 <= int(first) <= 31 and 1 <= int(second) <= 31) or (int(first) > 12 and int(second) > 12):
        return None
    return Ambiguous(int(first), int(second), full_year(year), is_short_year=len(year) == 2)


def decade(c: Captures) -> Meaning | None:
    """Read a decade: the 1990s, the 70s, the nineties."""
    digits = "".join(filter(str.isdigit, c.value("DECADE"))) or f"{c.value('DECADE_WORD')}0"
    year = int(digits) if len(digits) > 2 else int(digits) + (2000 if int(digits) < 20 else 1900)
    if year % 100 == 0 and len(digits) > 2 and year < 2000:
        return Fixed(Place(P.CENTURY, date(year, 1, 1)))
    return Fixed(Place(P.DECADE, date(year - year % 10, 1, 1)), is_inferred=len(digits) == 2)


def century(c: Captures) -> Meaning | None:
    """Read a century by its ordinal: the 19th century is the years 1800 to 1899."""
    number = c.number("ORDINAL") or 0
    return Fixed(Place(P.CENTURY, date(number * 100 - 100, 1, 1))) if 2 <= number <= 22 else None


def fiscal_year(c: Captures) -> Meaning | None:
    """Read a fiscal year; its days depend on whose it is, so that it has no place on the calendar."""
    digits = "".join(filter(str.isdigit, c.value("FISCAL"))) or c.value("YEAR")
    return Constant(TimeType.DATE, f"FY{full_year(digits)}", P.YEAR, is_vague=True)


def two_days(c: Captures) -> Meaning | None:
    """Read two days of one month: March 11 to 15, 2024; 11-15 March."""
    first, last = (int(day) for day in c.values("DAY_NUMBER")[:2])
    if not 1 <= first < last <= 31:
        return None
    begin = Calendar(year=c.number("YEAR"), month=c.number("MONTH"), day=first)
    return Between(begin, replace(begin, day=last))


def two_years(c: Captures) -> Meaning | None:
    """Read two years: 2003-2005, 1914-18."""
    first = int(c.values("YEAR")[0])
    short = c.value("TWO_DIGITS")
    last = first // 100 * 100 + int(short) if short else int(c.values("YEAR")[1])
    return Between(Calendar(year=first), Calendar(year=last)) if first < last else None


def two_dates(c: Captures) -> Meaning:
    """Read an interval between any two dates."""
    begin, end = c.meanings()
    return Between(begin, end)
