"""Read "not A but B" and "not only A but also B", where a negation stops halfway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from verify.extract.propositions.arguments import marker_of
from verify.extract.propositions.clauses import words_for
from verify.extract.propositions.record import Argument

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree


def split_contrast(
    tree: Tree, head: int, words: tuple[int, ...], found: Sequence[Argument]
) -> list[tuple[tuple[int, ...], tuple[Argument, ...], bool]]:
    """Divide a denied clause at its "but".

    Args:
        tree: The parse.
        head: The verb.
        words: The predicate.
        found: The arguments.

    Returns:
        Twice the predicate, the arguments and whether the negation is lifted, for A and for B; nothing where the
        clause has no such contrast. After "not only A", A holds as well, and the words of negation go.
    """
    denial = {t for t in words if tree.deps[t] == "neg"}
    pair = _pair(tree, head, found) if denial else None
    if pair is None:
        return []
    old, member = pair
    limiters = {t for t in _around(tree, words, old) if tree.lower[t] in words_for("limiter")}
    affirmed = tuple(t for t in words if t not in denial | limiters)
    other = {*tree.subtree(member), *tree.those(tree.heads[member], "cc"), *limiters}
    first = replace(old, tokens=tree.tidy(set(old.tokens) - other))
    second = Argument(member, old.role, tree.tidy(set(tree.phrase(member)) - denial), marker_of(tree, member, old.role))
    rest = [a for a in found if a is not old and not set(a.tokens) <= limiters]
    sides = ((affirmed if limiters else words, first, bool(limiters)), (affirmed, second, True))
    return [(kept, tuple(sorted([*rest, side], key=_place)), lifted) for kept, side, lifted in sides]


def _pair(tree: Tree, head: int, found: Sequence[Argument]) -> tuple[Argument, int] | None:
    """The argument that is A, and the head of B, which hangs on A, on its "but", or on the verb."""
    for argument in found:
        buts = [c for t in (argument.head, *argument.content) for c in tree.those(t, "cc") if tree.lower[c] == "but"]
        if buts:
            governor = tree.heads[buts[0]]
            members = [*tree.those(governor, "conj"), *tree.those(buts[0], "pobj", "prep")]
            return (argument, members[-1]) if members and members[-1] > buts[0] else None
    but = next((c for c in tree.those(head, "cc") if tree.lower[c] == "but"), None)
    members = [c for c in tree.those(head, "conj") if but is not None and c > but and not tree.is_verb(c)]
    before = [argument for argument in found if but is not None and argument.tokens[-1] < but]
    return (before[-1], members[0]) if before and members else None


def _around(tree: Tree, words: tuple[int, ...], argument: Argument) -> range:
    """The tokens from the verb to the middle of A, where "only" stands."""
    return range(words[0], max(words[-1], argument.head) + 1)


def _place(argument: Argument) -> tuple[int, ...]:
    return argument.tokens
