"""How two claims of different articles stand to each other.

Precision first: a wrong match is worse than a missed one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from verify.corroboration.numbers import find_conflict, share_numbers
from verify.terms import ClaimKind, Factuality, MatchKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from verify.corroboration.gist import Gist

_SAME = 0.55  # weighted Jaccard of what the claims say; set on sentences of tests/test_corroboration.py
_REWORDED = 0.75  # the same where the predicates differ
_NEAR = 0.25
_OPPOSITE = 0.7  # of what is denied and affirmed
_CLOSE_DAYS = 31  # undated events are taken for the same one only if published within a month
_SAME_NEWS_DAYS = 3  # later articles count anew
_WITHOUT_NAMES = 3  # elements that two claims share at least where no name or no predicate ties them together
_RELATED = 2  # actors that two articles share at least where their claims name nobody
_ASSERTED = frozenset({Factuality.CERTAIN, Factuality.PROBABLE})
_NOT_FACTS = frozenset({ClaimKind.OPINION, ClaimKind.META, ClaimKind.PREDICTION})


def compare(one: Gist, other: Gist, weights: Mapping[str, float]) -> tuple[MatchKind, float] | None:
    """Say how two claims stand to each other.

    same: subject, predicate or nearly all words, time and numbers agree, and both are equally certain.
    contradicts: the same with the opposite polarity, both asserted, neither an opinion nor a prediction.
    conflicting_numbers: the same with another number of the same thing.
    near: the same actors, predicate and time.

    Args:
        one: A claim.
        other: A claim of another article.
        weights: How much each stem and actor counts (inverse document frequency; Sparck Jones 1972).

    Returns:
        The kind and the weighted Jaccard similarity, 0 to 1, or None where they do not match.
    """
    if not _share_subject(one, other) or not _share_time(one, other):
        return None
    is_predicate_shared = one.predicate == other.predicate
    score = _similarity(one, other, weights)
    if one.polarity is not other.polarity:
        opposed = is_predicate_shared and score >= _OPPOSITE and _can_oppose(one, other)
        return (MatchKind.CONTRADICTS, score) if opposed else None
    if is_predicate_shared and score >= _SAME and find_conflict(one.amounts, other.amounts):
        is_conflict = _can_oppose(one, other) and _is_one_moment(one, other)
        return (MatchKind.CONFLICTING_NUMBERS, score) if is_conflict else None
    if score >= (_SAME if is_predicate_shared else _REWORDED) and _is_same(one, other, is_predicate_shared):
        return MatchKind.SAME, score
    if is_predicate_shared and _is_near(one, other) and score >= _NEAR:
        return MatchKind.NEAR, score
    return None


def _similarity(one: Gist, other: Gist, weights: Mapping[str, float]) -> float:
    """Return the weighted Jaccard similarity of the claims' elements; 1 where neither has any."""
    mine, theirs = one.elements, other.elements
    union = mine | theirs
    if not union:
        return 1.0
    return _weight(mine & theirs, weights) / _weight(union, weights)


def _weight(elements: Iterable[str], weights: Mapping[str, float]) -> float:
    return math.fsum([weights.get(element, 1.0) for element in elements])  # exact, so their order does not matter


def _share_subject(one: Gist, other: Gist) -> bool:
    """Say whether the one subject holds the other, as in "A and B met" and "A met B"."""
    if not one.subject or not other.subject:
        return one.subject == other.subject
    return one.subject <= other.subject or other.subject <= one.subject


def _share_time(one: Gist, other: Gist) -> bool:
    """Say whether the claims can be about the same time."""
    if one.period and other.period:
        return one.period.first <= other.period.last and other.period.first <= one.period.last
    if one.open_times and other.open_times:
        return bool(one.open_times & other.open_times)
    if ClaimKind.EVENT in (one.kind, other.kind) and one.origin.published and other.origin.published:
        return abs((one.origin.published - other.origin.published).days) <= _CLOSE_DAYS
    return True


def _is_one_moment(one: Gist, other: Gist) -> bool:
    """Say whether nothing but the number can have changed between the two: a later count is no conflict."""
    if one.period and other.period:
        return one.period == other.period
    if one.period or other.period or one.open_times or other.open_times:
        return False
    if one.origin.published and other.origin.published:
        return abs((one.origin.published - other.origin.published).days) <= _SAME_NEWS_DAYS
    return one.origin.publisher != other.origin.publisher


def _is_same(one: Gist, other: Gist, is_predicate_shared: bool) -> bool:
    if ClaimKind.META in (one.kind, other.kind):
        return False
    if one.is_pronoun_unresolved or other.is_pronoun_unresolved:
        return False
    if (one.kind is ClaimKind.PREDICTION) != (other.kind is ClaimKind.PREDICTION):
        return False
    if Factuality.UNKNOWN in (one.factuality, other.factuality):
        return False
    if (one.factuality in _ASSERTED) != (other.factuality in _ASSERTED):
        return False
    if not share_numbers(one.amounts, other.amounts):
        return False
    n_shared = len(one.elements & other.elements)
    if not one.actors & other.actors:
        return n_shared >= _WITHOUT_NAMES and len(one.origin.cast & other.origin.cast) >= _RELATED
    return n_shared >= (1 if is_predicate_shared else _WITHOUT_NAMES)


def _is_near(one: Gist, other: Gist) -> bool:
    return bool(one.predicate and one.actors and one.actors == other.actors and set(one.stems) & set(other.stems))


def _can_oppose(one: Gist, other: Gist) -> bool:
    """Say whether the two can contradict each other at all."""
    for gist in (one, other):
        if gist.kind in _NOT_FACTS or gist.factuality not in _ASSERTED:
            return False
        if gist.is_unsettled or not gist.actors:
            return False
    return one.actors == other.actors and one.subject == other.subject and bool(one.period) == bool(other.period)
