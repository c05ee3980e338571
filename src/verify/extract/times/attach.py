"""Which clause a time belongs to, read off the dependency tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.models import Time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

# A clause of its own: a time below such a word says nothing about the clause above it.
_CLAUSES = frozenset({"acl", "advcl", "ccomp", "csubj", "csubjpass", "parataxis", "pcomp", "relcl", "ROOT"})
_PREDICATES = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


def attach(doc: Doc, times: Sequence[Time], heads: Sequence[int]) -> dict[int, list[Time]]:
    """Give each time to the predicate that governs it in the parse.

    The predicate is the first of `heads` on the way from the time's words to the root; the way ends at a clause
    whose own head is not among `heads`, so that a time never leaks out of a clause. A time before the first of
    several coordinated predicates holds for those after it that have neither a subject nor a time of their own
    ("On Monday the ship docked and unloaded").

    Args:
        doc: A parsed document.
        times: The times found in it, with character spans of the document.
        heads: Token indices of the words that carry the predicates (verbs, nouns or adjectives).

    Returns:
        The times of each predicate that has one, in text order, keyed by its token index.
    """
    wanted = frozenset(heads)
    found: dict[int, list[Time]] = {}
    fronted: list[tuple[int, Time]] = []
    for time in sorted(times, key=lambda t: (t.span.start, t.span.end)):
        words = doc.char_span(time.span.start, time.span.end, alignment_mode="expand")
        governor = _governor(words.root, wanted) if words is not None else None
        if governor is None or words is None:
            continue
        found.setdefault(governor, []).append(time)
        if words.end <= governor:
            fronted.append((governor, time))
    owners = frozenset(found)
    for governor, time in fronted:
        for follower in _followers(doc[governor], wanted):
            if follower not in owners:
                found.setdefault(follower, []).append(time)
    return found


def _governor(word: Token, wanted: frozenset[int]) -> int | None:
    """Climb from a word to the nearest predicate, not past the edge of its clause."""
    while word.i not in wanted:
        coordinated = word.dep_ == "conj" and word.pos_ in _PREDICATES
        if coordinated or word.dep_ in _CLAUSES or word.head.i == word.i:
            return None
        word = word.head
    return word.i


def _followers(word: Token, wanted: frozenset[int]) -> list[int]:
    """Return the predicates coordinated after a word that share its subject."""
    followers = []
    coordinated = [child for child in word.rights if child.dep_ == "conj"]
    while coordinated:
        child = coordinated.pop()
        if any(part.dep_ in _SUBJECTS for part in child.lefts):
            continue
        if child.i in wanted:
            followers.append(child.i)
        coordinated += [part for part in child.rights if part.dep_ == "conj"]
    return sorted(followers)
