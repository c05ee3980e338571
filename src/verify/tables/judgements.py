"""What is known of each claim beyond its own words: its flags, its confidence, and who else makes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from verify.models import Agreement, AnalysedArticle, RaisedFlag, claim_ids
from verify.terms import Confidence, Flag

_ORDER = {flag: rank for rank, flag in enumerate(Flag)}


class Grade(Protocol):
    """The rule that turns a claim's flags into a confidence band and its reasons."""

    def __call__(self, flags: Iterable[Flag], *, is_corroborated: bool) -> tuple[Confidence, tuple[str, ...]]:
        """Grade one claim."""
        ...


@dataclass(frozen=True, slots=True)
class Judgement:
    """What other rooms concluded about one claim."""

    article_id: str
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
    articles: Iterable[AnalysedArticle], flags: Iterable[RaisedFlag], agreement: Agreement, grade: Grade
) -> dict[str, Judgement]:
    """Bring together what is known of each claim of some articles, by claim_id.

    Args:
        articles: The articles.
        flags: All flags raised on their claims.
        agreement: What the articles of the whole corpus say of each other's claims.
        grade: The confidence rule.
    """
    raised: dict[str, set[Flag]] = defaultdict(set)
    for flag in flags:
        raised[flag.claim_id].add(flag.flag)
    judged = {}
    graded: dict[tuple[tuple[Flag, ...], bool], tuple[Confidence, tuple[str, ...]]] = {}
    for analysed in articles:
        for key in claim_ids(analysed):
            own, n_publishers = tuple(sorted(raised.get(key, ()), key=_ORDER.__getitem__)), agreement.n_publishers(key)
            case = (own, n_publishers > 1)
            if case not in graded:  # a hundred claims have the same flags
                graded[case] = grade(own, is_corroborated=n_publishers > 1)
            band, reasons = graded[case]
            cluster, is_opposed = agreement.cluster(key), key in agreement.opposed
            article_id = analysed.article.article_id
            judged[key] = Judgement(article_id, own, cluster, n_publishers, is_opposed, band, reasons)
    return judged
