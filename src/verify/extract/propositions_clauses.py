"""Which words head a clause that says something, and who or what each clause is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.propositions_record import Construction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verify.extract.propositions_tree import Tree

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
RELATIVIZERS = frozenset({"WDT", "WP", "WP$", "WRB"})
_INDEPENDENT = frozenset({"ROOT", "parataxis", "ccomp", "advcl", "relcl", "dep"})
_SENTENCE_ENDS = frozenset({".", "?", "!", ":", ";"})
_MOST_STEPS = 12  # from a verb up the words before it, in search of its subject
_INVERTED_CONDITIONS = frozenset({"should", "had", "were"})


@cache
def words_for(use: str) -> frozenset[str]:
    """Return the function words that do one thing, as listed in `lexicons/clause_words.csv`."""
    return frozenset(row["word"] for row in lexicon.load("clause_words") if row["use"] == use)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what a clause is about: the phrase, its head, and how the clause comes by it."""

    tokens: tuple[int, ...]
    head: int | None
    gap: int | None = None  # the relative pronoun whose place it takes
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb that says something of a subject."""

    head: int
    construction: Construction
    subject: Subject


def find_clauses(tree: Tree, start: int, end: int) -> Iterator[Clause]:
    """Yield the asserted clauses of a sentence, in text order.

    Left out are questions, orders, conditions, indirect questions, and infinitives, which assert nothing.

    Args:
        tree: The parse.
        start: First token of the sentence.
        end: The token after the last.
    """
    asked = _question_tokens(tree, start, end)
    for index in range(start, end):
        if index in asked or not _has_content(tree, index) or not _is_asserted(tree, index):
            continue
        subject = find_subject(tree, index)
        if subject is not None and subject.tokens and _agrees(tree, index, subject):
            yield Clause(index, _construction(tree, index), subject)


def find_subject(tree: Tree, head: int) -> Subject | None:
    """Return what a clause is about, or None where no word of the sentence says it.

    A clause without a subject of its own takes that of the verb it is coordinated with, or, as a participle, the
    phrase that it modifies or the subject of the clause that it is attached to.
    """
    own = next(reversed(subjects_of(tree, head)), None)  # of two, the one beside the verb
    dep = tree.deps[head]
    whose = None if own is None else next((c for c in tree.those(own, "poss") if tree.tags[c] == "WP$"), None)
    if own is not None and whose is not None and dep == "relcl":
        return _possessed(tree, head, own, whose)
    if own is not None and (tree.tags[own] not in RELATIVIZERS and not _is_relative_that(tree, own, head)):
        words = {t for s in subjects_of(tree, head) if s < own for t in tree.phrase(s)}
        is_split = bool(words) and max(words) + 1 in tree.phrase(own)  # "a stronger" and "Iran", read as two
        return Subject(_without_opening(tree, tuple(sorted({*tree.phrase(own), *(words if is_split else ())}))), own)
    if dep == "relcl" and (own is not None or _is_participle(tree, head)):
        return _antecedent(tree, head, own)
    if dep == "ccomp" and tree.deps[tree.heads[head]] == "relcl":
        return _antecedent(tree, tree.heads[head], own)  # "a film which it said showed the attack"
    if own is not None:
        return None
    if tree.child(head, "expl") is not None:
        return _existential(tree, head)
    if dep == "acl":
        return _antecedent(tree, head, None)
    if dep in {"conj", "advcl"} and tree.is_verb(tree.heads[head]):
        above = find_subject(tree, _clause_above(tree, head))
        return above and Subject(above.tokens, above.head, above.gap, is_shared=True)
    return _misplaced(tree, head) if dep in {"ROOT", "ccomp", "parataxis"} and is_finite(tree, head) else None


def _without_opening(tree: Tree, words: tuple[int, ...]) -> tuple[int, ...]:
    """Drop an adverb with its comma that was read into the subject: "Historically, arms sales ..."."""
    opens = len(words) > 2 and tree.tags[words[0]] == "RB" and tree.words[words[1]] == ","
    return words[2:] if opens else words


def subjects_of(tree: Tree, head: int) -> list[int]:
    """Return the heads of a verb's own subjects, which the parser may hang on its auxiliary."""
    return tree.those(head, *SUBJECTS) or [s for a in tree.those(head, "aux") for s in tree.those(a, *SUBJECTS)]


def is_finite(tree: Tree, index: int) -> bool:
    """Say whether a verb or one of its auxiliaries carries tense."""
    group = [index, *tree.those(index, "aux", "auxpass")]
    is_tagged = any(tree.tags[t] in {"VBD", "VBP", "VBZ", "MD"} for t in group)
    return is_tagged or (len(group) == 1 and not tree.tags[index].startswith("VB"))  # a verb taken for a noun


