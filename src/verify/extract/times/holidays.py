"""Days with a name: Christmas, Good Friday, Labor Day; their dates by rule, from the lexicon."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import MO, relativedelta, weekday

from verify import lexicon
from verify.extract.times.answer import Answer, Context, Meaning, placed, unplaced
from verify.extract.times.calendar import Place
from verify.extract.times.cascade import Builder, Captures, Rule
from verify.extract.times.dates import Calendar
from verify.extract.times.words import read_words
from verify.terms import TimeAnchor
from verify.terms import TimePrecision as P

_ATTACKS = re.compile(r"\b(?:attacks?|hijackings?|terrorism|terror)\s+(?:of|on)\s+(?:the\s+)?$", re.I)
LONGEST_LEAD = 40  # characters


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named day, in a year that the words give or the context chooses."""

    name: str
    year: int | None = None
    towards: int | None = None  # last -1, this 0, next 1

    def resolve(self, context: Context) -> Answer:
        """Find its date in the year given, else in the one that tense and publication date point to."""
        if self.year is not None:
            return placed(Place(P.DAY, day_of(self.name, self.year)))
        if context.published is None:
            return unplaced("XXXX-XX-XX", P.DAY)
        published = context.published
        near = [
            day_of(self.name, year) for year in range(max(published.year - 1, 1), min(published.year + 1, 9999) + 1)
        ]
        before, after = [day for day in near if day <= published], [day for day in near if day >= published]
        way = self.towards or context.direction()
        chosen = before[-1:] if way < 0 else after[:1] if way > 0 else []
        day = chosen[0] if chosen else min(near, key=lambda day: abs((day - published).days))
        return placed(Place(P.DAY, day), TimeAnchor.PUBLICATION)


def day_of(name: str, year: int) -> date:
    """Return the date of a named day in a year.

    Args:
        name: Its name in the lexicon `holidays`.
        year: From 1 to 9999; Easter before 1583 is that of the Julian rule of the library.

    Raises:
        StopIteration: The lexicon has no such day.
    """
    row = next(row for row in lexicon.load("holidays") if row["name"] == name)
    if row["from_easter"]:
        return easter(max(year, 1583)).replace(year=year) + timedelta(days=int(row["from_easter"]))
    if row["day"]:
        return date(year, int(row["month"]), int(row["day"]))
    nth, month = int(row["nth"]), int(row["month"])
    start = date(year, month, 1) if nth > 0 else date(year, month, 1) + relativedelta(day=31)
    return start + relativedelta(weekday=weekday(MO.weekday + int(row["weekday"]) - 1, nth))


def holiday_rules() -> tuple[Rule, ...]:
    """Make a rule for each day of the lexicon: the name, with "last", "this" or "next" before or a year after it."""
    rows = lexicon.load("holidays")
    return tuple(
        Rule(
            "DATE DAY",
            f"TOWARDS? {_pattern(row['name'])} (of? YEAR)? {{!tree|trees|card|cards|carol|carols|lights}}",
            _builder(row["name"]),
            *_example(row),
        )
        for row in rows
    )


def _pattern(name: str) -> str:
    """Write a name as a pattern of the grammar."""
    signs = {"'s": "POSSESSIVE", "'": "APOS", ".": "DOT?"}
    return " ".join(signs.get(word.text, word.text) for word in read_words(name))


def _builder(name: str) -> Builder:
    def build(c: Captures) -> Meaning | None:
        return Holiday(name, c.number("YEAR"), c.number("TOWARDS"))

    return build


def _example(row: Mapping[str, str]) -> tuple[str, str]:
    """Return an example with its value for a rule of the lexicon."""
    return f"on {row['name'].capitalize()} 2022", day_of(row["name"], 2022).isoformat()


def attacks_of_2001(c: Captures) -> Meaning | None:
    """Read September 11 as a name: the attacks were in 2001, whatever the publication date."""
    is_named = c.number("MONTH") == 9 and c.number("DAY_NUMBER") == 11
    return Calendar(year=2001, month=9, day=11, is_short_year=True) if is_named else None


def named_day(meaning: Meaning, before: str) -> Meaning:
    """Return the day of the attacks of 2001 for a September 11 without a year that follows them.

    Args:
        meaning: What the words of the expression mean.
        before: The text that ends where the expression begins: "the attacks of ".
    """
    is_that_day = isinstance(meaning, Calendar) and (meaning.year, meaning.month, meaning.day) == (None, 9, 11)
    is_named = is_that_day and _ATTACKS.search(before)
    return Calendar(year=2001, month=9, day=11, is_short_year=True) if is_named else meaning
