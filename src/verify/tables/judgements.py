"""What is known of each claim beyond its own words: its flags, its confidence, and who else makes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from verify.clusters import clusters, count_publishers
from verify.models import AnalysedArticle, Match, RaisedFlag
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
    cluster = clusters(matches)
    opposed = {key for m in matches if m.kind is MatchKind.CONTRADICTS for key in (m.claim_id, m.other_claim_id)}
    raised: dict[str, set[Flag]] = defaultdict(set)
    for flag in flags:
        raised[flag.claim_id].add(flag.flag)
    judged = {}
    for key, n_publishers in count_publishers(articles, matches).items():
        own = tuple(flag for flag in Flag if flag in raised[key]) if key in raised else ()
        confidence, reasons = grade(own, is_corroborated=n_publishers > 1)
        judged[key] = Judgement(own, cluster.get(key, key), n_publishers, key in opposed, confidence, reasons)
    return judged