def mark_of(tree: Tree, head: int) -> str:
    """Return the lowercase word that subordinates a clause, or nothing."""
    mark = tree.child(head, "mark")
    if mark is None:
        mark = next((c for c in tree.those(head, "advmod", "prep") if tree.tags[c] in {"IN", "WRB"} and c < head), None)
    return "" if mark is None else tree.lower[mark]


def _has_content(tree: Tree, head: int) -> bool:
    """An auxiliary left alone ("and paths that would not") says nothing, nor does a verb used as a preposition."""
    if not tree.is_verb(head) or tree.tags[head] == "MD":
        return False
    is_preposition = tree.lower[head] in words_for("preposition") and not tree.those(head, *SUBJECTS, "aux", "auxpass")
    return not is_preposition


def _is_asserted(tree: Tree, head: int) -> bool:
    dep = tree.deps[head]
    if mark_of(tree, head) in words_for("condition"):
        return False
    if dep == "conj":
        return tree.is_verb(tree.heads[head]) and _is_asserted_conjunct(tree, head)
    if dep == "acl":
        return tree.tags[head] in {"VBN", "VBG", "VBD"} and not _has_to(tree, head)
    if dep == "pcomp":
        return bool(subjects_of(tree, head)) and tree.lower[tree.heads[head]] == "with"
    if dep not in _INDEPENDENT:
        return False
    if dep in {"advcl", "ccomp"}:
        return _is_asserted_dependent(tree, head)
    return is_finite(tree, head) or bool(subjects_of(tree, head)) or dep == "relcl"


def _is_asserted_conjunct(tree: Tree, head: int) -> bool:
    """A coordinated verb stands on its own unless its first conjunct is part of another verb's group."""
    first = _first_conjunct(tree, head)
    if tree.deps[first] in {"xcomp", "pcomp", "csubj"}:
        return bool(subjects_of(tree, head)) and is_finite(tree, head)
    is_stray = tree.tags[head] == "VB" and tree.tags[first] in {"VBZ", "VBD"} and not tree.those(first, "aux")
    return not is_stray and _is_asserted(tree, first)


def _is_asserted_dependent(tree: Tree, head: int) -> bool:
    if _has_to(tree, head) or _is_inverted(tree, head):
        return False
    if tree.deps[head] == "ccomp":
        if tree.tags[head] == "VB" and not is_finite(tree, head):
            return False  # "let the talks begin"
        has_subject = bool(subjects_of(tree, head) or tree.those(head, "expl"))
        is_extracted = tree.deps[tree.heads[head]] == "relcl" and is_finite(tree, head)
        return is_extracted or (has_subject and not _is_indirect_question(tree, head))
    if bool(subjects_of(tree, head) or tree.those(head, "expl")):
        return True
    return tree.tags[head] in {"VBG", "VBN"} and mark_of(tree, head) == ""


def _is_inverted(tree: Tree, head: int) -> bool:
    """Whether an auxiliary before the subject makes a condition: "should the court agree"."""
    subject = next(iter(subjects_of(tree, head)), -1)
    return any(c < subject and tree.lower[c] in _INVERTED_CONDITIONS for c in tree.those(head, "aux", "auxpass"))


def _agrees(tree: Tree, head: int, subject: Subject) -> bool:
    """Whether the verb can have the subject: not "some of whom", nor "I" for "are" where the subject is shared."""
    if any(tree.tags[t] in {"WP", "WDT"} and t not in {subject.gap, subject.head} for t in subject.tokens):
        return tree.deps[head] != "relcl"
    if not subject.is_shared or subject.head is None:
        return True
    first = min([head, *tree.those(head, "aux", "auxpass")])
    noun = subject.head
    if tree.tags[first] == "VBN" and tree.deps[head] == "advcl" and tree.tags[noun] == "PRP":
        return False  # "I praised the team, led by a novice": no pronoun, but the noun beside it
    if tree.lower[first] in {"are", "were", "have"}:
        return tree.lower[noun] not in {"he", "she", "it"} and (tree.lower[noun], tree.lower[first]) != ("i", "are")
    is_singular = tree.tags[first] == "VBZ" or tree.lower[first] == "was"
    return not (is_singular and tree.tags[noun] == "NNS")


def _is_indirect_question(tree: Tree, head: int) -> bool:
    first = tree.lower[tree.left_edge(head)]
    return first in words_for("interrogative")


