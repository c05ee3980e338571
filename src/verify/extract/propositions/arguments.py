"""The arguments of a clause: what stands beside its subject and its verb group, and in which role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verify.extract.propositions.clauses import mark_of, words_for
from verify.extract.propositions.groups import first_conjunct
from verify.extract.propositions.record import Argument, Role
from verify.extract.propositions.subjects import SUBJECTS

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree

ROLES = {
    "dobj": Role.OBJECT,
    "dative": Role.RECIPIENT,
    "attr": Role.ATTRIBUTE,
    "oprd": Role.ATTRIBUTE,
    "acomp": Role.ATTRIBUTE,
    "prep": Role.OBLIQUE,
    "agent": Role.AGENT,
    "npadvmod": Role.ADVERB,
    "advmod": Role.ADVERB,
    "ccomp": Role.COMPLEMENT,
    "xcomp": Role.COMPLEMENT,
    "advcl": Role.SUBORDINATE,
}
_FARTHEST = 3  # tokens from a verb to the coordinated one that shares its object: "and then sold"


def arguments(tree: Tree, chain: tuple[int, ...], taken: set[int], asserted: frozenset[int]) -> list[Argument]:
    """Return the arguments of a verb group, in text order.

    Args:
        tree: The parse.
        chain: One of `chains`.
        taken: Tokens of the predicate and the subject.
        asserted: Heads of the clauses that are propositions of their own.
    """
    found = []
    siblings = {member for link in chain[1:] for member in tree.conjuncts(first_conjunct(tree, link))}
    for link in chain:
        for child in tree.children[link]:
            role = _role(tree, child)
            if role is None or child in taken or child in siblings or not _belongs(tree, child, asserted):
                continue
            tokens = _argument_tokens(tree, child, role, taken)
            if tokens:
                found.append(Argument(child, role, tokens, marker_of(tree, child, role)))
    found.sort(key=lambda argument: argument.tokens)
    return _with_strays(tree, chain, _with_goals(tree, found))


def embedded(tree: Tree, tokens: set[int], chain: tuple[int, ...]) -> frozenset[int]:
    """Return the tokens that belong to a clause inside the arguments or the subject."""
    inner: set[int] = set()
    for token in tokens:
        is_clause = tree.is_verb(token) and (
            tree.deps[token] in {"relcl", "ccomp", "advcl", "acl", "csubj"}
            or (tree.deps[token] == "pcomp" and tree.child(token, "nsubj") is not None)
        )
        if is_clause and token not in chain and token not in inner:
            inner |= tree.subtree(token)
    return frozenset(inner & tokens)


def _with_goals(tree: Tree, found: list[Argument]) -> list[Argument]:
    """Part "beyond X to Y" where the parser hung Y on X."""
    parted = []
    for argument in found:
        inner = tree.child(argument.head, "pobj") if tree.lower[argument.head] == "beyond" else None
        goals = [] if inner is None else [c for c in tree.those(inner, "prep") if tree.lower[c] in {"to", "into"}]
        words = {t for goal in goals for t in tree.subtree(goal)}
        parted.append(replace(argument, tokens=tree.tidy(set(argument.tokens) - words)) if goals else argument)
        parted += [Argument(c, argument.role, tree.phrase(c), marker_of(tree, c, argument.role)) for c in goals]
    return parted


def _with_strays(tree: Tree, chain: tuple[int, ...], found: list[Argument]) -> list[Argument]:
    """Give the last argument the nouns coordinated with it that the parser hung on a verb of the group."""
    nouns = [c for verb in chain for c in tree.those(verb, "conj") if tree.is_noun(c) and not tree.is_verb(c)]
    strays = sorted(c for c in nouns if c > chain[-1])
    ands = [c for t in (*chain, *strays) for c in tree.those(t, "cc") if tree.lower[c] in {"and", "or"}]
    if not ands or not strays or not found or found[-1].tokens[-1] > strays[0]:
        return found
    words = {*found[-1].tokens, *ands, *(t for c in strays for t in tree.phrase(c))}
    return [*found[:-1], replace(found[-1], tokens=tree.tidy(words))]


def _role(tree: Tree, child: int) -> Role | None:
    role = ROLES.get(tree.deps[child])
    if tree.deps[child] == "xcomp" and tree.child(tree.heads[child], "dobj") is None:
        return Role.SUBORDINATE  # a purpose; what completes the verb is in its group
    if role is Role.OBJECT and _is_time(tree, child):
        return Role.ADVERB
    if role is Role.AGENT and any(_is_measure(tree, c) for c in tree.those(child, "pobj")):
        return Role.OBLIQUE  # "unloaded by Friday", "cut by 5 percent"
    return role


def _is_measure(tree: Tree, index: int) -> bool:
    return tree.doc[index].ent_type_ in {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY"}


def _is_time(tree: Tree, index: int) -> bool:
    return tree.entities[index] in {"DATE", "TIME"}


def _belongs(tree: Tree, child: int, asserted: frozenset[int]) -> bool:
    """Leave out clauses that stand by themselves, and words that only tie the sentence to the one before."""
    dep = tree.deps[child]
    if dep == "advmod":
        mark = tree.child(tree.heads[child], "mark")
        is_manner = tree.lower[child] == "well" and child > tree.heads[child]  # "went well", not "as well"
        is_link = tree.lower[child] in words_for("link") and not is_manner
        return not is_link and tree.tags[child] != "WRB" and child + 1 != mark
    if dep in {"npadvmod", "dobj"} and _measures_a_clause(tree, child):
        return False
    if dep == "prep":
        if tree.lower[child] == "including" and child < max(tree.those(tree.heads[child], *SUBJECTS), default=-1):
            return False  # "While risks remain, including war, the plan is sound": the plan includes no war
        if tree.below_to(child) is not None:
            return False  # part of the verb group
        phrase = " ".join(tree.lower[t] for t in sorted(tree.subtree(child)))
        return phrase not in words_for("link") and not any(c in asserted for c in tree.those(child, "pcomp"))
    if dep == "ccomp":
        edge = tree.left_edge(child)
        return edge == 0 or tree.deps[edge - 1] != "cc"  # "and" before it: a second clause, not what the first governs
    if dep == "advcl":
        subordinator = mark_of(tree, child)
        return subordinator in words_for("reason") or (child not in asserted and subordinator != "as")
    return True


def _measures_a_clause(tree: Tree, child: int) -> bool:
    """Say whether a length of time says how long before or after a clause: "six days after it ran aground"."""
    after = max(tree.subtree(child)) + 1
    is_length = tree.deps[child] == "npadvmod" or _is_time(tree, child)
    if not is_length or after >= len(tree.deps) or tree.lower[after] not in {"after", "before"}:
        return False
    return tree.deps[after] == "mark" or tree.child(after, "pcomp") is not None


def _argument_tokens(tree: Tree, child: int, role: Role, taken: set[int]) -> tuple[int, ...]:
    if role in {Role.COMPLEMENT, Role.SUBORDINATE}:
        return tree.tidy(tree.subtree(child) - taken)
    return tree.tidy(set(tree.phrase(child)) - taken)


def borrowed_object(tree: Tree, head: int, words: tuple[int, ...], found: list[Argument]) -> list[Argument]:
    """Return the object that a verb shares with the one beside it: "buy and sell stocks" (right node raising).

    Args:
        tree: The parse.
        head: The verb.
        words: Its group.
        found: Its own arguments; with any of them after the verb there is nothing to share.
    """
    if any(argument.tokens[-1] > words[-1] for argument in found):
        return []
    objects = _object_beside(tree, head, words[-1])
    return [Argument(c, Role.OBJECT, tree.phrase(c)) for c in objects[:1]]


def _object_beside(tree: Tree, head: int, last: int) -> list[int]:
    """The object of the next verb, or that of the verb before if it stands after this one."""
    before = tree.heads[head]
    if tree.deps[head] == "conj" and tree.is_verb(before):
        return [c for c in tree.those(before, "dobj") if c > last]
    follower = next((c for c in tree.those(head, "conj") if tree.is_verb(c)), None)
    if follower is None or follower - last > _FARTHEST or tree.those(follower, *SUBJECTS, "xcomp", "ccomp"):
        return []
    return tree.those(follower, "dobj")


def marker_of(tree: Tree, child: int, role: Role) -> tuple[int, ...]:
    """Return the preposition or conjunction that introduces an argument, given by its head."""
    if role in {Role.OBLIQUE, Role.AGENT}:
        return (
            child,
            *(c for c in tree.those(child, "prep", "pcomp") if c == child + 1 and tree.tags[c] in {"IN", "TO"}),
        )
    if role is Role.RECIPIENT and tree.child(child, "pobj") is not None:
        return (child,)
    mark = tree.child(child, "mark")
    return () if mark is None else (mark,)
