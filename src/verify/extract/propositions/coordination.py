"""Distribute coordination: one list of arguments for each member that is true by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract.propositions.arguments import marker_of
from verify.extract.propositions.clauses import words_for
from verify.extract.propositions.record import Argument, Role

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree

MOST_VARIANTS = 12  # of one clause; a longer list is left as one claim


def variants(tree: Tree, found: list[Argument], *, is_negated: bool) -> list[tuple[Argument, ...]]:
    """Distribute coordination: one list of arguments for each member that is true by itself.

    "signed a treaty and a contract" gives two; "trade between Iran and China", "trust and coordination", and
    "A or B" (unless denied) stay together.
    """
    for index in _distribution_order(found):
        members = _members(tree, found[index], is_negated=is_negated)
        if 1 < len(members) <= MOST_VARIANTS:
            return [(*found[:index], member, *found[index + 1 :]) for member in members]
    return [tuple(found)]


def _distribution_order(found: list[Argument]) -> list[int]:
    order = (Role.OBJECT, Role.ATTRIBUTE, Role.AGENT, Role.OBLIQUE)
    ranked = [i for role in order for i, argument in enumerate(found) if argument.role is role]
    has_object = any(argument.role in {Role.OBJECT, Role.ATTRIBUTE} for argument in found)
    return [i for i in ranked if not (has_object and found[i].role in {Role.AGENT, Role.OBLIQUE})]


def _members(tree: Tree, argument: Argument, *, is_negated: bool) -> list[Argument]:
    """The argument once for each coordinated member, or as it is."""
    own = set(argument.tokens)
    siblings = [c for c in tree.conjuncts(argument.head) if c in own]
    if len(siblings) > 1:
        return _split(tree, argument, siblings, (), is_negated=is_negated)
    inner = tree.child(argument.marker[-1], "pobj", "pcomp") if argument.marker else None
    if inner is None or tree.lower[argument.head] in words_for("joint"):
        return [argument]
    siblings = [c for c in tree.conjuncts(inner) if c in own]
    return _split(tree, argument, siblings, argument.marker, is_negated=is_negated)


def _split(
    tree: Tree, argument: Argument, members: list[int], marker: tuple[int, ...], *, is_negated: bool
) -> list[Argument]:
    if len(members) < 2 or not _is_distributive(tree, argument, members, is_negated=is_negated):
        return [argument]
    own = set(argument.tokens)
    shared = own & _behind_all(tree, members)
    parts = []
    for member in members:
        tokens = {t for t in tree.phrase(member, alone=True) if t in own} | set(marker) | shared
        introduced_by = marker or marker_of(tree, member, argument.role)
        parts.append(Argument(argument.head if marker else member, argument.role, tuple(sorted(tokens)), introduced_by))
    return parts


def _behind_all(tree: Tree, members: list[int]) -> set[int]:
    """The words that hang on the first member and stand behind the last, which hold for all: "risks and gains for"."""
    behind = [c for c in tree.those(members[0], "prep") if c > members[-1]]
    return {t for c in behind for t in tree.subtree(c)}


def _is_distributive(tree: Tree, argument: Argument, members: list[int], *, is_negated: bool) -> bool:
    """Whether each member is true by itself and complete in its own words."""
    links = {tree.lower[c] for m in members for c in tree.those(m, "cc")}
    if not links or ("or" in links and not is_negated):
        return False
    if argument.role is not Role.ATTRIBUTE and any(tree.tags[m].startswith("JJ") for m in members):
        return False  # "in military and economic ties", with an adjective taken for a noun
    return all(_stands_alone(tree, member) for member in members) and not _shares_a_modifier(tree, members)


def _stands_alone(tree: Tree, member: int) -> bool:
    if not tree.is_noun(member):
        return True
    if tree.tags[member] in {"NNP", "NNPS", "NNS"}:
        return True
    return tree.child(member, "det", "amod", "compound", "poss", "nummod", "prep", "acl") is not None


def _shares_a_modifier(tree: Tree, members: list[int]) -> bool:
    """Whether words beside one member hold for all, as in "the frequency and size of the drills"."""
    last_has_of = any(tree.lower[c] == "of" for c in tree.those(members[-1], "prep"))
    others_have_it = any(tree.those(m, "prep") for m in members[:-1])
    first_owns = tree.child(members[0], "det", "poss", "nummod") is not None
    later_bare = any(not tree.those(m, "det", "poss", "amod", "compound", "nummod") for m in members[1:])
    is_name = all(tree.tags[m].startswith("NNP") for m in members)
    return (last_has_of and not others_have_it) or (first_owns and later_bare and not is_name)
