"""What is known of each claim beyond its own words: its flags, its confidence, and who else makes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from verify.models import AnalysedArticle, Match, RaisedFlag, claim_ids
from verify.terms import Confidence, Flag, MatchKind


class Grade(Protocol):
    """The rule that turns a claim's flags into a confidence band and its reasons."""

    def __call__(self, flags: Iterable[Flag], *, is_corroborated: bool) -> tuple[Confidence, tuple[str, ...]]:
        """Grade one claim."""
        ...


@dataclass(frozen=True, slots=True)
class Judgement:
    """What other rooms concluded about one claim."""

    flags: tuple[Flag, ...]  # in the order of the vocabulary, each once
    cluster_id: str
    n_publishers: int
    is_contradicted: bool
    confidence: Confidence
    reasons: tuple[str, ...]

    @property
    def is_corroborated(self) -> bool:
        """Whether another independent publisher makes the same claim."""
        return self.n_publishers > 1


def judge(
    articles: Sequence[AnalysedArticle], matches: Iterable[Match], flags: Iterable[RaisedFlag], grade: Grade
) -> dict[str, Judgement]:
    """Bring together what is known of each claim, by claim_id.

    Args:
        articles: All articles of the dataset.
        matches: Pairs of claims that speak of the same thing.
        flags: All flags raised.
        grade: The confidence rule.
    """
    matches = list(matches)
    publishers = {key: _publisher(analysed) for analysed in articles for key in claim_ids(analysed)}
    clusters = _clusters(publishers, (m for m in matches if m.kind is MatchKind.SAME))
    independent: dict[str, set[str]] = defaultdict(set)
    for key, cluster in clusters.items():
        independent[cluster] |= publishers[key]
    opposed = {key for m in matches if m.kind is MatchKind.CONTRADICTS for key in (m.claim_id, m.other_claim_id)}
    raised: dict[str, set[Flag]] = defaultdict(set)
    for flag in flags:
        raised[flag.claim_id].add(flag.flag)
    judged = {}
    for key, cluster in clusters.items():
        own = tuple(flag for flag in Flag if flag in raised[key]) if key in raised else ()
        n_publishers = max(1, len(independent[cluster]))
        confidence, reasons = grade(own, is_corroborated=n_publishers > 1)
        judged[key] = Judgement(own, cluster, n_publishers, key in opposed, confidence, reasons)
    return judged


def _publisher(analysed: AnalysedArticle) -> set[str]:
    """Return the publisher that a claim of the article counts for; a copy and an unknown publisher add none."""
    known = analysed.article.publisher_id if analysed.syndicated_from is None else None
    return {known} if known else set()


def _clusters(claims: Iterable[str], same: Iterable[Match]) -> dict[str, str]:
    """Return the smallest claim_id of the group of matched claims that each claim belongs to (union-find)."""
    parent = {key: key for key in claims}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = key = parent[parent[key]]
        return key

    for match in same:
        low, high = sorted((root(match.claim_id), root(match.other_claim_id)))
        parent[high] = low
    return {key: root(key) for key in parent}
