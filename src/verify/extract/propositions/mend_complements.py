"""Mend the clauses that nouns and verbs take as complements where a parser read them as something else.

The terms are those of Quirk et al. (1985), 16.84 (verbs with a predicative), 17.26 (appositive "that" clauses).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract.propositions.subjects import SUBJECTS, is_finite, subjects_of

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree

_SEEMING = frozenset({"appear", "seem"})
_IDLE = frozenset({"npadvmod", "advmod", "dep"})  # labels of a "that" that no verb takes as its object
_LOOSE = frozenset({"acl", "relcl", "dep"})
_LIKELIHOODS = frozenset({"odds", "odd", "chance", "likelihood", "probability", "possibility", "prospect"})


def open_clause(tree: Tree, index: int) -> None:
    """Read "that" as the mark of the clause behind it where its tag says so: "alleged that paint in toys harmed us"."""
    noun = tree.heads[index]
    verb = tree.heads[noun]
    is_object = tree.deps[index] == "det" and tree.deps[noun] == "dobj" and verb == index - 1
    if tree.lower[index] != "that" or not is_object:
        return
    clause = next((c for c in tree.those(verb, "conj") if c > noun and is_finite(tree, c)), None)
    if clause is None or subjects_of(tree, clause) or any(noun < c < clause for c in tree.those(verb, "cc")):
        return
    tree.rehang(clause, verb, "ccomp")
    tree.rehang(noun, clause, "nsubjpass" if tree.those(clause, "auxpass") else "nsubj")
    tree.rehang(index, clause, "mark")
    for between in [c for c in tree.those(verb, "prep") if noun < c < clause]:
        tree.rehang(between, noun, "prep")


def complete_noun(tree: Tree, index: int) -> None:
    """Read a whole clause behind a noun and "that" as what the noun says: "the claim that Peru sold the ship"."""
    clause, noun = tree.heads[index], index - 1
    is_mark = tree.deps[index] == "mark" or (tree.deps[index] in _IDLE and tree.child(clause, "dobj") is not None)
    if tree.lower[index] != "that" or not is_mark or tree.deps[clause] not in _LOOSE or noun < 0:
        return
    is_beside = tree.heads[clause] == noun or (tree.deps[noun] == "attr" and tree.heads[clause] == tree.heads[noun])
    if is_beside and clause > index and is_finite(tree, clause) and any(s > index for s in subjects_of(tree, clause)):
        tree.rehang(clause, noun, "ccomp")
        tree.relabel(index, "mark")


def complete_likelihood(tree: Tree, index: int) -> None:
    """Read what behind "the odds that" a parser took for a relative clause as what is likely: nobody leaves odds."""
    clause, noun = tree.heads[index], index - 1
    is_relative = tree.deps[index] == "dobj" and tree.deps[clause] == "relcl" and tree.heads[clause] == noun
    if tree.lower[index] != "that" or not is_relative or tree.lemmas[noun] not in _LIKELIHOODS:
        return
    # Its object, or what was taken for a second subject of the verb above: "the chance that Peru missed" has neither.
    doubled = [c for c in tree.those(tree.heads[noun], "nsubj") if c > clause and tree.left_edge(c) == clause + 1]
    if not doubled and all(c == index for c in tree.those(clause, "dobj")):
        return
    tree.rehang(clause, noun, "ccomp")
    tree.relabel(index, "mark")
    for other in doubled:
        tree.rehang(other, clause, "dobj")


def free_neither(tree: Tree, index: int) -> None:
    """Read "neither" between a subject and its verb as half of "neither ... nor", not as another subject."""
    verb = tree.heads[index]
    is_second = tree.deps[index] in SUBJECTS and len(subjects_of(tree, verb)) > 1
    if tree.lower[index] == "neither" and is_second and index + 1 == verb:
        tree.rehang(index, verb, "preconj")


def describe_subject(tree: Tree, index: int) -> None:
    """Read a participle behind "appears" as its predicative, not as an object: "the deal appears set for May"."""
    if tree.deps[index] == "dobj" and tree.lemmas[tree.heads[index]] in _SEEMING:
        tree.rehang(index, tree.heads[index], "acomp")
