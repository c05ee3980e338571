"""Relative clauses: the phrase that they modify takes the place they leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract.propositions.clauses import Clause, words_for
from verify.extract.propositions.record import Argument, Role
from verify.extract.propositions.subjects import RELATIVIZERS, subjects_of

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree


def fill_gap(tree: Tree, clause: Clause, chain: tuple[int, ...], found: list[Argument]) -> list[Argument]:
    """Put the phrase that a relative clause modifies where the clause leaves out its object or place.

    Args:
        tree: The parse.
        clause: Any clause.
        chain: Its verb group.
        found: Its arguments; a relative pronoun among them is replaced.

    Returns:
        The arguments, in text order.
    """
    first = clause.head
    if tree.deps[first] != "relcl" or clause.subject.gap is not None:
        return found
    noun = tree.heads[first]
    if tree.is_verb(noun):
        return found
    edge = tree.left_edge(first)
    words = tree.tidy(t for t in tree.phrase(noun, without=[first]) if t < edge)
    if len(words) > 1 and tree.lower[words[0]] in words_for("limiter"):
        words = words[1:]  # "only a few drills that it dismisses" does not say that it dismisses only those
    if not words or set(words) & set(clause.subject.tokens):
        return found
    return _with_gap(tree, chain, noun, words, found)


def _with_gap(
    tree: Tree, chain: tuple[int, ...], noun: int, words: tuple[int, ...], found: list[Argument]
) -> list[Argument]:
    for argument in found:
        is_clause = argument.role in {Role.COMPLEMENT, Role.SUBORDINATE}
        if not is_clause and any(tree.tags[t] in RELATIVIZERS for t in argument.tokens):
            rest = [other for other in found if other is not argument]
            marker = tuple(t for t in argument.marker if tree.tags[t] not in RELATIVIZERS)
            tokens = tuple(sorted({*words, *marker}))
            return [*rest, Argument(argument.head, argument.role, tokens, marker, is_moved=True)]
    links = [*chain, *subjects_of(tree, chain[0])]  # a parser may hang "where" on the subject behind it
    where = next((c for link in links for c in tree.those(link, "advmod", "prep") if tree.tags[c] == "WRB"), None)
    if where is not None:
        return [*found, Argument(noun, Role.OBLIQUE, tuple(sorted({*words, where})), (where,), is_moved=True)]
    if any(argument.role in {Role.OBJECT, Role.COMPLEMENT} for argument in found):
        return found
    return [*found, Argument(noun, Role.OBJECT, words, is_moved=True)]
