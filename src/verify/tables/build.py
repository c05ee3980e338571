"""Make the tables of a dataset from its records: of some articles at a time, and of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from verify import schema
from verify.models import Agreement, AnalysedArticle, Issue, Match, RaisedFlag, claim_ids
from verify.tables.claims import add_claims, add_participants
from verify.tables.frame import Cells, Columns, to_frame
from verify.tables.ids import item_ids
from verify.tables.items import add_items
from verify.tables.judgements import Grade, judge

if TYPE_CHECKING:
    import pandas as pd


def build_part(
    articles: Sequence[AnalysedArticle], *, flags: Iterable[RaisedFlag], agreement: Agreement, grade: Grade
) -> dict[str, pd.DataFrame]:
    """Make the rows that some articles have in the tables whose rows belong to an article each.

    Args:
        articles: Articles with their analysis, offsets in the raw text, each article_id once.
        flags: All flags on their claims.
        agreement: What the articles of the whole corpus say of each other's claims.
        grade: The confidence rule, `verify.flags.confidence`; it is handed in because flags judge records and
            tables know nothing of judging.

    Returns:
        A frame for each parted table of `schema.TABLES`, the same for any order of the input.

    Raises:
        SchemaError: A record holds what its column cannot.
    """
    flags = list(dict.fromkeys(flags))
    judged = judge(articles, flags, agreement, grade)
    columns: dict[str, Columns] = defaultdict(Columns)
    for analysed in articles:
        keys, ids = claim_ids(analysed), item_ids(analysed)
        add_claims(columns["claims"], analysed, keys, ids, judged)
        add_participants(columns["participants"], analysed, keys, ids)
        add_items(columns, analysed, ids)
    for raised in flags:
        columns["flags"].add(_flag(raised, judged[raised.claim_id].article_id))
    cells: dict[str, Cells] = {name: column.cells for name, column in columns.items()}
    return {name: to_frame(name, cells.pop(name, {})) for name in schema.parted()}


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


def matches_frame(matches: Iterable[Match]) -> pd.DataFrame:
    """Make the `matches` table."""
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
    return to_frame("matches", columns.cells)


def _flag(raised: RaisedFlag, article_id: str) -> dict[str, object]:
    return {
        "article_id": article_id,
        "claim_id": raised.claim_id,
        "flag": raised.flag,
        "severity": raised.flag.severity,
        "start": raised.span.start if raised.span else None,
        "end": raised.span.end if raised.span else None,
        "detail": raised.detail,
    }
