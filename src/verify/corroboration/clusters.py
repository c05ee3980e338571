"""Claims that are the same, taken together, and how many independent publishers make each."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING

from verify.models import Agreement
from verify.terms import MatchKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from verify.models import Match


_DISPUTES = frozenset({MatchKind.CONTRADICTS, MatchKind.CONFLICTING_NUMBERS})


def agree(
    matches: Iterable[Match], publishers: Mapping[str, str], articles: Mapping[str, str] = MappingProxyType({})
) -> Agreement:
    """Say which claims are the same, who makes them and which are contradicted.

    Args:
        matches: Pairs of claims, sorted.
        publishers: The publisher of each matched claim by claim_id. One that is unknown counts for nobody, and so
            does a copied article, whose claims need not be here.
        articles: The article_id of each matched claim.
    """
    matches = tuple(matches)
    found = clusters(matches)
    makers: dict[str, set[str]] = defaultdict(set)
    for claim_id, cluster in found.items():
        if publisher := publishers.get(claim_id):
            makers[cluster].add(publisher)
    disputed = _claims_in(match for match in matches if match.kind in _DISPUTES)
    return Agreement(
        matches,
        found,
        {cluster: max(1, len(makers[cluster])) for cluster in set(found.values())},
        _claims_in(match for match in matches if match.kind is MatchKind.CONTRADICTS),
        disputed,
        {key: articles[key] for key in sorted(disputed.union(found)) if key in articles},
    )


def _claims_in(matches: Iterable[Match]) -> frozenset[str]:
    return frozenset(key for match in matches for key in (match.claim_id, match.other_claim_id))


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
