"""Propositions without a verb of their own: offices, appositions, and what an argument presupposes or includes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.plain import once
from verify.extract.propositions.record import Argument, Construction, Proposition, Role
from verify.extract.propositions.verbs import is_plural, present

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

    from verify.extract.propositions.tree import Tree

MOST_TITLE_WORDS = 10  # before a name; a longer run is no title
_TITLE_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "POS", "HYPH", "VBN"})
_INSIDE_NAME = frozenset({"compound", "amod", "nmod", "det", "poss", "case", "nummod"})
_CONFIDENCE = 0.7
_CONFIDENCE_OF_POSSESSION = 0.5


def presupposed(
    tree: Tree, subject: int | None, words: tuple[int, ...], found: Sequence[Argument]
) -> list[tuple[Construction, tuple[Argument, ...], str]]:
    """Read what a clause takes for granted beside what it says.

    Of "extends beyond X to Y", that it extends to X; of "trains pilots, including reservists", that it trains
    reservists; of "risks remain, including war", that they include war.

    Args:
        tree: The parse.
        subject: The head of the subject.
        words: The predicate.
        found: The arguments of the clause.

    Returns:
        For each such proposition its construction, its arguments, and the readable predicate.
    """
    verb = " ".join(tree.words[t] for t in words)
    beyond = [a for a in found if a.role is Role.OBLIQUE and tree.lower[a.head] == "beyond"]
    goals = [a for a in found if a.role is Role.OBLIQUE and tree.lower[a.head] in {"to", "into"}]
    if beyond and goals:
        goal = tree.lower[goals[0].head]
        return [(Construction.PRESUPPOSED, (beyond[0],), f"{verb} {goal}")]
    has_object = any(argument.role is Role.OBJECT for argument in found)
    behind = None if has_object else _behind_preposition(tree, words, found)
    if behind is not None:
        members = (replace(member, role=behind.role) for member in _included(tree, found))
        marker = " ".join(tree.words[t] for t in behind.marker)
        return [(Construction.PRESUPPOSED, (member,), f"{verb} {marker}") for member in members]
    includes = verb if has_object else present("include", plural=is_plural(tree, subject))
    return [(Construction.PRESUPPOSED, (member,), includes) for member in _included(tree, found)]


def _behind_preposition(tree: Tree, words: tuple[int, ...], found: Sequence[Argument]) -> Argument | None:
    """The argument with a preposition that "including" follows: "was hit by strikes, including ..."."""
    markers = [a.tokens[0] for a in found if tree.lower[a.head] == "including"]
    roles = {Role.OBLIQUE, Role.AGENT}
    before = [a for a in found if markers and a.role in roles and words[-1] < a.tokens[0] < markers[0]]
    return before[-1] if before and before[-1].marker else None


def find_nominal(tree: Tree, start: int, end: int) -> Iterator[Proposition]:
    """Yield who holds which office, what is what by apposition, and who has what, in a sentence."""
    people = [person for person in once(_people, tree.doc) if start <= person.start and person.end <= end]
    for person in people:
        title = _title(tree, person, start)
        if title:
            yield _is(tree, tuple(range(person.start, person.end)), person.root.i, title)
    for index in range(start, end):
        if tree.deps[index] == "appos" and not tree.is_listed(index):
            yield from _apposition(tree, index, people)
        elif tree.deps[index] == "poss" and not tree.tags[index].startswith(("PRP", "WP")):
            yield _possession(tree, index)


def _people(doc: Doc) -> list[DocSpan]:
    """The names of people; spaCy looks at every token of a document to list the names of one sentence."""
    return [entity for entity in doc.ents if entity.label_ == "PERSON"]


def _included(tree: Tree, found: Sequence[Argument]) -> Iterator[Argument]:
    """The members that "including" names of an object, or of the subject where there is none."""
    heads = {a.head for a in found if a.role is Role.OBJECT}
    below = {c for head in heads for c in tree.those(head, "prep")} | {a.head for a in found}
    for marker in sorted(t for t in below if tree.lower[t] == "including"):
        inner = tree.child(marker, "pobj")
        for member in tree.conjuncts(inner) if inner is not None else ():
            words = tree.phrase(member, alone=True)
            yield Argument(member, Role.OBJECT, tuple(sorted({marker, *words})), (marker,))


def _title(tree: Tree, person: DocSpan, start: int) -> tuple[int, ...]:
    """The words before a name that end in an office: "Norway's foreign minister"."""
    first = person.start
    while first > max(start, person.start - MOST_TITLE_WORDS) and tree.tags[first - 1] in _TITLE_TAGS:
        first -= 1
    if first > start and tree.tags[first] == "POS":
        first += 1
    words = tuple(range(first, person.start))
    return words if words and _is_office(tree, words) else ()


def _is_office(tree: Tree, words: Sequence[int]) -> bool:
    return any(tree.lemmas[t] in lexicon.words("offices") or tree.lower[t] in lexicon.words("offices") for t in words)


def _apposition(tree: Tree, index: int, people: Sequence[DocSpan]) -> Iterator[Proposition]:
    named = next((p for p in people if p.start <= index < p.end), None)
    if named is not None:
        office = _office_above(tree, index)
        if office:
            words = tree.phrase(index, alone=True)
            yield _is(tree, words, index, office)
    elif _describes(tree, index) and _can_be_described(tree, tree.heads[index]):
        noun = tree.heads[index]
        subject = tree.tidy(t for t in tree.phrase(noun, alone=True, without=[index]) if t < tree.left_edge(index))
        if subject and not any(tree.deps[t] == "ROOT" and tree.is_verb(t) for t in subject):
            yield _is(tree, subject, noun, tree.phrase(index))


def _office_above(tree: Tree, index: int) -> tuple[int, ...]:
    """The words of an office that a name in apposition holds, however deep the name was attached to them."""
    edge, head, best = tree.left_edge(index), tree.heads[index], None
    while True:
        if tree.lemmas[head] in lexicon.words("offices"):
            best = head
        above = tree.heads[head]
        if above == head or tree.deps[head] not in {"prep", "pobj", "compound", "nmod", "poss"}:
            break
        head = above
    return () if best is None else tree.tidy(t for t in tree.subtree(best, [index]) if t < edge)


def _describes(tree: Tree, index: int) -> bool:
    """Whether it says something of what it stands beside: a common noun with an article, or an office; no list."""
    if tree.tags[index] not in {"NN", "NNS"} or tree.those(index, "nummod") or tree.those(tree.heads[index], "cc"):
        return False
    if any(tree.lower[c] == "or" for c in tree.those(index, "cc")):
        return False
    return tree.child(index, "det", "poss") is not None or tree.lemmas[index] in lexicon.words("offices")


def _can_be_described(tree: Tree, noun: int) -> bool:
    """A noun, but no date: "on Monday, another sign of trust" says nothing of Monday."""
    return tree.is_noun(noun) and tree.entities[noun] not in {"DATE", "TIME"}


def _possession(tree: Tree, owner: int) -> Proposition:
    """Of "Norway's fleet", that Norway has a fleet."""
    thing = tree.heads[owner]
    words = tuple(t for t in tree.phrase(thing, alone=True, without=[owner]) if t > owner)
    return Proposition(
        head=thing,
        construction=Construction.POSSESSIVE,
        subject=tree.phrase(owner, without=tree.those(owner, "case")),
        predicate=(),
        arguments=(Argument(thing, Role.OBJECT, words),) if words else (),
        subject_head=owner,
        implied="have" if is_plural(tree, owner) else "has",
        confidence=_CONFIDENCE_OF_POSSESSION,
    )


def _is(tree: Tree, subject: tuple[int, ...], subject_head: int, words: tuple[int, ...]) -> Proposition:
    head = next((t for t in reversed(words) if tree.lemmas[t] in lexicon.words("offices")), words[-1])
    return Proposition(
        head=head,
        construction=Construction.APPOSITIVE,
        subject=subject,
        predicate=(),
        chain=(),
        arguments=(Argument(head, Role.ATTRIBUTE, words),),
        subject_head=subject_head,
        implied="are" if tree.tags[subject_head] in {"NNS", "NNPS"} else "is",
        confidence=_CONFIDENCE,
    )