def _has_to(tree: Tree, head: int) -> bool:
    return any(tree.tags[c] == "TO" for c in tree.those(head, "aux"))


def _is_participle(tree: Tree, head: int) -> bool:
    return tree.tags[head] in {"VBG", "VBN"} and not is_finite(tree, head)


def _is_relative_that(tree: Tree, subject: int, head: int) -> bool:
    return tree.deps[head] == "relcl" and tree.lower[subject] == "that"


def _construction(tree: Tree, head: int) -> Construction:
    first = _first_conjunct(tree, head)
    if tree.deps[first] == "relcl":
        return Construction.RELATIVE
    is_reduced = (
        tree.deps[first] in {"acl", "ccomp"} and bool(tree.those(head, "agent")) and not tree.those(head, "auxpass")
    )
    if (
        tree.deps[first] == "acl"
        or is_reduced
        or (not is_finite(tree, head) and tree.deps[first] in {"advcl", "pcomp", "ccomp"})
    ):
        return Construction.PARTICIPIAL
    return Construction.CLAUSE


def _first_conjunct(tree: Tree, head: int) -> int:
    while tree.deps[head] == "conj":
        head = tree.heads[head]
    return head


def _clause_above(tree: Tree, head: int) -> int:
    above = tree.heads[head]
    while tree.deps[above] == "xcomp" and tree.child(above, *SUBJECTS) is None:
        above = tree.heads[above]
    return above


def _antecedent(tree: Tree, head: int, gap: int | None) -> Subject:
    """The phrase that a relative or participial clause modifies: its words before the clause."""
    edge = tree.left_edge(head)
    noun = _agreeing_noun(tree, tree.heads[head], head if gap is not None else None)
    if tree.is_verb(noun) and edge > 0 and tree.is_noun(edge - 1):
        noun = edge - 1  # the parser hung it on the verb; it modifies the noun beside it
    words = tree.phrase(noun, without=[head])
    return Subject(tree.tidy(t for t in words if t < edge), noun, gap)


def _agreeing_noun(tree: Tree, noun: int, verb: int | None) -> int:
    """Climb from "Syria" to "attacks" in "attacks in Syria that have killed": the verb tells which one it is."""
    if verb is None:
        return noun
    tags = {tree.tags[t] for t in (verb, *tree.those(verb, "aux", "auxpass"))}
    wants_plural = "VBP" in tags
    if not wants_plural or tree.tags[noun] in {"NNS", "NNPS"} or tree.those(noun, "conj"):
        return noun
    above = tree.heads[tree.heads[noun]]
    is_object = tree.deps[noun] == "pobj" and tree.deps[tree.heads[noun]] == "prep"
    return above if is_object and tree.tags[above] in {"NNS", "NNPS"} else noun


def _possessed(tree: Tree, head: int, own: int, whose: int) -> Subject:
    """Of "a man whose house burned", the man's house."""
    owner = _antecedent(tree, head, whose)
    return Subject(tuple(sorted({*owner.tokens, *tree.phrase(own)})), own, whose)


def _misplaced(tree: Tree, head: int) -> Subject | None:
    """The noun phrase beside the verb that the parser took for a second object of a preposition.

    In "At first glance the idea seems odd", "the idea"; in "About 80 have fled", with an adverb over the number, all.
    """
    first = min([head, *tree.those(head, "aux", "auxpass")])
    token = first - 1
    for _ in range(_MOST_STEPS):
        above = tree.heads[token] if token >= 0 else head
        if above in {token, head} or max(tree.subtree(token)) >= first:
            return None
        if tree.deps[token] == "pobj" and tree.those(above, "pobj")[0] < token:
            return Subject(tree.phrase(token), token)
        if tree.deps[token] == "pobj" and tree.deps[above] == "advmod":
            return Subject(tree.phrase(above), token)
        token = above
    return None


def _existential(tree: Tree, head: int) -> Subject | None:
    """What there is, of "there is"."""
    link: int | None = head
    while link is not None:  # "there seems to be no link"
        pivot = tree.child(link, "attr", "dobj")
        if pivot is not None:
            return Subject(tree.phrase(pivot), pivot)
        link = tree.child(link, "xcomp")
    return None


def _question_tokens(tree: Tree, start: int, end: int) -> frozenset[int]:
    """The tokens whose next sentence end, in the same sentence, is a question mark."""
    asked, is_asked = set(), False
    for index in range(end - 1, start - 1, -1):
        if tree.words[index] in _SENTENCE_ENDS:
            is_asked = tree.words[index] == "?"
        if is_asked:
            asked.add(index)
    return frozenset(asked)
