"""The rules for dates: units of the calendar by number and by name, and stages of them.

The value of an example is that of an article published on Wednesday 2024-05-15 (tests/test_times_grammar.py).
"""

from __future__ import annotations

from verify.extract.times.build_dates import (
    calendar,
    century,
    day_of_month,
    decade,
    fiscal_year,
    iso_date,
    numeric_date,
    quarter,
)
from verify.extract.times.build_relative import modified, month_of, same, staged, within
from verify.extract.times.cascade import Rule
from verify.extract.times.holidays import attacks_of_2001

CALENDAR = (
    Rule(
        "DATE DAY",
        "MONTH DOT? DAY_NUMBER {attack|attacks|terrorist}",
        attacks_of_2001,
        "the Sept. 11 attacks",
        "2001-09-11",
    ),
    Rule("DATE DAY", "ISO_DATE", iso_date, "on 2023-11-02", "2023-11-02"),
    Rule("DATE DAY", "NUMERIC_DATE", numeric_date, "on 25/12/2023", "2023-12-25"),
    Rule("DATE DAY", "MONTH DOT? the? DAY_NUMBER (COMMA? YEAR)?", calendar, "on March 11, 2023", "2023-03-11"),
    Rule(
        "DATE DAY",
        "the? DAY_NUMBER DASH? of? MONTH (DOT? COMMA? DASH? YEAR)?",
        calendar,
        "on 11 March 2023",
        "2023-03-11",
    ),
    Rule("DATE DAY", "the ORDINAL of MONTH (COMMA? YEAR)?", calendar, "on the third of May, 2021", "2021-05-03"),
    Rule(
        "DATE DAY",
        "{on|by|until|from|since|to} the ORDINAL_DAY {COMMA|DOT|and|to}",
        day_of_month,
        "on the 3rd,",
        "2024-05-03",
    ),
    Rule(
        "DATE DAY WEEKDAY_DATE",
        "{!black|bloody|super|cyber|ash|palm|fat|maundy|holy|blue} WEEKDAY",
        calendar,
        "it fell on Monday",
        "2024-05-13",
    ),
    Rule("DATE DAY", "(this past|this coming|TOWARDS) WEEKDAY", calendar, "it fell last Monday", "2024-05-13"),
    Rule("DATE DAY", "WEEKDAY (TOWARDS)", calendar, "it fell on Monday last", "2024-05-13"),
    Rule("DATE MONTH_DATE", "MONTH DOT? COMMA? of? YEAR", calendar, "in October 2007", "2007-10"),
    Rule("DATE MONTH_DATE", "MONTH APOS TWO_DIGITS", calendar, "in October '07", "2007-10"),
    Rule("DATE MONTH_DATE", "(the month of)? MONTH", calendar, "sales fell in February", "2024-02"),
    Rule("DATE MONTH_DATE", "TOWARDS MONTH", calendar, "sales fell last February", "2024-02"),
    Rule("DATE SEASON_DATE", "the? SEASON of? YEAR", calendar, "in the spring of 2009", "2009-SP"),
    Rule("DATE SEASON_DATE", "(the|TOWARDS) SEASON {!of}", calendar, "sales fell last autumn", "2023-FA"),
    Rule(
        "DATE SEASON_DATE",
        "{in|by|since|until|during|of|mid|early|late} SEASON {!of}",
        calendar,
        "it fell in winter",
        "2023-WI",
    ),
    Rule(
        "DATE QUARTER_DATE",
        "the? (ORDINAL|FINAL) DASH? quarter {!of|century}",
        quarter,
        "fell in the first quarter",
        "2024-Q1",
    ),
    Rule("DATE QUARTER_DATE", "QUARTER (of|COMMA)? YEAR", quarter, "in Q3 2009", "2009-Q3"),
    Rule("DATE QUARTER_DATE", "QUARTER", quarter, "it fell in Q1", "2024-Q1"),
    Rule("DATE YEAR_DATE", "(the year)? BARE_YEAR", calendar, "in 1983", "1983"),
    Rule(
        "DATE YEAR_DATE",
        "{in|of|since|from|to|until|by|the|late|early|mid|DASH} APOS TWO_DIGITS",
        calendar,
        "in '82",
        "1982",
    ),
    Rule("DATE YEAR_DATE", "FISCAL", fiscal_year, "in FY2007", "FY2007"),
    Rule("DATE YEAR_DATE", "(fiscal|financial) year? YEAR", fiscal_year, "in fiscal 2007", "FY2007"),
    Rule("DATE DECADE_DATE", "the? DECADE", decade, "in the 1990s", "199"),
    Rule("DATE DECADE_DATE", "the (DECADE_WORD)", decade, "in the nineties", "199"),
    Rule("DATE CENTURY_DATE", "the? ORDINAL DASH? century", century, "in the 19th century", "18"),
)

WEEKDAYS = (
    Rule("DATE DAY", "WEEKDAY_DATE COMMA? the? DAY", same, "on Monday, March 11, 2024", "2024-03-11"),
    Rule("DATE DAY", "WEEKDAY_SHORT DOT? COMMA? the? DAY", same, "Mon. March 11, 2024", "2024-03-11"),
)

PARTS = (
    Rule(
        "DATE UNIT_DATE",
        "the? (ORDINAL|FINAL) DASH? UNIT of DATE",
        within,
        "in the first quarter of last year",
        "2023-Q1",
    ),
    Rule("DATE UNIT_DATE", "the? (ORDINAL|FINAL) DASH? HALF of DATE", within, "in the first half of 2022", "2022-H1"),
    Rule("DATE MONTH_DATE", "MONTH_DATE of UNIT_DATE", month_of, "in March of last year", "2023-03"),
)

STAGES = (
    Rule("DATE", "EARLY_LATE DASH? in? DATE", staged, "in early 2009", "2009"),
    Rule("DATE", "the very? STAGE of DATE", staged, "by the end of last year", "2023"),
    Rule("DATE", "EARLY_LATE (in|on) DATE", staged, "late in 2009", "2009"),
    Rule("DATE", "{around|about|circa} YEAR_DATE", modified("APPROX"), "around 2010", "2010"),
)
