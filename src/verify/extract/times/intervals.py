"""Meanings of intervals: from March 11 to 15, between 2014 and 2016."""

from __future__ import annotations

from dataclasses import dataclass, replace

from verify.extract.times.answer import Answer, Context, Meaning, placed
from verify.extract.times.calendar import Place, shift
from verify.extract.times.dates import Calendar
from verify.terms import TimePrecision as P


@dataclass(frozen=True, slots=True)
class Between:
    """An interval from one time to another, which may lend each other their year and month."""

    begin: Meaning
    end: Meaning

    def resolve(self, context: Context) -> Answer:
        """Resolve both ends as one answer; an end before its begin leaves the interval open."""
        begin, end = self._completed()
        first = begin.resolve(context)
        last = self._last(end, first, context)
        value = f"{first.value}/{last.value}"
        known = first.place and last.place and first.place.days[0] <= last.place.days[1]
        merged = replace(
            first, value=value, mod=first.mod or last.mod, is_inferred=first.is_inferred or last.is_inferred
        )
        if not known:
            return replace(merged, place=None, is_vague=True)
        return replace(merged, end=last.place, precision=last.precision, is_vague=False)

    def _completed(self) -> tuple[Meaning, Meaning]:
        begin, end = self.begin, self.end
        if isinstance(begin, Calendar) and isinstance(end, Calendar):
            year = None if begin.year or begin.weekday else end.year
            if year and begin.month and end.month and begin.month > end.month:
                year -= 1
            begin = replace(begin, year=begin.year or year, month=begin.month or (end.month if begin.day else None))
            end = replace(end, month=end.month or (begin.month if end.day else None))
        return begin, end

    def _last(self, end: Meaning, first: Answer, context: Context) -> Answer:
        """Resolve the end; one without a year takes that of the begin, or the next where it would lie before it."""
        if first.place is None or not isinstance(end, Calendar) or end.year:
            return end.resolve(context)
        if end.weekday and not end.day:
            return _next_weekday(end.weekday, first)
        for year in (first.place.first.year, first.place.first.year + 1):
            place = end.in_year(year)
            if place and place.last >= first.place.first:
                return placed(place, first.anchor, is_inferred=first.is_inferred)
        return end.resolve(context)


def _next_weekday(weekday: int, first: Answer) -> Answer:
    assert first.place is not None
    days = (weekday - first.place.first.isoweekday()) % 7
    return placed(Place(P.DAY, shift(first.place.first, P.DAY, days)), first.anchor)
