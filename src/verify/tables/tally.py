"""What the tables of a dataset hold, in the few numbers that its pages and its last line show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from verify.terms import Confidence


@dataclass(slots=True)
class Tally:
    """Counts that grow with every part of the tables."""

    claims: int = 0
    attributed: int = 0
    corroborated: int = 0
    confidence: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    low: Counter[str] = field(default_factory=Counter)  # claims of low confidence, by article_id

    @property
    def review(self) -> int:
        """How many claims a person should look at: those of low confidence."""
        return self.confidence[Confidence.LOW.value]

    def add(self, part: Mapping[str, pd.DataFrame]) -> None:
        """Count the rows of some articles.

        Args:
            part: `claims` and `flags` at least.
        """
        claims, flags = part["claims"], part["flags"]
        self.claims += len(claims)
        self.attributed += int(claims["is_attributed"].sum())
        self.corroborated += int(claims["is_corroborated"].sum())
        self.confidence.update(claims["confidence"])
        self.flags.update(flags["flag"])
        self.low.update(claims.loc[claims["confidence"] == Confidence.LOW, "article_id"])
