"""Read "not A but B" and "not only A but also B", where a negation stops halfway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from verify.extract.propositions.arguments import marker_of
from verify.extract.propositions.clauses import words_for
from verify.extract.propositions.record import Argument

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree


class Side(NamedTuple):
    """A or B of "not A but B": the predicate, the arguments, and what becomes of the negation."""

    words: tuple[int, ...]
    arguments: tuple[Argument, ...]
    is_lifted: bool = False  # the negation of the verb stops before it
    is_denied: bool = False  # the negation stands beside it and not by the verb


def split_contrast(tree: Tree, head: int, words: tuple[int, ...], found: Sequence[Argument]) -> list[Side]:
    """Divide a denied clause at its "but".

    Args:
        tree: The parse.
        head: The verb.
        words: The predicate.
        found: The arguments.

    Returns:
        A and B; nothing where the clause has no such contrast. After "not only A", A holds as well, and the words
        of negation go.
    """
    denial = {t for t in words if tree.deps[t] == "neg"}
    pair = _pair(tree, head, found) if denial or any(tree.lower[t] == "not" for a in found for t in a.tokens) else None
    if pair is None:
        return []
    old, member = pair
    beside = {t for t in old.tokens if tree.lower[t] == "not" and t < member}
    if not denial and not beside:
        return []
    limiters = {t for t in _around(tree, words, old) if tree.lower[t] in words_for("limiter")}
    affirmed = tuple(t for t in words if t not in denial | limiters)
    other = {*tree.subtree(member), *tree.those(tree.heads[member], "cc"), *limiters, *(beside if limiters else ())}
    first = replace(old, tokens=tree.tidy(set(old.tokens) - other))
    second = Argument(member, old.role, tree.tidy(set(tree.phrase(member)) - denial), marker_of(tree, member, old.role))
    rest = [a for a in found if a is not old and a.head != member and not set(a.tokens) <= limiters]

    def arguments(side: Argument) -> tuple[Argument, ...]:
        return tuple(sorted([*rest, side], key=_place))

    kept = affirmed if limiters else words
    is_beside = not denial and not limiters
    a = Side(kept, arguments(first), is_lifted=bool(limiters and denial), is_denied=is_beside)
    return [a, Side(affirmed, arguments(second), is_lifted=bool(denial))]


def _pair(tree: Tree, head: int, found: Sequence[Argument]) -> tuple[Argument, int] | None:
    """The argument that is A, and the head of B, which hangs on A, on its "but", or on the verb."""
    for argument in found:
        buts = [c for t in (argument.head, *argument.content) for c in tree.those(t, "cc") if tree.lower[c] == "but"]
        if buts:
            governor = tree.heads[buts[0]]
            members = [*tree.those(governor, "conj"), *tree.those(buts[0], "pobj", "prep")]
            members = members or [c for c in tree.those(head, "prep") if c == buts[0] + 1]  # "not to A but to B"
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
