"""Places on the calendar: a unit (day, month, quarter, ...) with its first day, and how they are written.

TIMEX3 values follow the TimeML guidelines (ISO 24617-1), EDTF values ISO 8601-2:2019. EDTF has no weeks, so
a week is written there as the interval of its days.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from verify.terms import TimePrecision as P

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month of the season in the northern hemisphere
_EDTF_SEASONS = {
    "SP": 21,
    "SU": 22,
    "FA": 23,
    "WI": 24,
}  # ISO 8601-2: seasons 21 to 24, quarters 33 to 36, halves 40, 41
_MONTHS = {P.MONTH: 1, P.SEASON: 3, P.QUARTER: 3, P.HALF: 6, P.YEAR: 12, P.DECADE: 120, P.CENTURY: 1200}


@dataclass(frozen=True, slots=True)
class Place:
    """One unit of the calendar, such as the quarter that begins on 2024-04-01.

    `tail` narrows it: a time of day on a day (`TMO`, `T08:30Z`), the weekend of a week (`-WE`).
    """

    unit: P
    first: date
    tail: str = ""

    @property
    def last(self) -> date:
        """The last day, inclusive."""
        if self.unit is P.WEEK:
            return _add_days(self.first, 6)
        if self.unit in _MONTHS:
            return _add_days(_add_months(self.first, _MONTHS[self.unit]), -1)
        return self.first

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day, inclusive."""
        return (_add_days(self.first, 5) if self.tail == "-WE" else self.first), self.last

    @property
    def precision(self) -> P:
        """The smallest unit that is known."""
        if not self.tail.startswith("T"):
            return self.unit
        clock = self.tail.lstrip("T").rstrip("Z")
        return (P.PART_OF_DAY, P.HOUR, P.MINUTE, P.SECOND)[clock.count(":") + 1 if clock[:1].isdigit() else 0]

    @property
    def value(self) -> str:
        """The TIMEX3 value."""
        year, month = f"{self.first.year:04}", self.first.month
        iso_year, iso_week, _ = self.first.isocalendar()
        values = {
            P.DAY: self.first.isoformat(),
            P.WEEK: f"{iso_year:04}-W{iso_week:02}",
            P.MONTH: f"{year}-{month:02}",
            P.QUARTER: f"{year}-Q{(month + 2) // 3}",
            P.HALF: f"{year}-H{1 if month < 7 else 2}",
            P.YEAR: year,
            P.DECADE: year[:3],
            P.CENTURY: year[:2],
        }
        return (f"{year}-{self._season}" if self.unit is P.SEASON else values[self.unit]) + self.tail

    @property
    def edtf(self) -> str:
        """The EDTF value: a date, or for weeks and weekends the interval of their days."""
        year, month = f"{self.first.year:04}", self.first.month
        if self.unit is P.WEEK:
            return "/".join(day.isoformat() for day in self.days)
        if self.unit is P.SEASON:
            return f"{year}-{_EDTF_SEASONS[self._season]}"
        if self.unit is P.QUARTER:
            return f"{year}-{33 + (month - 1) // 3}"
        if self.unit is P.HALF:
            return f"{year}-{40 if month < 7 else 41}"
        if self.unit in (P.DECADE, P.CENTURY):
            return f"{year[:3]}X" if self.unit is P.DECADE else f"{year[:2]}XX"
        return self._edtf_clock if self.tail else self.value

    @property
    def _season(self) -> str:
        return next(name for name, month in SEASONS.items() if month == self.first.month)

    @property
    def _edtf_clock(self) -> str:
        """A day with its time of day, which EDTF writes to the second or not at all."""
        clock, zone = self.tail.lstrip("T").rstrip("Z"), "Z" if self.tail.endswith("Z") else ""
        if not clock[:1].isdigit() or clock.startswith("24"):
            return self.first.isoformat()
        hours, minutes, seconds = ([*clock.split(":"), "00", "00"])[:3]
        return f"{self.first.isoformat()}T{hours}:{minutes}:{seconds}{zone}"

    def moved(self, count: int) -> Place:
        """Return the same kind of unit, `count` units later (earlier if negative)."""
        if self.unit in _MONTHS:
            return replace(self, first=_add_months(self.first, count * _MONTHS[self.unit]))
        return replace(self, first=_add_days(self.first, count * (7 if self.unit is P.WEEK else 1)))


def containing(unit: P, day: date) -> Place:
    """Return the unit that a day lies in; a winter belongs to the year of its December."""
    if unit is P.WEEK:
        return Place(unit, _add_days(day, -day.weekday()))
    if unit not in _MONTHS:
        return Place(P.DAY, day)
    if unit is P.SEASON:
        start = _add_months(day.replace(day=1), -(day.month % 3))
        return Place(unit, start)
    if unit in (P.DECADE, P.CENTURY):
        size = 10 if unit is P.DECADE else 100
        return Place(unit, date(max(1, day.year - day.year % size), 1, 1))
    size = _MONTHS[unit]
    return Place(unit, date(day.year, (day.month - 1) // size * size + 1, 1))


def make_day(year: int, month: int, day: int) -> Place | None:
    """Return a day, or None where the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return Place(P.DAY, date(year, month, day))


def shift(day: date, unit: P, count: int) -> date:
    """Return the day `count` units later; out of the calendar it stays at its edge."""
    if unit in _MONTHS:
        return _add_months(day, count * _MONTHS[unit])
    return _add_days(day, count * (7 if unit is P.WEEK else 1))


def _add_days(day: date, count: int) -> date:
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min


def _add_months(day: date, count: int) -> date:
    try:
        return day + relativedelta(months=count)
    except (OverflowError, ValueError):
        return date.max if count > 0 else date.min
