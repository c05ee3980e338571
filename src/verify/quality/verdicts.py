"""What failed of each article, so that what was judged once need not be judged again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from verify.quality.report import MAX_IDS, Outcome

if TYPE_CHECKING:
    import pandas as pd

Failed = tuple[str, str, str]  # table, expectation, and what names the row
Verdicts = Mapping[str, tuple[Failed, ...]]  # what failed of each article, by article_id


def find_verdicts(outcomes: Iterable[Outcome], views: Mapping[str, pd.DataFrame]) -> tuple[Verdicts, bool]:
    """Return what failed of each article that was judged, nothing for one that met all expectations.

    Args:
        outcomes: With all failing rows.
        views: What was judged, by table, each indexed by what names a row.

    Returns:
        The verdicts, and whether they say all there is: not where an expectation could not be judged, nor where a
        row's name does not tell its article.
    """
    found: dict[str, list[Failed]] = defaultdict(list)
    is_sure = True
    for view in views.values():
        found |= {article_id: [] for article_id in view["article_id"].unique() if article_id not in found}
    for outcome in outcomes:
        is_sure = is_sure and not outcome.errored and len(outcome.failing_ids) == outcome.n_failing
        if outcome.failing_ids:
            owners, are_unique = _owners(outcome.failing_ids, views[outcome.table])
            is_sure = is_sure and are_unique
            for key in outcome.failing_ids:
                found[owners[key]].append((outcome.table, outcome.name, key))
    return {article_id: tuple(failed) for article_id, failed in found.items()}, is_sure


def _owners(keys: Iterable[str], view: pd.DataFrame) -> tuple[dict[str, str], bool]:
    """Return the article of each row that failed, by what names the row, and whether no name is in two articles."""
    wanted, owners, are_unique = set(keys), dict[str, str](), True
    for key, article_id in zip(view.index.tolist(), view["article_id"].tolist(), strict=True):
        if key in wanted:
            are_unique = owners.setdefault(key, article_id) == article_id and are_unique
    return owners, are_unique


class Failures:
    """The rows that failed each expectation: how many, and the first of them in the order of their articles."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], list[tuple[str, int, str]]] = defaultdict(list)
        self._numbers: Counter[tuple[str, str]] = Counter()

    def add(self, verdicts: Verdicts, *, are_counted: bool = False) -> None:
        """Take in what failed of some articles, each once and in any order.

        Args:
            verdicts: Of the articles.
            are_counted: Whether they count beside the outcomes, which hold all that this run has judged.
        """
        changed = set()
        for article_id, failed in verdicts.items():
            for place, (table, name, key) in enumerate(failed):
                changed.add((table, name))
                self._numbers[table, name] += are_counted
                self._first[table, name].append((article_id, place, key))
        for expectation in changed:
            self._first[expectation] = sorted(self._first[expectation])[:MAX_IDS]

    def of(self, outcome: Outcome, n_rows: int) -> Outcome:
        """Return an outcome with the failures of all rows; one that was not judged row by row stays as it is.

        Args:
            outcome: Of the expectation on the rows that this run has judged.
            n_rows: How many there are in all.
        """
        if outcome.errored or outcome.n_rows is None:
            return outcome
        number = outcome.n_failing + self._numbers[outcome.table, outcome.name]
        first = tuple(key for _, _, key in self._first.get((outcome.table, outcome.name), ()))
        observed = f"{number} of {n_rows} rows"
        return replace(
            outcome, success=not number, observed=observed, n_failing=number, n_rows=n_rows, failing_ids=first
        )
