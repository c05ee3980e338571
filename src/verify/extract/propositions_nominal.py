"""Propositions without a verb of their own: appositions, offices and what a preposition presupposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract.propositions_record import Argument, Construction, Proposition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verify.extract.propositions_tree import Tree


def presupposed(
    tree: Tree, chain: tuple[int, ...], found: list[Argument]
) -> list[tuple[Construction, tuple[Argument, ...], str]]:
    """Read "extends beyond X to Y and Z" as three propositions, X being presupposed.

    Returns:
        For each its construction, its arguments and the predicate that is implied; nothing where the clause has
        no such pair of prepositions.
    """
    return []


def find_nominal(tree: Tree, start: int, end: int) -> Iterator[Proposition]:
    """Yield the appositions and offices of a sentence."""
    yield from ()
