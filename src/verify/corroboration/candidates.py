"""Which pairs of claims are worth comparing: an inverted index instead of every pair."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from verify.corroboration.gist import Gist

_RAREST = 4  # elements of a claim that are combined to pairs
_CROWDED = 24  # claims under one key above which only neighbours are compared
_PRIOR = 20  # articles that every count is smoothed with
_WINDOW = 6  # neighbours on each side


def element_weights(gists: Sequence[Gist]) -> dict[str, float]:
    """Return how much each element counts: 1 plus its inverse document frequency over the articles.

    Both counts are smoothed, so that in a handful of articles, where every frequency is chance, all elements
    count alike.
    """
    holders: dict[str, set[str]] = defaultdict(set)
    for gist in gists:
        for element in gist.elements:
            holders[element].add(gist.article_id)
    n_articles = len({gist.article_id for gist in gists})
    return {
        element: 1.0 + math.log((n_articles + _PRIOR) / (len(found) + _PRIOR)) for element, found in holders.items()
    }


def find_candidates(gists: Sequence[Gist], weights: Mapping[str, float]) -> Iterator[tuple[Gist, Gist]]:
    """Yield the pairs of claims of different articles that share a key, once for each key.

    No pair is remembered: to compare one twice costs less than a set of all of them, which would not fit in
    memory beside ten thousand articles.

    Claims share a key where they have an actor and the predicate in common, or two of their rarest elements.
    Under a key with many claims only neighbours in the order of their elements are compared (sorted
    neighbourhood; Hernandez and Stolfo 1995), so that time grows with the number of claims and not with its
    square.
    """
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, gist in enumerate(gists):
        for key in _keys(gist, weights):
            index[key].append(at)
    for found in index.values():
        for one, other in _pairs(found, gists):
            if gists[one].article_id != gists[other].article_id:
                yield gists[one], gists[other]


def _keys(gist: Gist, weights: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    for actor in sorted(gist.actors or gist.subject):
        yield actor, f"={gist.predicate}"
    rarest = sorted(gist.elements, key=lambda element: (-weights[element], element))[:_RAREST]
    yield from combinations(sorted(rarest), 2)


def _pairs(found: Sequence[int], gists: Sequence[Gist]) -> Iterator[tuple[int, int]]:
    if len(found) <= _CROWDED:
        yield from combinations(found, 2)
        return
    common = Counter(element for at in found for element in gists[at].elements)
    ordered = sorted(found, key=lambda at: (sorted(gists[at].elements, key=lambda e: (-common[e], e)), at))
    for place, at in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + _WINDOW]:
            yield min(at, other), max(at, other)
