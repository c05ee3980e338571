"""Judge all tables of a dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from verify import schema, tables
from verify.models import Issue
from verify.quality.coverage import read_limits
from verify.quality.report import QualityReport
from verify.quality.suites import make_suite
from verify.quality.views import make_views
from verify.terms import IssueReason, IssueSeverity

if TYPE_CHECKING:
    import pandas as pd


def validate(frames: Mapping[str, pd.DataFrame], *, expectations: Path | None = None) -> QualityReport:
    """Judge all tables: structure, keys and references, words, dates, names, hedges, coverage.

    Loads Great Expectations, which takes seconds.

    Args:
        frames: All tables, typed as their schemas say.
        expectations: Limits on rows and shares of the user's own, in place of `schemas/expectations.toml`.

    Returns:
        One outcome for each expectation; nothing is raised for a failing one.

    Raises:
        SchemaError: A table is not there, or has other columns or dtypes than its schema.
        ConfigError: The file of limits has a mistake.
    """
    from verify.quality import gx

    for name in schema.TABLES:
        tables.check(name, frames[name])
    limits = read_limits(expectations)
    views = make_views(frames)
    outcomes = [
        outcome for name, view in views.items() for outcome in gx.judge(name, view, make_suite(name, limits, len(view)))
    ]
    return QualityReport(tuple(outcomes))


def issues(report: QualityReport, frames: Mapping[str, pd.DataFrame]) -> Iterator[Issue]:
    """Yield one issue for each row that failed an expectation, the first `MAX_IDS` rows of each.

    Args:
        report: What `validate` found.
        frames: The same tables, for the file, the article and the claim that a row belongs to.
    """
    places = {name: _places(name, frames) for name in {outcome.table for outcome in report.failures()}}
    for outcome in report.failures():
        more = f" ({outcome.n_failing} rows in all)" if outcome.n_failing > len(outcome.failing_ids) else ""
        for key in outcome.failing_ids:
            path, article_id, claim_id = places[outcome.table].get(key, ("", None, None))
            yield Issue(
                path or f"{outcome.table}.csv",
                IssueReason.FAILED_EXPECTATION,
                IssueSeverity.NOTICE,
                f"{outcome.weight}: {outcome.table} {key}: {outcome.name}{more}",
                article_id=article_id,
                claim_id=claim_id,
            )


def _places(name: str, frames: Mapping[str, pd.DataFrame]) -> dict[str, tuple[str, str | None, str | None]]:
    """Return where the rows of a table come from, by what names a row: file, article, claim."""
    frame = frames[name]
    articles = dict(zip(frames["articles"]["article_id"], frames["articles"]["path"], strict=True))
    owner = dict(zip(frames["claims"]["claim_id"], frames["claims"]["article_id"], strict=True))
    if "claim_id" in frame.columns and name != "issues":
        owners = {key: owner.get(key) for key in frame["claim_id"]}
        return {key: (articles.get(article or "", ""), article, key) for key, article in owners.items()}
    if "article_id" in frame.columns and name != "issues":
        keys = frame[schema.load(name).primary_key[0]]
        return {key: (articles.get(a, ""), a, None) for key, a in zip(keys, frame["article_id"], strict=True)}
    return {}
