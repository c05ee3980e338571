"""The rules for intervals and bounds.

The value of an example is that of an article published on Wednesday 2024-05-15 (tests/test_times_grammar.py).
"""

from __future__ import annotations

from verify.extract.times.build_dates import two_dates, two_days, two_years
from verify.extract.times.build_lengths import vague
from verify.extract.times.build_relative import modified, roughly
from verify.extract.times.cascade import Rule

INTERVALS_OF_NUMBERS = (
    Rule(
        "DATE INTERVAL",
        "from? MONTH DOT? DAY_NUMBER (DASH|to|through|until|till) DAY_NUMBER (COMMA? YEAR)?",
        two_days,
        "from March 11 to 15, 2024",
        "2024-03-11/2024-03-15",
    ),
    Rule(
        "DATE INTERVAL",
        "between MONTH DOT? DAY_NUMBER and DAY_NUMBER (COMMA? YEAR)?",
        two_days,
        "between March 11 and 15, 2024",
        "2024-03-11/2024-03-15",
    ),
    Rule(
        "DATE INTERVAL",
        "from? the? DAY_NUMBER (DASH|to|through|until|till) the? DAY_NUMBER of? MONTH (DOT? COMMA? YEAR)?",
        two_days,
        "11-15 March 2024",
        "2024-03-11/2024-03-15",
    ),
    Rule(
        "DATE INTERVAL",
        "between the? DAY_NUMBER and the? DAY_NUMBER of? MONTH (DOT? COMMA? YEAR)?",
        two_days,
        "between 11 and 15 March 2024",
        "2024-03-11/2024-03-15",
    ),
    Rule("DATE INTERVAL", "YEAR (DASH|SLASH) (YEAR|TWO_DIGITS)", two_years, "in 2003-05", "2003/2005"),
    Rule("DATE INTERVAL", "from YEAR (to|until|till|through|DASH) YEAR", two_years, "from 2009 to 2011", "2009/2011"),
    Rule("DATE INTERVAL", "between YEAR and YEAR", two_years, "between 2014 and 2016", "2014/2016"),
)

INTERVALS = (
    Rule(
        "DATE INTERVAL",
        "from DATE (to|until|till|through|DASH) DATE",
        two_dates,
        "from March to June 2023",
        "2023-03/2023-06",
    ),
    Rule(
        "DATE INTERVAL",
        "between DATE and DATE",
        two_dates,
        "between March 3 and April 2, 2023",
        "2023-03-03/2023-04-02",
    ),
    Rule("DATE INTERVAL", "DAY (DASH|through|to) DAY", two_dates, "March 28 - April 2, 2023", "2023-03-28/2023-04-02"),
    Rule("DATE INTERVAL", "MONTH_DATE (DASH|through|to) MONTH_DATE", two_dates, "March-June 2023", "2023-03/2023-06"),
    Rule("DATE INTERVAL", "YEAR_DATE (DASH|through|to) YEAR_DATE", two_dates, "2019 through 2021", "2019/2021"),
)

BOUNDS = (
    Rule("DATE VAGUE_DATE", "later {!than|TOWARDS}", vague("FUTURE_REF"), "he later resigned", "FUTURE_REF"),
    Rule("DATE", "{since} DATE", modified("ON_OR_AFTER"), "since 2006", "2006"),
    Rule("DATE", "{until|till|by} DATE", modified("ON_OR_BEFORE"), "until March 2025", "2025-03"),
    Rule("DATE", "{after} DATE", modified("AFTER"), "after 2010", "2010"),
    Rule("DATE", "{before} DATE", modified("BEFORE"), "before 2010", "2010"),
    Rule("DURATION", "ROUGHLY DURATION", roughly, "for nearly five months", "P5M"),
    Rule("DURATION", "more than DURATION", modified("MORE_THAN"), "for more than a week", "P1W"),
    Rule("DURATION", "less than DURATION", modified("LESS_THAN"), "in less than a week", "P1W"),
    Rule("DURATION", "at least DURATION", modified("EQUAL_OR_MORE"), "for at least a week", "P1W"),
    Rule("DURATION", "up to DURATION", modified("EQUAL_OR_LESS"), "for up to a week", "P1W"),
)
