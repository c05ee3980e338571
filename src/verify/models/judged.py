"""What is said about claims once all articles are analysed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the articles of a corpus say of each other's claims."""

    matches: tuple[Match, ...] = ()  # sorted by claim ids
    clusters: Mapping[str, str] = field(default_factory=dict)  # smallest claim_id of the same claims, by claim_id
    publishers: Mapping[str, int] = field(default_factory=dict)  # independent ones that make them, by that id
    opposed: frozenset[str] = frozenset()  # claims that another article contradicts
    disputed: frozenset[str] = frozenset()  # those, and claims for which another article gives other numbers
    articles: Mapping[str, str] = field(default_factory=dict)  # article_id of each claim above

    def cluster(self, claim_id: str) -> str:
        """Return the smallest claim_id of the group of same claims that a claim belongs to: its own, where alone."""
        return self.clusters.get(claim_id, claim_id)

    def n_publishers(self, claim_id: str) -> int:
        """Return how many independent publishers make a claim; 1 at the least."""
        return self.publishers.get(self.cluster(claim_id), 1)


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
