"""A dataset on its way: its tables as they grow, and what is found wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify import quality, tables
from verify.history import Counts, count_unread
from verify.models import Issue
from verify.shelf import Shelf
from verify.staging import Stage

if TYPE_CHECKING:
    import pandas as pd

    from verify.quality import QualityReport

Tables = dict[str, "pd.DataFrame"]


class Draft:
    """A dataset on its way: where its tables lie, who judges them, and what they hold so far.

    Args:
        whole: The tables that come whole, but for `issues`.
        issues: What could not be read or analysed.
        stage: Where the tables go.
        shelf: Where rows are kept for later runs, once they are judged.
    """

    def __init__(self, whole: Tables, issues: Sequence[Issue], stage: Stage, shelf: Shelf | None = None) -> None:
        self.whole = whole
        self.issues = issues
        self.stage = stage
        self.judge = quality.Judge(whole, keep=(shelf or Shelf()).put)
        self.tally = tables.Tally()


@dataclass(frozen=True, slots=True)
class Judged:
    """A dataset that is written and judged."""

    quality: QualityReport
    whole: Tables  # articles, actors, sources, matches, issues
    n_claims: int
    n_review: int  # claims of low confidence

    @property
    def counts(self) -> Counts:
        """What the dataset holds, in a few numbers."""
        return Counts(len(self.whole["articles"]), self.n_claims, self.n_review, count_unread(self.whole["issues"]))
