"""The rules for dates that are counted from another date: yesterday, last month, two days later.

The value of an example is that of an article published on Wednesday 2024-05-15 (tests/test_times_grammar.py).
"""

from __future__ import annotations

from verify.extract.times.build_lengths import length
from verify.extract.times.build_relative import (
    again,
    counted,
    counted_from_last,
    counted_length,
    deictic,
    part_of_day,
    weekend,
)
from verify.extract.times.cascade import Rule

COUNTED = (
    Rule("DATE DAY", "DEICTIC", deictic, "he spoke yesterday", "2024-05-14"),
    Rule("DATE DAY", "(earlier|later) DEICTIC", deictic, "he spoke earlier today", "2024-05-15"),
    Rule("DATE DAY", "the day before yesterday", counted(-2), "it fell the day before yesterday", "2024-05-13"),
    Rule("DATE DAY", "the day after tomorrow", counted(2), "it opens the day after tomorrow", "2024-05-17"),
    Rule("PERIOD", "the (past|coming) UNIT", length(1), "in the past decade", "P10Y"),
    Rule("DATE UNIT_DATE", "this past UNIT", counted(-1), "sales fell this past week", "2024-W19"),
    Rule("DATE UNIT_DATE", "this coming UNIT", counted(1), "talks go on this coming week", "2024-W21"),
    Rule(
        "DATE UNIT_DATE",
        "the UNIT (just ended|previous|before)",
        counted_from_last(-1),
        "in 2020 or the year previous",
        "2019",
    ),
    Rule("DATE UNIT_DATE", "the UNIT after {COMMA|DOT}", counted_from_last(1), "in 2020 and the year after,", "2021"),
    Rule(
        "DATE UNIT_DATE",
        "the (previous|preceding|prior) UNIT",
        counted_from_last(-1),
        "in 2020, up from the previous year",
        "2019",
    ),
    Rule("DATE UNIT_DATE", "the (following|next) UNIT", counted_from_last(1), "in 2020 and the following year", "2021"),
    Rule(
        "DATE UNIT_DATE",
        "(the same|that same|that very|that) UNIT",
        counted_from_last(0),
        "on May 3 ... that day",
        "2024-05-03",
    ),
    Rule(
        "DATE UNIT_DATE",
        "the (entire|whole)? UNIT {!of|when|that}",
        counted_from_last(0),
        "it ended the day lower",
        "2024-05-15",
    ),
    Rule(
        "DATE UNIT_DATE",
        "(the|a)? ORDINAL (straight|consecutive|successive) UNIT",
        counted(0),
        "fell for a third straight day",
        "2024-05-15",
    ),
    Rule("DATE UNIT_DATE", "ORDINAL UNIT {in}", counted(0), "gains for fourth week in a row", "2024-W20"),
    Rule("DATE UNIT_DATE", "(the|earlier|later)? TOWARDS UNIT", counted(), "sales fell last month", "2024-04"),
    Rule("DATE WEEKEND_DATE", "(the|over the)? WEEKEND", weekend(0), "they met at the weekend", "2024-W20-WE"),
    Rule("DATE WEEKEND_DATE", "the? TOWARDS WEEKEND", weekend(), "they met last weekend", "2024-W19-WE"),
    Rule("DATE WEEKEND_DATE", "this past WEEKEND", weekend(-1), "they met this past weekend", "2024-W19-WE"),
    Rule("TIME", "last night", part_of_day(-1, "TNI"), "he spoke last night", "2024-05-14TNI"),
    Rule("TIME", "TOWARDS PART", part_of_day(0), "he spoke this morning", "2024-05-15TMO"),
    Rule("TIME", "tonight", part_of_day(0, "TNI"), "he speaks tonight", "2024-05-15TNI"),
    Rule("TIME", "(OVERNIGHT)", part_of_day(0, "TNI"), "it fell overnight", "2024-05-15TNI"),
)

COUNTED_LENGTHS = (
    Rule(
        "DATE", "the same (period|time) of? UNIT_DATE", again, "in March 2024 ... the same period last year", "2023-03"
    ),
    Rule(
        "DATE",
        "the same (period|time) (in|of) YEAR_DATE",
        again,
        "in March 2024 ... the same period of 2022",
        "2022-03",
    ),
    Rule("DATE", "UNIT_DATE DURATION AGO", again, "in March 2024 ... the same month a year ago", "2023-03"),
    Rule(
        "DATE",
        "the same (period|time) DURATION (AGO|earlier|before)",
        again,
        "in Q1 2024 ... the same period a year earlier",
        "2023-Q1",
    ),
    Rule("DATE", "DURATION ago", counted_length(-1), "it fell three days ago", "2024-05-12"),
    Rule(
        "DATE",
        "DURATION (earlier|previously)",
        counted_length(-1, anaphoric=True),
        "in 2020 ... two years earlier",
        "2018",
    ),
    Rule(
        "DATE",
        "DURATION (later|afterwards|afterward)",
        counted_length(1, anaphoric=True),
        "on May 3 ... two days later",
        "2024-05-05",
    ),
    Rule(
        "DATE",
        "DURATION before {COMMA|DOT}",
        counted_length(-1, anaphoric=True),
        "on May 3, and two days before,",
        "2024-05-01",
    ),
    Rule(
        "DATE",
        "DURATION after {COMMA|DOT}",
        counted_length(1, anaphoric=True),
        "on May 3, and two days after,",
        "2024-05-05",
    ),
    Rule("DATE", "DURATION from VAGUE_DATE", counted_length(1), "ten years from now", "2034"),
    Rule("DATE", "DURATION hence", counted_length(1), "ten years hence", "2034"),
    Rule("DATE", "DURATION before DATE", counted_length(-1), "two days before March 3, 2024", "2024-03-01"),
    Rule("DATE", "DURATION after DATE", counted_length(1), "two days after March 3, 2024", "2024-03-05"),
)
