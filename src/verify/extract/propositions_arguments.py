"""The words of a clause besides its subject: its verb group, its arguments, and how coordination multiplies them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract.propositions_clauses import SUBJECTS, mark_of, words_for
from verify.extract.propositions_record import Argument, Role

if TYPE_CHECKING:
    from verify.extract.propositions_tree import Tree

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
MOST_VARIANTS = 12  # of one clause; a longer list is left as one claim
_GROUP = ("aux", "auxpass", "neg", "prt")


def chains(tree: Tree, head: int) -> list[tuple[int, ...]]:
    """Return the verb groups that a clause head opens: "sought to isolate and prevent" is two.

    Each is the head followed by the infinitives, participles and predicative adjectives that it governs without
    an object in between, as in "is likely to continue".
    """
    link = _next_link(tree, head)
    if link is None:
        return [(head,)]
    return [(head, *rest) for member in tree.conjuncts(link) for rest in chains(tree, member)]


def predicate(tree: Tree, chain: tuple[int, ...], subject_end: int) -> tuple[int, ...]:
    """Return the words of a verb group: verbs, auxiliaries, negation, particles and the adverbs among them.

    Args:
        tree: The parse.
        chain: One of `chains`.
        subject_end: The last token of the subject where it stands before the verb, else -1; adverbs before it
            are no part of the group.
    """
    words: set[int] = set()
    for link in chain:
        words.add(link)
        words.update(tree.those(link, *_GROUP, "expl"))
        words.update(_shared_to(tree, link))
        if not tree.is_verb(link):
            words.update(t for c in tree.those(link, "advmod") for t in tree.subtree(c))
    first, last = min(words), max(words)
    for link in chain:
        for child in tree.those(link, "advmod"):
            if subject_end < child and (first < child < last or child + 1 == first):
                words.update(t for t in tree.subtree(child) if t < last)
    return tree.tidy(words)


def arguments(tree: Tree, chain: tuple[int, ...], taken: set[int], asserted: frozenset[int]) -> list[Argument]:
    """Return the arguments of a verb group, in text order.

    Args:
        tree: The parse.
        chain: One of `chains`.
        taken: Tokens of the predicate and the subject.
        asserted: Heads of the clauses that are propositions of their own.
    """
    found = []
    siblings = {member for link in chain[1:] for member in tree.conjuncts(_first(tree, link))}
    for link in chain:
        for child in tree.children[link]:
            role = ROLES.get(tree.deps[child])
            if role is None or child in taken or child in siblings or not _belongs(tree, child, asserted):
                continue
            tokens = _argument_tokens(tree, child, role, taken)
            if tokens:
                found.append(Argument(child, role, tokens, marker_of(tree, child, role)))
    return sorted(found, key=lambda argument: argument.tokens)


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


def embedded(tree: Tree, tokens: set[int], chain: tuple[int, ...]) -> frozenset[int]:
    """Return the tokens that belong to a clause inside the arguments or the subject."""
    inner: set[int] = set()
    for token in tokens:
        is_clause = tree.deps[token] in {"relcl", "ccomp", "advcl", "acl", "csubj"} and tree.is_verb(token)
        if is_clause and token not in chain and token not in inner:
            inner |= tree.subtree(token)
    return frozenset(inner & tokens)


def _first(tree: Tree, link: int) -> int:
    """The first of the coordinated verbs that a verb is one of."""
    while tree.deps[link] == "conj" and tree.is_verb(tree.heads[link]):
        link = tree.heads[link]
    return link


def _shared_to(tree: Tree, link: int) -> list[int]:
    """The "to" that stands only before the first of several coordinated infinitives."""
    first = _first(tree, link)
    if first == link or tree.deps[first] != "xcomp" or tree.those(link, "aux"):
        return []
    return [t for t in tree.those(first, "aux") if tree.tags[t] == "TO"]


def _next_link(tree: Tree, link: int) -> int | None:
    """The infinitive, participle or adjective that goes on the verb group."""
    between = tree.child(link, "dobj", "dative", "attr")
    for child in tree.those(link, "xcomp", "acomp", "oprd"):
        if tree.deps[child] == "xcomp":
            if between is None and tree.child(child, *SUBJECTS) is None and tree.is_verb(child):
                return child
        elif between is None and tree.tags[child].startswith(("JJ", "VBN", "VBG")) and not tree.those(child, "conj"):
            return child
    return None


def _belongs(tree: Tree, child: int, asserted: frozenset[int]) -> bool:
    """Leave out clauses that stand by themselves, and words that only tie the sentence to the one before."""
    dep = tree.deps[child]
    if dep == "advmod":
        mark = tree.child(tree.heads[child], "mark")
        return tree.lower[child] not in words_for("link") and tree.tags[child] != "WRB" and child + 1 != mark
    if dep == "prep":
        phrase = " ".join(tree.lower[t] for t in sorted(tree.subtree(child)))
        return phrase not in words_for("link") and not any(c in asserted for c in tree.those(child, "pcomp"))
    if dep == "advcl":
        subordinator = mark_of(tree, child)
        return subordinator in words_for("reason") or (child not in asserted and subordinator != "as")
    return True


def _argument_tokens(tree: Tree, child: int, role: Role, taken: set[int]) -> tuple[int, ...]:
    if role in {Role.COMPLEMENT, Role.SUBORDINATE}:
        return tree.tidy(tree.subtree(child) - taken)
    return tree.tidy(set(tree.phrase(child)) - taken)


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
    parts = []
    for member in members:
        tokens = {t for t in tree.phrase(member, alone=True) if t in own} | set(marker)
        introduced_by = marker or marker_of(tree, member, argument.role)
        parts.append(Argument(argument.head if marker else member, argument.role, tuple(sorted(tokens)), introduced_by))
    return parts


def _is_distributive(tree: Tree, argument: Argument, members: list[int], *, is_negated: bool) -> bool:
    """Whether each member is true by itself and complete in its own words."""
    links = {tree.lower[c] for m in members for c in tree.those(m, "cc")}
    if "or" in links and not is_negated:
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
    first_owns = tree.child(members[0], "det", "poss") is not None
    later_bare = any(not tree.those(m, "det", "poss", "amod", "compound", "nummod") for m in members[1:])
    is_name = all(tree.tags[m].startswith("NNP") for m in members)
    return (last_has_of and not others_have_it) or (first_owns and later_bare and not is_name)
