"""The same claim elsewhere: independent, copied, contradicted, or with another number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.clusters import clusters, count_publishers
from verify.corroboration.candidates import element_weights, find_candidates
from verify.corroboration.gist import find_gists
from verify.corroboration.numbers import find_conflict
from verify.corroboration.pairs import compare
from verify.corroboration.syndication import mark_syndicated
from verify.models import Match, claim_ids
from verify.terms import MatchKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from verify.models import AnalysedArticle

__all__ = ["clusters", "count_publishers", "find_conflict", "find_matches", "mark_syndicated"]


def find_matches(articles: Sequence[AnalysedArticle]) -> list[Match]:
    """Match the claims of different articles.

    Articles that `mark_syndicated` calls copies are not compared with others; each of their claims is matched
    as `syndicated` with the claim of the original in the same words.

    Args:
        articles: Analysed articles in any order.

    Returns:
        One match for each pair of claims, sorted by claim ids; the order of the articles does not change it.
    """
    originals = sorted((a for a in articles if a.syndicated_from is None), key=lambda a: a.article.article_id)
    gists = [gist for analysed in originals for gist in find_gists(analysed)]
    weights = element_weights(gists)
    found = set(_copies(articles))
    for one, other in find_candidates(gists, weights):
        outcome = compare(one, other, weights)
        if outcome:
            kind, score = outcome
            low, high = sorted((one.claim_id, other.claim_id))
            found.add(Match(low, high, kind, round(score, 4)))
    return sorted(found, key=lambda match: (match.claim_id, match.other_claim_id, match.kind))


def _copies(articles: Sequence[AnalysedArticle]) -> Iterator[Match]:
    """Match each claim of a copied article with the same words of the original."""
    by_id = {analysed.article.article_id: analysed for analysed in articles}
    for copy in articles:
        original = by_id.get(copy.syndicated_from or "")
        if original is None:
            continue
        claims = zip(original.analysis.claims, claim_ids(original), strict=True)
        known = {(claim.text, claim.proposition): claim_id for claim, claim_id in claims}
        for claim, claim_id in zip(copy.analysis.claims, claim_ids(copy), strict=True):
            other = known.get((claim.text, claim.proposition))
            if other and other != claim_id:
                low, high = sorted((claim_id, other))
                yield Match(low, high, MatchKind.SYNDICATED, 1.0)
