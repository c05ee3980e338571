"""Which pairs of claims are worth comparing: an inverted index instead of every pair."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from verify.corroboration.gist import Gist

_RAREST: Final = 4  # elements of a claim that are combined to pairs
_CROWDED: Final = 24  # claims under one key above which only neighbours are compared
_PRIOR: Final = 20  # articles that every count is smoothed with
_WINDOW: Final = 6  # neighbours on each side
_HALF: Final = 32  # bits of a key that its second number takes
_PREDICATE: Final = 1 << 31  # tells the number of a predicate from that of an element


def element_weights(gists: Sequence[Gist]) -> dict[str, float]:
    """Return how much each element counts: 1 plus its inverse document frequency over the articles.

    Both counts are smoothed, so that in a handful of articles, where every frequency is chance, all elements
    count alike.

    Args:
        gists: Those of one article stand together.
    """
    n_articles, holders = 0, Counter[str]()
    for _, own in groupby(gists, key=lambda gist: gist.article_id):
        n_articles += 1
        holders.update(frozenset().union(*(gist.elements for gist in own)))
    return {element: 1.0 + math.log((n_articles + _PRIOR) / (found + _PRIOR)) for element, found in holders.items()}


def find_candidates(gists: Sequence[Gist], weights: Mapping[str, float]) -> Iterator[tuple[Gist, Gist]]:
    """Yield the pairs of claims of different articles that share a key, once for each key.

    No pair is remembered: to compare one twice costs less than a set of all of them, which would not fit in
    memory beside ten thousand articles. For the same reason a key is a number, and the index two arrays.

    Claims share a key where they have an actor and the predicate in common, or two of their rarest elements.
    Under a key with many claims only neighbours in the order of their elements are compared (sorted
    neighbourhood; Hernandez and Stolfo 1995), so that time grows with the number of claims and not with its
    square.
    """
    for found in _sharing_a_key(*_index(gists, weights)):
        for one, other in _pairs(found, gists):
            if gists[one].article_id != gists[other].article_id:
                yield gists[one], gists[other]


def _index(gists: Sequence[Gist], weights: Mapping[str, float]) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Return all keys of all claims, and beside each the place of its claim in the sequence."""
    keys, places = array("Q"), array("I")
    numbers: dict[str, int] = {}
    predicates: dict[str, int] = {}
    for at, gist in enumerate(gists):
        predicate = predicates.setdefault(gist.predicate, len(predicates))
        before = len(keys)
        keys.extend(_keys(gist, weights, numbers, predicate))
        places.extend([at] * (len(keys) - before))
    return np.frombuffer(keys, dtype=np.uint64), np.frombuffer(places, dtype=np.uint32)


def _keys(gist: Gist, weights: Mapping[str, float], numbers: dict[str, int], predicate: int) -> Iterator[int]:
    for actor in gist.actors or gist.subject:
        yield numbers.setdefault(actor, len(numbers)) << _HALF | _PREDICATE | predicate
    rarest = sorted(gist.elements, key=lambda element: (-weights[element], element))[:_RAREST]
    for one, other in combinations(sorted(numbers.setdefault(element, len(numbers)) for element in rarest), 2):
        yield one << _HALF | other


def _sharing_a_key(keys: NDArray[np.uint64], places: NDArray[np.uint32]) -> Iterator[list[int]]:
    """Yield the places of the claims under each key that has more than one, in order."""
    order = np.argsort(keys, kind="stable").astype(np.uint32)
    by_key = places[order]
    for start, end in _stretches(keys[order]):
        yield by_key[start:end].tolist()


def _stretches(ordered: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Yield where stretches of equal keys begin and end; there are millions, so no list is made of them."""
    is_as_before = np.concatenate(([False], ordered[1:] == ordered[:-1]))
    begins = np.flatnonzero(np.diff(is_as_before.astype(np.int8), append=np.int8(0)) == 1)
    ends = np.flatnonzero(np.diff(is_as_before.astype(np.int8), append=np.int8(0)) == -1) + 1
    for begin, end in zip(begins, ends, strict=True):
        yield int(begin), int(end)


def _pairs(found: Sequence[int], gists: Sequence[Gist]) -> Iterator[tuple[int, int]]:
    if len(found) <= _CROWDED:
        yield from combinations(found, 2)
        return
    elements = {at: gists[at].elements for at in found}
    common = Counter(element for at in found for element in elements[at])
    ordered = sorted(found, key=lambda at: (sorted(elements[at], key=lambda e: (-common[e], e)), at))
    for place, at in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + _WINDOW]:
            yield min(at, other), max(at, other)
