"""Claims that are the same, taken together, and how many independent publishers make each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from verify.models import claim_ids
from verify.terms import MatchKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from verify.models import AnalysedArticle, Match


def clusters(matches: Iterable[Match]) -> dict[str, str]:
    """Return the smallest claim_id of the group of same claims that each matched claim belongs to (union-find)."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = key = parent[parent[key]]
        return key

    for match in matches:
        if match.kind is MatchKind.SAME:
            low, high = sorted((root(match.claim_id), root(match.other_claim_id)))
            parent[high] = low
    return {key: root(key) for key in parent}


def count_publishers(articles: Sequence[AnalysedArticle], matches: Iterable[Match]) -> dict[str, int]:
    """Count the independent publishers that make each claim, by claim_id; 1 at the least.

    A copied article and an article of an unknown publisher add none.
    """
    cluster = clusters(matches)
    publishers: dict[str, set[str]] = defaultdict(set)
    keys = [(key, analysed) for analysed in articles for key in claim_ids(analysed)]
    for key, analysed in keys:
        if analysed.article.publisher_id and analysed.syndicated_from is None:
            publishers[cluster.get(key, key)].add(analysed.article.publisher_id)
    return {key: max(1, len(publishers.get(cluster.get(key, key), ()))) for key, _ in keys}
