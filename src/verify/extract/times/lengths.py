"""Meanings that no context changes: durations, sets and references without a place."""

from __future__ import annotations

from dataclasses import dataclass

from verify.extract.times.answer import UNITS, Answer, Context
from verify.terms import TimePrecision as P
from verify.terms import TimeType


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that no context changes: a duration, a set, a vague reference."""

    type: TimeType
    value: str
    precision: P = P.VAGUE
    mod: str = ""
    is_vague: bool = False

    def resolve(self, context: Context) -> Answer:
        """Return the value as it is."""
        return Answer(self.type, self.value, precision=self.precision, mod=self.mod, is_vague=self.is_vague)


@dataclass(frozen=True, slots=True)
class Length:
    """A duration; `amount` is None where the words give no number ("for years")."""

    amount: float | None
    unit: str  # key of UNITS

    def resolve(self, context: Context) -> Answer:
        """Write it as ISO 8601; a decade is ten years, a century a hundred, as in the news corpora."""
        return Answer(TimeType.DURATION, self.value, precision=UNITS[self.unit], is_vague=self.amount is None)

    @property
    def value(self) -> str:
        """The TIMEX3 value, as P3D or PXY."""
        factor, letter = {"DE": (10, "Y"), "CE": (100, "Y"), "FN": (2, "W"), "MIN": (1, "M")}.get(
            self.unit, (1, self.unit)
        )
        amount = "X" if self.amount is None else f"{self.amount * factor:.10g}"
        return f"P{'T' if self.unit in ('S', 'MIN', 'H') else ''}{amount}{letter}"
