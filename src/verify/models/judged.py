"""What is said about claims once all articles are analysed."""

from __future__ import annotations

from dataclasses import dataclass

from verify.models.articles import Article
from verify.models.base import Span, content_id
from verify.models.claims import Analysis
from verify.terms import Flag, MatchKind


@dataclass(frozen=True, slots=True)
class AnalysedArticle:
    """An article with its analysis, which is what tables are made of."""

    article: Article
    analysis: Analysis
    syndicated_from: str | None = None  # the article_id of the text that this one copies


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A flag on one claim with its evidence."""

    claim_id: str
    flag: Flag
    detail: str  # the words, or what is missing
    span: Span | None = None  # where the words stand in the raw text, if the evidence is words


@dataclass(frozen=True, slots=True)
class Match:
    """Two claims of different articles that speak of the same thing; `claim_id` < `other_claim_id`."""

    claim_id: str
    other_claim_id: str
    kind: MatchKind
    score: float  # 0 to 1


def claim_ids(analysed: AnalysedArticle) -> tuple[str, ...]:
    """Return the id of each claim of an article, in order.

    An id hashes the article, the claim's words, its proposition and the occurrence number of that pair in the
    article, never offsets: a claim keeps its id when another paragraph changes.
    """
    seen: dict[tuple[str, str], int] = {}
    ids = []
    for claim in analysed.analysis.claims:
        key = (claim.text, claim.proposition)
        seen[key] = seen.get(key, 0) + 1
        ids.append(content_id("c", analysed.article.article_id, *key, seen[key]))
    return tuple(ids)
