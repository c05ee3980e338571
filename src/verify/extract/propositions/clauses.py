"""Which words head a clause that asserts something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.propositions.partitives import part_of
from verify.extract.propositions.record import Construction
from verify.extract.propositions.subjects import SUBJECTS, Subject, find_subject, is_finite, subjects_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verify.extract.propositions.tree import Tree

_INDEPENDENT = frozenset({"ROOT", "parataxis", "ccomp", "advcl", "relcl", "dep"})
_SENTENCE_ENDS = frozenset({".", "?", "!", ":", ";"})
_INVERTED_CONDITIONS = frozenset({"should", "had", "were"})


def words_for(use: str) -> frozenset[str]:
    """Return the function words that do one thing, as listed in `lexicons/clause_words.csv`."""
    return lexicon.words_for("clause_words", use)


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
        subject = part_of(tree, index) or find_subject(tree, index)
        if subject is not None and subject.tokens and _agrees(tree, index, subject):
            yield Clause(index, _construction(tree, index), subject)


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
    if _is_comment(tree, head):
        return False
    if dep == "acl":
        return tree.tags[head] in {"VBN", "VBG", "VBD"} and not _has_to(tree, head)
    if dep == "pcomp":
        return bool(subjects_of(tree, head)) and tree.lower[tree.heads[head]] == "with"
    if dep not in _INDEPENDENT:
        return False
    if dep in {"advcl", "ccomp"}:
        return _is_asserted_dependent(tree, head)
    return is_finite(tree, head) or bool(subjects_of(tree, head)) or dep == "relcl"


def _is_comment(tree: Tree, head: int) -> bool:
    """Whether a participle behind "as" only says who confirms the clause beside it: "as reported by the mayor"."""
    edge = tree.left_edge(head)
    has_as = "as" in {tree.lower[edge], tree.lower[edge - 1] if edge else ""}
    return has_as and tree.tags[head] == "VBN" and not tree.those(head, *SUBJECTS, "aux", "auxpass")


def _is_asserted_conjunct(tree: Tree, head: int) -> bool:
    """A coordinated verb stands on its own unless its first conjunct is part of another verb's group."""
    first = _first_conjunct(tree, head)
    if tree.deps[first] in {"xcomp", "pcomp", "csubj"}:
        return bool(subjects_of(tree, head)) and is_finite(tree, head)
    if tree.tags[head] == "VBG" and tree.lemmas[first] == "be" and not tree.those(head, "aux", *SUBJECTS):
        return False  # "the priority is peace and keeping the road open"
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
    """Whether the verb can have the subject: not "whom" left alone, nor "I" for "are" where the subject is shared."""
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


def _question_tokens(tree: Tree, start: int, end: int) -> frozenset[int]:
    """The tokens whose next sentence end, in the same sentence, is a question mark."""
    asked, is_asked = set(), False
    for index in range(end - 1, start - 1, -1):
        if tree.words[index] in _SENTENCE_ENDS:
            is_asked = tree.words[index] == "?"
        if is_asked:
            asked.add(index)
    return frozenset(asked)
