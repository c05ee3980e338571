"""Clauses about a part: "sailors were hurt, two of whom were cooks" says that two of the sailors were cooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract.propositions.subjects import Subject, subjects_of

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree

_MOST_STEPS = 4  # from a noun up to the one that can have parts


def part_of(tree: Tree, head: int) -> Subject | None:
    """Return the subject of a clause that opens with "some of whom" or "two of which", with the whole beside it.

    Args:
        tree: The parse.
        head: The verb of the clause.
    """
    own = next(reversed(subjects_of(tree, head)), None)
    if own is None or tree.deps[head] == "csubj":
        return None
    words = tree.phrase(own)
    whom = next((t for t in words if tree.lower[t] in {"whom", "which"} and tree.lower[tree.heads[t]] == "of"), None)
    edge = words[0] if words else 0
    if whom is None or whom == edge or edge < 2 or tree.words[edge - 1] != ",":
        return None
    whole = _whole(tree, head, edge)
    return None if whole is None else Subject(words, own, whom, whole=_words_before(tree, whole, head, edge))


def _whole(tree: Tree, head: int, edge: int) -> int | None:
    """The plural noun before the comma, or else the subject of the clause before it."""
    noun = edge - 2
    for _ in range(_MOST_STEPS):
        if _is_many(tree, noun):
            return noun
        above = tree.heads[noun]
        if not tree.is_noun(noun) or tree.deps[above] not in {"prep", "pobj"}:
            break
        noun = tree.heads[above] if tree.deps[above] == "prep" else above
    above = tree.heads[head]
    return next((s for s in reversed(subjects_of(tree, above)) if s < edge and _is_many(tree, s)), None)


def _is_many(tree: Tree, noun: int) -> bool:
    return tree.tags[noun] in {"NNS", "NNPS"} or bool(tree.those(noun, "conj"))


def _words_before(tree: Tree, noun: int, head: int, edge: int) -> tuple[int, ...]:
    return tree.tidy(t for t in tree.phrase(noun, without=[head]) if t < edge)
