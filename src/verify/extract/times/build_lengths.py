"""Builders of the time grammar: durations, sets and references without a place."""

from __future__ import annotations

from verify.extract.times.answer import UNITS, Meaning
from verify.extract.times.cascade import Builder, Captures
from verify.extract.times.lengths import Constant, Length
from verify.terms import TimePrecision as P
from verify.terms import TimeType


def length(amount: float | None = None, *, is_open: bool = False) -> Builder:
    """Make the builder of a duration; the number stands in the words, or is given, or is open."""

    def build(c: Captures) -> Meaning | None:
        unit = c.value("UNITS") or c.value("UNIT") or c.value("UNIT_SECOND")
        number = amount
        if amount is None and not is_open:
            written = c.value("NUMBER") or c.value("SOME")
            number = None if written in ("", "X") else float(written)
        if number is not None and amount is None and "HALF" in c:
            number += 0.5
        is_fraction = unit == "Q" and "ADJECTIVE" not in c and "TOWARDS" not in c  # "a quarter of the members"
        return None if is_fraction or (number is not None and not 0 < number < 1e6) else Length(number, unit)

    return build


def every(c: Captures) -> Meaning:
    """Read a set: every Monday, each year, twice a week."""
    if "WEEKDAY" in c or "WEEKDAYS" in c:
        return Constant(TimeType.SET, f"XXXX-WXX-{c.value('WEEKDAY') or c.value('WEEKDAYS')}", P.DAY)
    if "MONTH" in c:
        return Constant(TimeType.SET, f"XXXX-{c.number('MONTH'):02}", P.MONTH)
    if "PART" in c:
        return Constant(TimeType.SET, f"XXXX-XX-XXT{c.value('PART')}", P.PART_OF_DAY)
    number = float(c.value("NUMBER") or 1)
    unit = c.value("UNIT") or c.value("UNITS")
    return Constant(TimeType.SET, Length(number, unit).value, UNITS[unit])


def frequency(c: Captures) -> Meaning:
    """Read a word that is a set by itself: weekly, annual."""
    value = c.value("FREQUENCY")
    return Constant(TimeType.SET, value, UNITS.get(value.lstrip("PT0123456789"), P.VAGUE))


def long_word(c: Captures) -> Meaning:
    """Read a duration of one word: yearlong."""
    value = c.value("LONG")
    return Constant(TimeType.DURATION, value, UNITS[value[-1]])


def vague(value: str = "") -> Builder:
    """Make the builder of a reference without a place: PAST_REF, PRESENT_REF, FUTURE_REF."""
    return lambda c: Constant(TimeType.DATE, value or c.value("VAGUE"), is_vague=True)
