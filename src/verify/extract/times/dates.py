"""Meanings of dates whose parts stand in the words: calendar dates, numeric dates, decades, centuries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from verify.extract.times.answer import Answer, Context, placed, unplaced
from verify.extract.times.calendar import SEASONS, Place, make_day, shift
from verify.terms import TimeAnchor
from verify.terms import TimePrecision as P

_RECENT = 14  # days from September 11 to the publication


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date as far as its words give it: any of year, month, day, weekday, season, quarter, half."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 1 Monday to 7 Sunday
    season: str = ""
    quarter: int | None = None
    half: int | None = None
    towards: int | None = None  # last -1, this 0, next 1
    is_short_year: bool = False  # the century is not in the words: '82

    def resolve(self, context: Context) -> Answer:
        """Complete the year by the tense and the publication date, else by an earlier full date."""
        if self.weekday and not self.day and not self.month:
            return self._resolve_weekday(context)
        if self.year is not None:
            place = self.in_year(self.year)
            return placed(place, is_inferred=self.is_short_year) if place else unplaced(self.open_value, self.unit)
        if context.published is not None:
            place = self._nearest(context.published, context)
            if place and (self.month, self.day) == (9, 11) and abs((place.first - context.published).days) > _RECENT:
                return unplaced(self.open_value, self.unit)  # a name as much as a date, unless it has just been
            return placed(place, TimeAnchor.PUBLICATION) if place else unplaced(self.open_value, self.unit)
        place = self._in_last_date(context)
        return placed(place, TimeAnchor.MENTIONED, is_inferred=True) if place else unplaced(self.open_value, self.unit)

    def _in_last_date(self, context: Context) -> Place | None:
        """Take the year, and for a bare day the month, from an earlier full date."""
        if context.full is None:
            return None
        month = self.month or (context.full.month if self.day else None)
        return replace(self, month=month).in_year(context.full.year)

    @property
    def unit(self) -> P:
        """The smallest unit that the words give."""
        given = ((self.day, P.DAY), (self.month, P.MONTH), (self.season, P.SEASON), (self.quarter, P.QUARTER))
        return next((unit for part, unit in given if part), P.HALF if self.half else P.YEAR)

    @property
    def open_value(self) -> str:
        """The value with X for what is not known."""
        year = f"{self.year:04}" if self.year else "XXXX"
        tails = {
            P.DAY: f"-{self.month:02}-{self.day:02}" if self.month and self.day else f"-XX-{self.day or 0:02}",
            P.MONTH: f"-{self.month or 0:02}", P.SEASON: f"-{self.season}", P.QUARTER: f"-Q{self.quarter}",
            P.HALF: f"-H{self.half}", P.YEAR: "",
        }  # fmt: skip
        return year + tails[self.unit]

    def in_year(self, year: int) -> Place | None:
        """Return the place in a given year, or None where that year has no such day."""
        if not 1 <= year <= 9999:
            return None
        if self.day:
            return make_day(year, self.month, self.day) if self.month else None
        month = self.month or SEASONS.get(self.season) or (self.quarter or 0) * 3 - 2
        if self.half:
            month = self.half * 6 - 5
        return Place(self.unit, date(year, max(month, 1), 1))

    def _nearest(self, published: date, context: Context) -> Place | None:
        """Choose the year: by last, this and next, by tense, else the nearest."""
        if self.day and not self.month:
            return self._nearest_day(published, context)
        years = (published.year - 1, published.year, published.year + 1)
        places = [place for year in years if (place := self.in_year(year))]
        before = [place for place in places if place.first <= published]
        after = [place for place in places if place.last >= published]
        if self.towards == 0:
            return self.in_year(published.year)
        way = self.towards if self.towards is not None else context.direction()
        if self.towards is not None:
            before = [place for place in before if place.last < published]
            after = [place for place in after if place.first > published]
        if way < 0 and before:
            return before[-1]
        if way > 0 and after:
            return after[0]
        return min(places, key=lambda place: abs((place.first - published).days), default=None)

    def _nearest_day(self, published: date, context: Context) -> Place | None:
        """Choose the month of a bare day: the one mentioned last, else by tense around the publication."""
        assert self.day is not None
        if context.mentioned is not None and context.mentioned.unit in (P.DAY, P.MONTH):
            return make_day(context.mentioned.first.year, context.mentioned.first.month, self.day)
        months = [shift(published.replace(day=1), P.MONTH, step) for step in (-1, 0, 1)]
        places = [place for month in months if (place := make_day(month.year, month.month, self.day))]
        way = context.direction()
        fitting = [place for place in places if (place.first - published).days * way >= 0]
        return min(fitting, key=lambda place: abs((place.first - published).days), default=None)

    def _resolve_weekday(self, context: Context) -> Answer:
        assert self.weekday is not None
        published = context.published
        if published is None:
            return unplaced(f"XXXX-WXX-{self.weekday}", P.DAY)
        back = (published.isoweekday() - self.weekday) % 7
        way = context.direction() if self.towards in (None, 0) else self.towards
        if self.towards == -1:
            back = back or 7
        days = (7 - back) % (7 if self.towards is None else 8) if way > 0 else -back
        return placed(Place(P.DAY, shift(published, P.DAY, days)), TimeAnchor.PUBLICATION)


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A numeric date that can be read as day-month or month-day (03/04/2024)."""

    first: int
    second: int
    year: int
    is_short_year: bool = False

    def resolve(self, context: Context) -> Answer:
        """Read it by the publisher's country, else take the reading nearest to publication and say so."""
        american = make_day(self.year, self.first, self.second)
        other = make_day(self.year, self.second, self.first)
        readings = [place for place in (american, other) if place]
        if not readings:
            return unplaced(f"{self.year:04}-XX-XX", P.DAY)
        if len(readings) == 1 or american == other:
            return placed(readings[0], is_inferred=self.is_short_year)
        if context.country:
            return placed(readings[0 if context.country.upper() in ("US", "USA") else 1])
        return self._undecided(context, readings)

    def _undecided(self, context: Context, readings: list[Place]) -> Answer:
        edtf = f"[{', '.join(sorted(place.edtf for place in readings))}]"
        if context.published is None:
            answer = unplaced(f"{self.year:04}-XX-XX", P.DAY)
            return replace(answer, is_ambiguous=True, edtf=edtf)
        published = context.published
        place = min(readings, key=lambda p: abs((p.first - published).days))
        return replace(placed(place, TimeAnchor.PUBLICATION), is_ambiguous=True, edtf=edtf)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A place that the words give whole: a decade, a century, a holiday of a given year."""

    place: Place
    is_inferred: bool = False

    def resolve(self, context: Context) -> Answer:
        """Return the place; the context adds nothing."""
        return placed(self.place, is_inferred=self.is_inferred)
