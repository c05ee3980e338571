"""Make every table of the dataset from its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from verify import schema
from verify.models import AnalysedArticle, Issue, Match, RaisedFlag
from verify.tables.claims import add_claims, add_participants
from verify.tables.corpus import Corpus
from verify.tables.frame import Cells, Columns, to_frame
from verify.tables.ids import item_ids
from verify.tables.items import add_items
from verify.tables.judgements import Grade, judge

if TYPE_CHECKING:
    import pandas as pd


def build_tables(
    articles: Sequence[AnalysedArticle],
    *,
    issues: Iterable[Issue] = (),
    matches: Iterable[Match] = (),
    flags: Iterable[RaisedFlag] = (),
    grade: Grade,
) -> dict[str, pd.DataFrame]:
    """Make every table of the dataset.

    Args:
        articles: Articles with their analysis, offsets in the raw text, each article_id once.
        issues: What could not be read, or was refused.
        matches: Pairs of claims of different articles.
        flags: All flags on the claims.
        grade: The confidence rule, `verify.flags.confidence`; it is handed in because flags judge records and
            tables know nothing of judging.

    Returns:
        A frame for each of `schema.TABLES`, the same for any order of the input.

    Raises:
        SchemaError: A record holds what its column cannot.
    """
    matches, flags = list(matches), list(flags)
    judged = judge(articles, matches, flags, grade)
    columns: dict[str, Columns] = defaultdict(Columns)
    corpus = Corpus()
    for analysed in articles:
        ids = item_ids(analysed)
        columns["articles"].add(_article(analysed))
        add_claims(columns["claims"], analysed, ids, judged)
        add_participants(columns["participants"], analysed, ids)
        add_items(columns, analysed, ids)
        corpus.add(analysed, ids)
    cells: dict[str, Cells] = {name: column.cells for name, column in columns.items()}
    cells |= {
        "actors": corpus.actors(),
        "sources": corpus.sources(),
        "flags": _flags(flags),
        "matches": _matches(matches),
    }
    frames = {name: to_frame(name, cells.pop(name, {})) for name in schema.TABLES if name != "issues"}
    return frames | {"issues": issues_frame(issues)}


def issues_frame(issues: Iterable[Issue]) -> pd.DataFrame:
    """Make the `issues` table, each issue once."""
    columns = Columns()
    for issue in dict.fromkeys(issues):
        columns.add(
            {
                "path": issue.path,
                "row": issue.row,
                "position": issue.position,
                "reason": issue.reason,
                "severity": issue.severity,
                "detail": issue.detail,
                "article_id": issue.article_id,
                "claim_id": issue.claim_id,
            }
        )
    return to_frame("issues", columns.cells)


def _article(analysed: AnalysedArticle) -> dict[str, object]:
    article = analysed.article
    return {
        "article_id": article.article_id,
        "path": article.path,
        "row": article.row,
        "url": article.url,
        "publisher_id": article.publisher_id,
        "title": article.title,
        "byline": article.byline,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "language": article.language,
        "text_sha256": article.text_sha256,
        "n_words": len(article.text.split()),
        "n_claims": len(analysed.analysis.claims),
        "syndicated_from": analysed.syndicated_from,
    }


def _flags(flags: Iterable[RaisedFlag]) -> Cells:
    columns = Columns()
    for raised in dict.fromkeys(flags):
        columns.add(
            {
                "claim_id": raised.claim_id,
                "flag": raised.flag,
                "severity": raised.flag.severity,
                "start": raised.span.start if raised.span else None,
                "end": raised.span.end if raised.span else None,
                "detail": raised.detail,
            }
        )
    return columns.cells


def _matches(matches: Iterable[Match]) -> Cells:
    columns = Columns()
    for match in matches:
        columns.add(
            {
                "claim_id": match.claim_id,
                "other_claim_id": match.other_claim_id,
                "match_kind": match.kind,
                "similarity": match.score,
            }
        )
    return columns.cells
