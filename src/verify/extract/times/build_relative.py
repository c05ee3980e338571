"""Builders of the time grammar: what counts from another time, and times of day."""

from __future__ import annotations

from verify.extract.times.answer import UNITS, Meaning
from verify.extract.times.cascade import Builder, Captures
from verify.extract.times.dates import Calendar
from verify.extract.times.lengths import Constant, Length
from verify.extract.times.relative import Again, From, Modified, OfDay, Relative, Weekend, Within
from verify.terms import TimePrecision as P
from verify.terms import TimeType


def counted(count: int | None = None, *, anaphoric: bool = False) -> Builder:
    """Make the builder of a unit counted from its anchor; without a count, TOWARDS gives it."""

    def build(c: Captures) -> Meaning | None:
        steps = count if count is not None else (c.number("TOWARDS") or 0)
        code = c.value("UNIT") or c.value("UNITS") or "D"
        return Relative(UNITS[code], steps * (2 if code == "FN" else 1), is_anaphoric=anaphoric)

    return build


def counted_from_last(count: int) -> Builder:
    """Make the builder of a unit counted from the date mentioned last: the following day, that year."""
    return counted(count, anaphoric=True)


def deictic(c: Captures) -> Meaning:
    """Read yesterday, today, tomorrow."""
    return Relative(P.DAY, c.number("DEICTIC") or 0)


def weekend(count: int | None = None) -> Builder:
    """Make the builder of a weekend, so many weeks from the publication's."""
    return lambda c: Weekend(count if count is not None else c.number("TOWARDS") or 0)


def counted_length(sign: int, *, anaphoric: bool = False) -> Builder:
    """Make the builder of a duration counted back or on: three days ago, two weeks later."""

    def build(c: Captures) -> Meaning | None:
        span, *base = c.meanings()
        span = span.base if isinstance(span, Modified) else span
        if not isinstance(span, Length):
            return None
        if span.amount is None or span.amount != int(span.amount):
            return Constant(TimeType.DATE, "PAST_REF" if sign < 0 else "FUTURE_REF", is_vague=True)
        unit, count = UNITS[span.unit], int(span.amount) * sign * (2 if span.unit == "FN" else 1)
        exact = P.DAY if unit is P.WEEK else P.YEAR if unit in (P.DECADE, P.CENTURY) else None
        if base and "DATE" in c:
            return From(base[0], unit, count)
        return Relative(unit, count, is_anaphoric=anaphoric, exact=exact)

    return build


def within(c: Captures) -> Meaning | None:
    """Read a unit inside another: the first quarter of last year, the last week of March."""
    unit = UNITS[c.value("UNIT")] if "UNIT" in c else P.HALF
    index = -1 if "FINAL" in c else c.number("ORDINAL")
    return Within(c.meanings()[0], unit, index) if index else None


def month_of(c: Captures) -> Meaning | None:
    """Read a month or season of a year that is given in other words: March of last year."""
    named, whole = c.meanings()
    if not isinstance(named, Calendar) or named.month is None or named.year is not None:
        return None
    return Within(whole, P.MONTH, named.month)


def of_day(c: Captures) -> Meaning:
    """Put a part of the day or a time on a day."""
    times = [meaning for meaning in c.meanings() if isinstance(meaning, OfDay)]
    dates = [meaning for meaning in c.meanings() if not isinstance(meaning, OfDay)]
    return OfDay(times[0].tail if times else f"T{c.value('PART')}", dates[0] if dates else None)


def part_of_day(count: int, tail: str = "") -> Builder:
    """Make the builder of a part of the publication day or one near it: this morning, last night."""
    return lambda c: Relative(P.DAY, count, tail=tail or f"T{c.value('PART')}")


def again(c: Captures) -> Meaning:
    """Read the unit mentioned last in another year: the same period last year, the same month a year earlier."""
    base = c.meanings()[-1]
    if isinstance(base, Length):
        return Again(Relative(UNITS[base.unit], -int(base.amount or 1), is_anaphoric="AGO" not in c))
    return Again(base)


def clock(c: Captures) -> Meaning | None:
    """Read a time of day: 08:30, 6 p.m., noon, 0800 UTC."""
    text, half = c.value("CLOCK") or c.value("NOON"), c.value("AMPM")
    if "MILITARY" in c:
        text = f"{c.value('MILITARY')[:2]}:{c.value('MILITARY')[2:]}"
    if half and not text:
        text = c.value("NUMBER").replace(".", ":")  # 5.20 pm
    hours, _, rest = (text or f"{c.number('HOUR') or c.number('NUMBER') or 0:02}").partition(":")
    hour = int(hours)
    if (half and not 1 <= hour <= 12) or hour > 24:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    zone = "Z" if c.value("ZONE") == "Z" else ""
    return OfDay(f"T{hour:02}{':' if rest else ''}{rest}{zone}")


def staged(c: Captures) -> Meaning:
    """Read a stage of a unit: early 2009, the end of last year, mid-March."""
    return Modified(c.meanings()[0], c.value("STAGE") or c.value("EARLY_LATE"))


def roughly(c: Captures) -> Meaning:
    """Read an approximate time: about 2010, nearly five months."""
    return Modified(c.meanings()[0], c.value("ROUGHLY"))


def modified(mod: str) -> Builder:
    """Make the builder of a bound: since 2006, until March."""
    return lambda c: Modified(c.meanings()[0], mod)


def same(c: Captures) -> Meaning:
    """Keep the last meaning of the match: the date after its weekday."""
    return c.meanings()[-1]
