"""All claims of a corpus as far as they are compared: articles go in one by one, and none of them is kept."""

from __future__ import annotations

import gc
import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from verify.corroboration.candidates import element_weights, find_candidates
from verify.corroboration.clusters import agree
from verify.corroboration.gist import Gist, forget_shared, shared
from verify.corroboration.pairs import compare
from verify.garbage import give_back
from verify.models import Agreement, AnalysedArticle, Article, Match, claim_ids
from verify.terms import MatchKind

Words = tuple[str, str]  # text and proposition of a claim


class Digest:
    """Collect what is compared of each article, then match the claims of different articles.

    Articles that are copies are not compared with others; each of their claims is matched as `syndicated` with the
    claim of the original in the same words.

    Args:
        copies: From `find_copies`: the article_id of the original by that of its copy.
    """

    def __init__(self, copies: Mapping[str, str]) -> None:
        self._copies = copies
        self._gists: list[Gist] = []
        self._unknown: set[str] = set()  # articles of unknown publishers
        self._wordings: dict[str, list[tuple[Words, str]]] = defaultdict(list)  # claims of copies and originals

    def add(self, article: Article, gists: Iterable[Gist]) -> None:
        """Take in the claims of one article, its actors named as in all others."""
        if article.article_id not in self._copies:
            self._gists += map(shared, gists)
        if article.publisher_id is None:
            self._unknown.add(article.article_id)

    def add_words(self, analysed: AnalysedArticle) -> None:
        """Take in the words of an article that is a copy or has one."""
        words = ((claim.text, claim.proposition) for claim in analysed.analysis.claims)
        self._wordings[analysed.article.article_id] += zip(words, claim_ids(analysed), strict=True)

    def agreement(self) -> Agreement:
        """Match the claims, once; the order in which the articles came does not change it.

        What is returned shares no text with the gists. It is made when they are gone, from bytes: a text that outlives
        its neighbours keeps their memory, and the gists of ten thousand articles take half a gigabyte.
        """
        flat = pickle.dumps(self._agreement())
        self._gists, self._wordings = [], defaultdict(list)
        forget_shared()
        gc.collect()
        give_back()
        agreement: Agreement = pickle.loads(flat)
        return agreement

    def _agreement(self) -> Agreement:
        self._gists.sort(key=lambda gist: gist.article_id)  # stable: the claims of an article keep their order
        matches = sorted(self._matches(), key=lambda match: (match.claim_id, match.other_claim_id, match.kind))
        matched = {key for match in matches for key in (match.claim_id, match.other_claim_id)}
        known = [gist for gist in self._gists if gist.claim_id in matched]
        publishers = {gist.claim_id: gist.origin.publisher for gist in known if gist.article_id not in self._unknown}
        return agree(matches, publishers, {gist.claim_id: gist.article_id for gist in known})

    def _matches(self) -> set[Match]:
        weights = element_weights(self._gists)
        found = set(self._syndicated())
        for one, other in find_candidates(self._gists, weights):
            outcome = compare(one, other, weights)
            if outcome:
                kind, score = outcome
                low, high = sorted((one.claim_id, other.claim_id))
                found.add(Match(low, high, kind, round(score, 4)))
        return found

    def _syndicated(self) -> Iterator[Match]:
        """Match each claim of a copied article with the same words of the original."""
        for copy, original in self._copies.items():
            known = dict(self._wordings.get(original, ()))
            for words, claim_id in self._wordings.get(copy, ()):
                other = known.get(words)
                if other and other != claim_id:
                    low, high = sorted((claim_id, other))
                    yield Match(low, high, MatchKind.SYNDICATED, 1.0)
