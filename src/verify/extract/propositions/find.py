"""Read the propositions off a parse: who or what does or is what.

The division of a sentence follows clause-based open information extraction (ClausIE: Del Corro and Gemulla 2013;
MinIE: Gashteovski et al. 2017): one proposition for each verb with its subject, coordination distributed,
relative and participial clauses with the phrase that they modify, appositions and presupposed objects by
themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract.doc import PROSE, sentence_kinds
from verify.extract.propositions.arguments import arguments, borrowed_object, embedded
from verify.extract.propositions.clauses import Clause, find_clauses
from verify.extract.propositions.contrast import Side, split_contrast
from verify.extract.propositions.coordination import variants
from verify.extract.propositions.events import find_events
from verify.extract.propositions.groups import chains, predicate
from verify.extract.propositions.mend import mend
from verify.extract.propositions.nominal import find_nominal, presupposed
from verify.extract.propositions.record import Argument, Construction, Proposition, Role
from verify.extract.propositions.relatives import fill_gap
from verify.extract.propositions.subjects import subjects_of
from verify.extract.propositions.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

__all__ = ["Argument", "Construction", "Proposition", "Role", "find_propositions"]

_CONFIDENCE = {
    Construction.CLAUSE: 0.9,
    Construction.RELATIVE: 0.8,
    Construction.PARTICIPIAL: 0.7,
}


def find_propositions(doc: Doc) -> list[Proposition]:
    """Find the propositions of a document's running text.

    Questions, orders, conditions and headings give none.

    Args:
        doc: A document with CLEAR dependencies, Penn Treebank tags and entities; `doc.spans["blocks"]` may say
            which stretches are headings.

    Returns:
        Propositions in the order of their heads, then of their words; all numbers are token indices.
    """
    return read_propositions(mend(Tree(doc)))


def read_propositions(tree: Tree) -> list[Proposition]:
    """Do the same for a parse that was read before."""
    doc = tree.doc
    found: list[Proposition] = []
    for sent, kind in zip(doc.sents, sentence_kinds(doc), strict=True):
        if kind in PROSE:
            clauses = list(find_clauses(tree, sent.start, sent.end))
            asserted = frozenset(clause.head for clause in clauses)
            for clause in clauses:
                found += _read_clause(tree, clause, asserted)
            found += find_nominal(tree, sent.start, sent.end)
            found += find_events(tree, sent.start, sent.end)
    return sorted(found, key=lambda p: (p.head, p.tokens))


def _read_clause(tree: Tree, clause: Clause, asserted: frozenset[int]) -> Iterator[Proposition]:
    """One clause can say several things: one for each verb group and each distributed argument."""
    for chain in chains(tree, clause.head):
        words = predicate(tree, chain, _subject_end(tree, clause))
        found = arguments(tree, chain, {*words, *_own_subject(tree, clause)}, asserted)
        found = fill_gap(tree, clause, chain, found) + borrowed_object(tree, chain[-1], words, found)
        for side in split_contrast(tree, clause.head, words, found) or [Side(words, tuple(found))]:
            for construction, choice, implied in _choices(tree, clause, side.words, list(side.arguments)):
                yield _assemble(tree, clause, chain, side, choice, construction, implied)


def _choices(
    tree: Tree, clause: Clause, words: tuple[int, ...], found: list[Argument]
) -> list[tuple[Construction, tuple[Argument, ...], str]]:
    """What is presupposed, then what is stated, distributed."""
    is_whole = clause.construction is not Construction.PARTICIPIAL
    extra = presupposed(tree, clause.subject.head, words, found) if is_whole else []
    is_negated = any(tree.deps[t] == "neg" for t in words)
    stated = variants(tree, _stated(tree, found, has_extra=bool(extra)), is_negated=is_negated)
    return [*extra, *((clause.construction, choice, "") for choice in stated)]


def _assemble(
    tree: Tree,
    clause: Clause,
    chain: tuple[int, ...],
    side: Side,
    choice: tuple[Argument, ...],
    construction: Construction,
    implied: str,
) -> Proposition:
    subject, words = clause.subject, side.words
    everything = {*subject.tokens, *words, *(t for argument in choice for t in argument.tokens)}
    return Proposition(
        head=clause.head,
        construction=construction,
        subject=subject.tokens,
        predicate=words,
        chain=chain,
        arguments=choice,
        subject_head=subject.head,
        gap=subject.gap,
        whole=subject.whole,
        implied=implied,
        is_subject_clause=subject.is_clause,
        is_subject_shared=subject.is_shared,
        is_passive=_is_passive(tree, words, chain) or _is_reduced_passive(tree, clause, chain),
        is_negation_lifted=side.is_lifted,
        is_denied=side.is_denied,
        embedded=embedded(tree, everything, chain),
        confidence=_CONFIDENCE.get(construction, 0.8),
    )


def _stated(tree: Tree, found: list[Argument], *, has_extra: bool) -> list[Argument]:
    """What is left to say beside what was read apart."""
    return [a for a in found if not (has_extra and tree.lower[a.head] in {"beyond", "including"})]


def _own_subject(tree: Tree, clause: Clause) -> set[int]:
    return {
        *clause.subject.tokens,
        *(t for c in [*subjects_of(tree, clause.head), *tree.those(clause.head, "expl")] for t in tree.subtree(c)),
    }


def _subject_end(tree: Tree, clause: Clause) -> int:
    own = next(iter([*subjects_of(tree, clause.head), *tree.those(clause.head, "expl")]), None)
    return -1 if own is None or own > clause.head else max(tree.subtree(own))


def _is_passive(tree: Tree, words: tuple[int, ...], chain: tuple[int, ...]) -> bool:
    """Whether the last verb is a passive: who "is said to have sold the ship" is the one who sold it."""
    passives = [tree.heads[t] for t in words if tree.deps[t] == "auxpass"]
    return bool(passives) and (len(chain) == 1 or passives[-1] != chain[0] or not tree.is_verb(chain[-1]))


def _is_reduced_passive(tree: Tree, clause: Clause, chain: tuple[int, ...]) -> bool:
    is_perfect = any(tree.lower[c] == "having" for c in tree.those(chain[0], "aux"))
    is_bare = clause.construction is Construction.PARTICIPIAL and tree.tags[chain[0]] in {"VBN", "VBD"}
    return is_bare and not is_perfect
