"""Tell what kind of claim a proposition makes, which says how it could be checked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.propositions.record import Construction, Proposition, Role
from verify.terms import ClaimKind

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree
    from verify.models import Quantity

FEW = 10  # a bare count below it ("two countries") makes no statistic
_FUTURE_MODALS = frozenset({"will", "'ll", "’ll", "shall", "wo", "sha"})
_POSSIBLE_MODALS = frozenset({"could", "may", "might", "would"})
_SELF_REFERENCE = frozenset({"this", "the present", "our", "these"})
_FIRST_PERSON = frozenset({"i", "we"})
_OPINION_VERBS = frozenset({"think", "believe", "hope", "feel", "fear", "doubt", "love", "hate", "prefer"})


@cache
def _words_for(use: str) -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.load("kind_words") if row["use"] == use)


def kind_of(tree: Tree, proposition: Proposition, quantities: Sequence[Quantity]) -> ClaimKind:
    """Say what a proposition is about.

    The first that fits: about the text itself, about the future, a quantity, a judgement, a state, an event. The
    division into event and state follows the aspectual classes of Vendler (1957).

    Args:
        tree: The parse.
        proposition: By token index.
        quantities: Those that stand in the proposition's own words.
    """
    if _is_meta(tree, proposition):
        return ClaimKind.META
    if _is_prediction(tree, proposition):
        return ClaimKind.PREDICTION
    if any(_is_statistical(quantity) for quantity in quantities):
        return ClaimKind.STATISTIC
    if _is_opinion(tree, proposition):
        return ClaimKind.OPINION
    return ClaimKind.STATE if _is_state(tree, proposition) else ClaimKind.EVENT


def is_call(tree: Tree, proposition: Proposition) -> bool:
    """Say whether the writer or speaker calls on somebody to act, which claims nothing: "we urge all sides to talk"."""
    if not (_has_first_person(tree, proposition) and proposition.chain):
        return False
    first, last = proposition.chain[0], proposition.chain[-1]
    is_bare = not any(tree.deps[t] in {"aux", "neg"} and tree.lower[t] != "to" for t in proposition.predicate)
    return is_bare and tree.tags[first] == "VBP" and tree.lemmas[last] in _words_for("appeal")


def _is_meta(tree: Tree, proposition: Proposition) -> bool:
    """Whether the text speaks of itself: "this paper examines", "in this article, we discuss"."""
    meta = _words_for("meta_noun")
    nouns = [t for t in proposition.own if tree.lower[t] in meta]
    own = [t for t in nouns if any(tree.lower[c] in _SELF_REFERENCE for c in tree.those(t, "det", "poss"))]
    if not own:
        return False
    if proposition.subject_head in own:
        return bool(_verbs(tree, proposition) & (_words_for("meta_verb") | {"be", "have", "hope"}))
    return _has_first_person(tree, proposition)


def _is_prediction(tree: Tree, proposition: Proposition) -> bool:
    auxiliaries = {tree.lower[t] for t in proposition.predicate if tree.deps[t] == "aux"}
    if auxiliaries & _FUTURE_MODALS:
        return True
    if "could" in auxiliaries and any(tree.deps[t] == "neg" for t in proposition.predicate):
        return False  # "could not reach the base" tells of a failure
    if auxiliaries & _POSSIBLE_MODALS:
        return "have" not in auxiliaries and not _is_state(tree, proposition)
    links = {tree.lemmas[t] for t in proposition.chain[:-1]}
    return len(proposition.chain) > 1 and bool(links & _words_for("prospective"))


def _is_statistical(quantity: Quantity) -> bool:
    return bool(quantity.unit) or (quantity.value is not None and abs(quantity.value) >= FEW)


def _is_opinion(tree: Tree, proposition: Proposition) -> bool:
    """A duty, a feeling of the writer, or a judgement predicated of the subject."""
    if any(tree.lower[t] in _words_for("deontic") and tree.deps[t] == "aux" for t in proposition.predicate):
        return True
    if _has_first_person(tree, proposition) and _verbs(tree, proposition) & _OPINION_VERBS:
        return True
    return any(tree.lower[t] in _words_for("evaluative") for t in _judging_words(tree, proposition))


def _judging_words(tree: Tree, proposition: Proposition) -> list[int]:
    """The adjectives of the verb group, and the attribute with its own adjectives."""
    words = [t for t in proposition.predicate if tree.tags[t].startswith("JJ")]
    attributes = [a.head for a in proposition.arguments if a.role is Role.ATTRIBUTE]
    if proposition.construction is Construction.APPOSITIVE:
        return []
    return words + attributes + [c for head in attributes for c in tree.those(head, "amod", "conj")]


def _is_state(tree: Tree, proposition: Proposition) -> bool:
    if not proposition.chain:
        return proposition.construction is not Construction.NOMINAL
    head = proposition.head
    is_progressive = tree.tags[head] == "VBG" and any(tree.lemmas[t] == "be" for t in tree.those(head, "aux"))
    return tree.lemmas[head] in _words_for("stative") and not is_progressive


def _verbs(tree: Tree, proposition: Proposition) -> set[str]:
    return {tree.lemmas[t] for t in proposition.chain}


def _has_first_person(tree: Tree, proposition: Proposition) -> bool:
    return proposition.subject_head is not None and tree.lower[proposition.subject_head] in _FIRST_PERSON
