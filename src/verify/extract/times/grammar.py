"""The time grammar as a whole: its levels in order, compiled once."""

from __future__ import annotations

from functools import cache

from verify.extract.times.cascade import Cascade, Rule, compile_rules
from verify.extract.times.holidays import holiday_rules
from verify.extract.times.rules_clocks import CLOCKS, PARTS_OF_DAY
from verify.extract.times.rules_counted import COUNTED, COUNTED_LENGTHS
from verify.extract.times.rules_dates import CALENDAR, PARTS, STAGES, WEEKDAYS
from verify.extract.times.rules_intervals import BOUNDS, INTERVALS, INTERVALS_OF_NUMBERS
from verify.extract.times.rules_lengths import LENGTHS, REFERENCES, SETS

LEVELS: tuple[tuple[Rule, ...], ...] = (
    (*INTERVALS_OF_NUMBERS, *CALENDAR, *holiday_rules(), *COUNTED, *CLOCKS, *LENGTHS, *SETS, *REFERENCES),
    WEEKDAYS,
    (*PARTS, *PARTS_OF_DAY, *COUNTED_LENGTHS),
    STAGES,
    INTERVALS,
    BOUNDS,
)


@cache
def grammar() -> Cascade:
    """Return the compiled grammar."""
    return compile_rules(LEVELS)
