"""What other articles hold that the flags of a claim depend on."""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from verify.flags.context import Counterpart, Said

if TYPE_CHECKING:
    from verify.models import Agreement, AnalysedArticle, Article, Claim

Place = tuple[str, str]  # article_id, and the path that a person finds it by


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other articles say: who makes a claim too, who disputes it, and where its very words stand."""

    agreement: Agreement
    counterparts: Mapping[str, tuple[Counterpart, ...]] = field(default_factory=dict)  # by claim_id
    repeated: Mapping[int, tuple[Place, ...]] = field(default_factory=dict)  # by wording

    def repeated_in(self, analysed: AnalysedArticle, claim: Claim) -> str:
        """Return the path of another article of the same publisher with the same words; nothing where none has."""
        if not self.repeated:
            return ""
        own = analysed.article.article_id
        places = self.repeated.get(wording(analysed, claim), ())
        return min((place for article_id, place in places if article_id != own), default="")

    def touching(self) -> dict[str, list[str]]:
        """Return what of it touches each article, as text in a fixed order; an article that nothing touches is missing.

        Whatever a flag, or a cell of a table, takes from other articles stands in it.
        """
        found: dict[str, list[str]] = defaultdict(list)
        agreement = self.agreement
        for claim_id, article_id in agreement.articles.items():
            others = [(o.kind, o.claim_id, *o.said.stable()) for o in self.counterparts.get(claim_id, ())]
            cluster, is_opposed = agreement.cluster(claim_id), claim_id in agreement.opposed
            found[article_id].append(repr((claim_id, cluster, agreement.n_publishers(claim_id), is_opposed, others)))
        for words, places in sorted(self.repeated.items()):
            for article_id, _ in places:
                found[article_id].append(repr((words, places)))
        return found


class Wordings:
    """Collect where the words of each publisher stand; articles go in one by one, and none of them is kept."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._words = array("Q")
        self._at = array("I")  # beside each wording, the number of its place

    def add(self, article: Article, words: Iterable[int]) -> None:
        """Take in the wordings of one article; one of an unknown publisher repeats nobody."""
        if not article.publisher_id:
            return
        before = len(self._words)
        self._words.extend(words)
        self._at.extend([len(self._places)] * (len(self._words) - before))
        place = article.path if article.row is None else f"{article.path}, row {article.row}"
        self._places.append((article.article_id, place))

    def repeated(self) -> dict[int, tuple[Place, ...]]:
        """Return the places of the wordings that stand in more than one article."""
        words = np.frombuffer(self._words, dtype=np.uint64)
        found, counts = np.unique(words, return_counts=True)
        several = np.isin(words, found[counts > 1])
        places: dict[int, list[Place]] = defaultdict(list)
        for key, at in zip(words[several].tolist(), np.flatnonzero(several).tolist(), strict=True):
            places[key].append(self._places[self._at[at]])
        return {key: tuple(where) for key, where in places.items()}


def wordings_of(analysed: AnalysedArticle) -> tuple[int, ...]:
    """Return the wording of each claim of an article, once."""
    return tuple(dict.fromkeys(wording(analysed, claim) for claim in analysed.analysis.claims))


def wording(analysed: AnalysedArticle, claim: Claim) -> int:
    """Return a number that stands for the words of a claim and its publisher, whatever their case and white space."""
    words = f"{analysed.article.publisher_id or ''}\0{' '.join(claim.text.casefold().split())}"
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def counterparts(agreement: Agreement, said: Mapping[str, Said]) -> dict[str, tuple[Counterpart, ...]]:
    """Return what each disputed claim was matched with.

    Args:
        agreement: What the articles say of each other's claims.
        said: What is kept of the disputed claims, by claim_id.
    """
    found: dict[str, list[Counterpart]] = defaultdict(list)
    for own, counterpart in _both_ways(agreement, said):
        found[own].append(counterpart)
    return {key: tuple(sorted(others, key=lambda c: (c.kind, c.claim_id))) for key, others in found.items()}


def _both_ways(agreement: Agreement, said: Mapping[str, Said]) -> Iterator[tuple[str, Counterpart]]:
    for match in agreement.matches:
        for own, other in ((match.claim_id, match.other_claim_id), (match.other_claim_id, match.claim_id)):
            if own in said and other in said:
                yield own, Counterpart(match.kind, other, said[other])
