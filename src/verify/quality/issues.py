"""Lead every row that failed an expectation back to its claim and its file, as rows of `issues`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify import schema
from verify.models import Issue
from verify.quality.report import QualityReport
from verify.terms import IssueReason, IssueSeverity

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row of a table comes from."""

    path: str
    row: int | None = None
    article_id: str | None = None
    claim_id: str | None = None


def issues(report: QualityReport, frames: Mapping[str, pd.DataFrame]) -> Iterator[Issue]:
    """Yield one issue for each row that failed an expectation, the first `MAX_IDS` rows of each.

    Args:
        report: What `validate` found.
        frames: The same tables, for the file, the article and the claim that a row belongs to.
    """
    places = {name: _places(name, frames) for name in {outcome.table for outcome in report.failed}}
    for outcome in report.failed:
        more = f" ({outcome.n_failing} rows in all)" if outcome.n_failing > len(outcome.failing_ids) else ""
        for key in outcome.failing_ids:
            place = places[outcome.table].get(key, _Place(f"{outcome.table}.csv"))
            yield Issue(
                place.path,
                IssueReason.FAILED_EXPECTATION,
                IssueSeverity.NOTICE,
                f"{outcome.weight}: {outcome.table} {key}: {outcome.name}{more}",
                row=place.row,
                article_id=place.article_id,
                claim_id=place.claim_id,
            )


def _places(name: str, frames: Mapping[str, pd.DataFrame]) -> dict[str, _Place]:
    """Return where the rows of a table come from, by what names a row; none for tables over all articles."""
    frame, articles = frames[name], _articles(frames["articles"])
    if name == "issues" or not {"claim_id", "article_id"} & set(frame.columns):
        return {}
    if "claim_id" in frame.columns:
        claims = frames["claims"]
        owners = dict(zip(claims["claim_id"], claims["article_id"], strict=True))
        found = ((key, articles.get(owners.get(key, "")), key) for key in frame["claim_id"].unique())
    else:
        keys = frame[schema.load(name).primary_key[0]]
        found = ((key, articles.get(own), None) for key, own in zip(keys, frame["article_id"], strict=True))
    return {key: _Place(place.path, place.row, place.article_id, claim) for key, place, claim in found if place}


def _articles(articles: pd.DataFrame) -> dict[str, _Place]:
    numbers = [int(row) if row > 0 else None for row in articles["row"].fillna(0)]
    rows = zip(articles["article_id"], articles["path"], numbers, strict=True)
    return {key: _Place(path, row, key) for key, path, row in rows}
