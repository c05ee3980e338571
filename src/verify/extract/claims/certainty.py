"""How certain a whole claim is: the rating of its verb, with the hedges and sources that touch the claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from verify.extract.factuality.rate import Rating
from verify.extract.propositions.record import Proposition
from verify.models import Attribution, Hedge
from verify.terms import CueClass, Factuality, HedgeClass, Polarity

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree

_EVEN = 0.5
_SCORE_OF_LIKELIHOOD = {Factuality.PROBABLE: 2.0, Factuality.POSSIBLE: 1.0}  # on the scale of -3 to 3
_SCORE_OF_ALLEGED = 1.0  # possible, on the same scale
_BACKSHIFTED = frozenset({"would", "'d", "’d"})
_SAYING = frozenset({CueClass.SAYS, CueClass.ASSERTS, CueClass.PROMISES, CueClass.CONFIRMS})


def certainty_of(
    tree: Tree, rating: Rating, proposition: Proposition, hedges: Iterable[Hedge], attributions: Iterable[Attribution]
) -> Rating:
    """Rate the whole claim: words of likelihood count wherever they stand in it, and what is alleged is possible.

    Args:
        tree: The parse.
        rating: That of the claim's verb.
        proposition: By token index.
        hedges: Those that touch the claim.
        attributions: Those that hold for it.
    """
    hedges, attributions = list(hedges), list(attributions)
    rating = _as_divided(rating, proposition)
    if rating.factuality is Factuality.UNKNOWN and _is_backshifted(tree, proposition, hedges, attributions):
        rating = replace(rating, factuality=Factuality.CERTAIN)
    return _as_alleged(_as_likely_as_said(rating, hedges), hedges, attributions)


def _as_divided(rating: Rating, proposition: Proposition) -> Rating:
    """Of "not A but B", A is denied and B is not, wherever the "not" stands."""
    if proposition.is_negation_lifted:
        return replace(rating, polarity=Polarity.POSITIVE, score=abs(rating.score), negation=())
    if proposition.is_denied:
        return replace(rating, polarity=Polarity.NEGATIVE, score=-abs(rating.score))
    return rating


def _is_backshifted(
    tree: Tree, proposition: Proposition, hedges: Iterable[Hedge], attributions: Iterable[Attribution]
) -> bool:
    """Whether "would" is the "will" of reported words: "said it would sell" (Quirk et al. 1985, 14.31)."""
    modals = [tree.lower[t] for t in proposition.predicate if tree.tags[t] == "MD"]
    is_would = bool(modals) and set(modals) <= _BACKSHIFTED and "have" not in tree.lower[proposition.predicate[0] :][:4]
    is_said = any(found.cue_class in _SAYING and found.source for found in attributions)
    return is_would and is_said and not any(hedge.hedge_class is HedgeClass.CONDITION for hedge in hedges)


def _as_likely_as_said(rating: Rating, hedges: Iterable[Hedge]) -> Rating:
    """Lower a certain rating to what a word of estimative probability leaves: "a ruling is unlikely" denies it."""
    bands = [(hedge.low, hedge.high) for hedge in hedges if hedge.low is not None and hedge.high is not None]
    if not bands or rating.factuality is not Factuality.CERTAIN:
        return rating
    low, high = min(bands)
    level = Factuality.POSSIBLE if low < _EVEN < high else Factuality.PROBABLE
    is_denied = high < _EVEN and rating.polarity is Polarity.POSITIVE
    polarity = Polarity.NEGATIVE if is_denied else rating.polarity
    score = _SCORE_OF_LIKELIHOOD[level] * (1 if polarity is Polarity.POSITIVE else -1)
    return replace(rating, factuality=level, polarity=polarity, score=score)


def _as_alleged(rating: Rating, hedges: Iterable[Hedge], attributions: Iterable[Attribution]) -> Rating:
    is_alleged = any(hedge.hedge_class is HedgeClass.EVIDENTIAL for hedge in hedges)
    is_alleged = is_alleged or any(found.cue_class is CueClass.ALLEGES for found in attributions)
    if not is_alleged or rating.factuality is not Factuality.CERTAIN:
        return rating
    sign = 1 if rating.score >= 0 else -1
    return replace(rating, factuality=Factuality.POSSIBLE, score=sign * min(abs(rating.score), _SCORE_OF_ALLEGED))
