"""Meanings that count from another time: yesterday, two days later, the last week of March, Friday morning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from verify.extract.times.answer import OPEN, Answer, Context, Meaning, placed, unplaced
from verify.extract.times.calendar import Place, containing, shift
from verify.terms import TimeAnchor, TimeType
from verify.terms import TimePrecision as P


@dataclass(frozen=True, slots=True)
class Relative:
    """So many units from the publication date, or from the date last mentioned."""

    unit: P
    count: int
    is_anaphoric: bool = False  # from the date last mentioned: "two days later"
    exact: P | None = None  # the unit of the value, where it is finer than the unit counted in
    tail: str = ""

    def resolve(self, context: Context) -> Answer:
        """Count from the anchor; without one the value stays open."""
        base, anchor = self._base(context)
        unit = P.DAY if self.exact is None and self.unit not in OPEN else self.exact or self.unit
        if base is None:
            kind = TimeType.TIME if self.tail.startswith("T") else TimeType.DATE
            return unplaced(OPEN[unit] + self.tail, unit, kind)
        place = containing(unit, shift(base, self.unit, self.count))
        return placed(replace(place, tail=self.tail), anchor)

    def _base(self, context: Context) -> tuple[date | None, TimeAnchor]:
        coarse = context.mentioned is not None and context.mentioned.last > context.mentioned.first
        if self.is_anaphoric and context.mentioned and not (coarse and self.unit in (P.DAY, P.WEEK)):
            return context.mentioned.first, TimeAnchor.MENTIONED
        return context.published, TimeAnchor.PUBLICATION


@dataclass(frozen=True, slots=True)
class Within:
    """A unit inside another: the third quarter of 2009, the last week of March."""

    whole: Meaning
    unit: P
    index: int  # from 1; -1 for the last

    def resolve(self, context: Context) -> Answer:
        """Place the whole, then count inside it."""
        outer = self.whole.resolve(context)
        if outer.place is None:
            return unplaced(OPEN.get(self.unit, "XXXX"), self.unit)
        place = containing(self.unit, self._day(outer.place))
        return placed(place, outer.anchor, is_inferred=outer.is_inferred)

    def _day(self, outer: Place) -> date:
        if self.index < 0:
            return shift(outer.last, P.DAY, -6 if self.unit is P.WEEK else 0)
        # The first week of a month is the one that its first Thursday lies in (ISO 8601), or nearly so.
        start = shift(outer.first, P.DAY, 3) if self.unit is P.WEEK else outer.first
        return shift(start, self.unit, self.index - 1)


@dataclass(frozen=True, slots=True)
class From:
    """A length before or after another time: two days before March 3."""

    base: Meaning
    unit: P
    count: int

    def resolve(self, context: Context) -> Answer:
        """Place the base, then count from it."""
        base = self.base.resolve(context)
        if base.place is None:
            return unplaced(OPEN.get(self.unit, "XXXX-XX-XX"), self.unit)
        unit = self.unit if self.unit in OPEN else P.DAY
        place = containing(unit, shift(base.place.first, self.unit, self.count))
        return placed(place, base.anchor, is_inferred=base.is_inferred)


@dataclass(frozen=True, slots=True)
class OfDay:
    """A time or a part of a day, on a day that is given or else on the day last mentioned or of publication."""

    tail: str  # TMO, T08:30Z
    day: Meaning | None = None

    def resolve(self, context: Context) -> Answer:
        """Put the time on its day."""
        answer = (self.day or Relative(P.DAY, 0, is_anaphoric=True)).resolve(context)
        if answer.place is None or answer.place.unit is not P.DAY:
            value = answer.value if answer.value.count("-") == 2 else "XXXX-XX-XX"
            return unplaced(value + self.tail, P.PART_OF_DAY, TimeType.TIME)
        place = replace(answer.place, tail=self.tail)
        return placed(place, answer.anchor, is_inferred=answer.is_inferred)


@dataclass(frozen=True, slots=True)
class Again:
    """The unit mentioned last, in another year: the same month a year earlier."""

    year: Meaning

    def resolve(self, context: Context) -> Answer:
        """Move the unit into that year; without a unit smaller than the year, it is the year itself."""
        year, mentioned = self.year.resolve(context), context.mentioned
        if year.place is None or mentioned is None or mentioned.unit in (P.YEAR, P.DECADE, P.CENTURY):
            return year
        moved = shift(mentioned.first, P.YEAR, year.place.first.year - mentioned.first.year)
        return placed(containing(mentioned.unit, moved), TimeAnchor.MENTIONED)


@dataclass(frozen=True, slots=True)
class Weekend:
    """The weekend of a week."""

    count: int = 0  # weeks from the publication date

    def resolve(self, context: Context) -> Answer:
        """Place it in the week of the publication; a bare weekend read on a Monday or Tuesday is the one before."""
        published = context.published
        if published is None:
            return unplaced("XXXX-WXX-WE", P.WEEK)
        week = containing(P.WEEK, published).moved(self.count)
        return placed(replace(week, tail="-WE"), TimeAnchor.PUBLICATION)


@dataclass(frozen=True, slots=True)
class Modified:
    """A time with a TIMEX3 mod: early 2009 (START), about 2010 (APPROX), since 2006 (ON_OR_AFTER)."""

    base: Meaning
    mod: str

    def resolve(self, context: Context) -> Answer:
        """Resolve the base and mark it; "by June" looks ahead and "since June" back where the tense is silent."""
        tense, way = context.direction, {"ON_OR_BEFORE": 1, "ON_OR_AFTER": -1}.get(self.mod, 0)
        context.direction = lambda: tense() or way
        answer = self.base.resolve(context)
        context.direction = tense
        return replace(answer, mod=answer.mod or self.mod)
