"""Lead every row that failed an expectation back to its claim and its file, as rows of `issues`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify import schema
from verify.models import Issue
from verify.quality.report import QualityReport
from verify.terms import IssueReason, IssueSeverity

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row of a table comes from."""

    path: str
    row: int | None = None
    article_id: str | None = None
    claim_id: str | None = None


def issues(report: QualityReport, places: Mapping[tuple[str, str], Place]) -> Iterator[Issue]:
    """Yield one issue for each row that failed an expectation, the first `MAX_IDS` rows of each.

    Args:
        report: What the expectations found.
        places: From `places_of`; a row without one belongs to a table over all articles.
    """
    for outcome in report.failed:
        more = f" ({outcome.n_failing} rows in all)" if outcome.n_failing > len(outcome.failing_ids) else ""
        for key in outcome.failing_ids:
            place = places.get((outcome.table, key), Place(f"{outcome.table}.csv"))
            yield Issue(
                place.path,
                IssueReason.FAILED_EXPECTATION,
                IssueSeverity.NOTICE,
                f"{outcome.weight}: {outcome.table} {key}: {outcome.name}{more}",
                row=place.row,
                article_id=place.article_id,
                claim_id=place.claim_id,
            )


def places_of(table: str, keys: Iterable[str], frames: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str], Place]:
    """Return the file, the article and the claim of each row that failed, by its table and what names it.

    Args:
        table: The table of the rows.
        keys: What names them.
        frames: The tables that were judged, or the rows of some articles in them.
    """
    return {(table, key): place for key, place in _places(table, frames, keys).items()}


def _places(name: str, frames: Mapping[str, pd.DataFrame], keys: Iterable[str]) -> dict[str, Place]:
    """Return where some rows of a table come from; none for tables over all articles."""
    frame, articles = frames[name], _articles(frames["articles"])
    if name == "issues" or not {"claim_id", "article_id"} & set(frame.columns):
        return {}
    found: Iterable[tuple[str, Place | None, str | None]]
    if "claim_id" in frame.columns:
        claims, wanted = frames["claims"], set(keys)
        owners = {key: own for key, own in zip(claims["claim_id"], claims["article_id"], strict=True) if key in wanted}
        found = ((key, articles.get(owners.get(key, "")), key) for key in wanted)
    else:
        rows = frame[frame[schema.load(name).primary_key[0]].isin(list(keys))]
        names = rows[schema.load(name).primary_key[0]]
        found = ((key, articles.get(own), None) for key, own in zip(names, rows["article_id"], strict=True))
    return {key: Place(place.path, place.row, place.article_id, claim) for key, place, claim in found if place}


def _articles(articles: pd.DataFrame) -> dict[str, Place]:
    numbers = [int(row) if row > 0 else None for row in articles["row"].fillna(0)]
    rows = zip(articles["article_id"], articles["path"], numbers, strict=True)
    return {key: Place(path, row, key) for key, path, row in rows}
