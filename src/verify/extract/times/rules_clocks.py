"""The rules for times and parts of the day.

The value of an example is that of an article published on Wednesday 2024-05-15 (tests/test_times_grammar.py).
"""

from __future__ import annotations

from verify.extract.times.build_relative import clock, of_day
from verify.extract.times.cascade import Rule

CLOCKS = (
    Rule("CLOCK_TIME TIME", "CLOCK AMPM? ZONE?", clock, "at 14:48 UTC", "2024-05-15T14:48Z"),
    Rule("CLOCK_TIME TIME", "HOUR AMPM ZONE?", clock, "at 6 p.m.", "2024-05-15T18"),
    Rule("CLOCK_TIME TIME", "NUMBER AMPM ZONE?", clock, "at six p.m.", "2024-05-15T18"),
    Rule("CLOCK_TIME TIME", "MILITARY (hours|hrs)? ZONE", clock, "at 0800 UTC", "2024-05-15T08:00Z"),
    Rule("CLOCK_TIME TIME", "MILITARY hours", clock, "at 0800 hours", "2024-05-15T08:00"),
    Rule("CLOCK_TIME TIME", "(NUMBER) o APOS clock", clock, "at six o'clock", "2024-05-15T06"),
    Rule("CLOCK_TIME TIME", "NOON", clock, "at noon", "2024-05-15T12:00"),
)

PARTS_OF_DAY = (
    Rule("TIME", "DAY PART", of_day, "it fell on Friday morning", "2024-05-10TMO"),
    Rule(
        "TIME",
        "DAY COMMA? (at|around|about|by|before|after|shortly)* CLOCK_TIME",
        of_day,
        "on Friday at 6 p.m.",
        "2024-05-10T18",
    ),
    Rule("TIME", "CLOCK_TIME COMMA? (local time)? (on|of)? DAY", of_day, "at 12:00 UTC Monday", "2024-05-13T12:00Z"),
    Rule("TIME", "(the)? PART of DAY", of_day, "on the morning of March 11, 2024", "2024-03-11TMO"),
    Rule(
        "TIME",
        "{in|during|by|of|until|since|through|late|early|mid|that} (the)? PART {!and}",
        of_day,
        "in the morning",
        "2024-05-15TMO",
    ),
    Rule("TIME", "PART {trading|trade|session|rush}", of_day, "in morning trading", "2024-05-15TMO"),
)
