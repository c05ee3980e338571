"""The words that deny a predicate: negations of the verb and of its arguments, and pairs such as "neither ... nor"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

STOPPING = frozenset({"stop", "fall", "come"})
NOT_DENYING_AFTER = frozenset({"only", "just", "merely", "simply", "least"})
QUANTIFIERS = frozenset({"all", "every", "each", "everyone", "everybody", "everything", "both"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "acomp"})
_NEGATIVE = frozenset({"no", "neither"})


@cache
def _negations() -> Mapping[str, str]:
    return {row["word"]: row["place"] for row in lexicon.load("negations")}


def negations_of(head: Token) -> list[int]:
    """Return the indices of the words that deny a predicate itself, in text order.

    They are its own negation ("did not leave"), a negative argument ("nobody left", "no troops left", "has no
    plan"), the members of "neither ... nor", "without" over a gerund, and the "short" of "stopped short of"; "not
    only" denies nothing (Morante and Daelemans 2012).
    """
    found = [child.i for child in head.children if _denies(child)] + _short_of(head) + _nor_before(head)
    for child in head.children:
        if child.dep_ in _ARGUMENTS:
            found += _negative_argument(child)
        elif child.dep_ == "advmod" and child.lower_ == "longer":
            found += [part.i for part in child.children if part.lower_ == "no"]
        if child.lower_ == "neither" and (child.dep_ == "preconj" or child.i + 1 == head.i):
            found.append(child.i)
    if head.dep_ == "pcomp" and head.head.lower_ == "without":
        found.append(head.head.i)
    found += [child.i - 1 for child in head.children if child.lower_ == "to" and _follows_yet(child)]
    if head.pos_ in ("NOUN", "PROPN"):
        found += _negative_words(head)
    return sorted(set(found))


def _denies(child: Token) -> bool:
    if _negations().get(child.lower_) != "any" or child.dep_ in ("cc", "preconj", "intj", "det"):
        return False
    return child.dep_ in ("neg", "advmod") and _word_behind(child) not in NOT_DENYING_AFTER


def _word_behind(token: Token) -> str:
    return token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""


def _nor_before(head: Token) -> list[int]:
    """Return the "nor" that coordinates a predicate with the one before it."""
    if head.dep_ != "conj" or head.head.i > head.i:
        return []
    return [c.i for c in head.head.children if c.dep_ == "cc" and c.lower_ == "nor" and c.i < head.i][-1:]


def _short_of(head: Token) -> list[int]:
    """Return the "short" of "stopped short of" and "fell short of", which says that what follows did not happen."""
    if head.lemma_.lower() not in STOPPING:
        return []
    return [head.i + 1] if head.doc[head.i + 1 : head.i + 3].text.lower() == "short of" else []


def _follows_yet(token: Token) -> bool:
    """Say whether an infinitive is one of "has yet to be announced", which denies it."""
    return token.i > 0 and token.nbor(-1).lower_ == "yet"


def _negative_argument(argument: Token) -> list[int]:
    """Return the word that makes an argument negative: "nobody", "no ship", "not all ships", "neither tanks nor"."""
    if _negations().get(argument.lower_) == "argument":
        return [argument.i]
    found = _negative_words(argument)
    if argument.dep_ in ("nsubj", "nsubjpass"):
        first = argument.left_edge
        found += [first.i] if first.lower_ == "not" and _word_behind(first) in QUANTIFIERS else []
    return found


def _negative_words(noun: Token) -> list[int]:
    return [c.i for c in noun.children if c.dep_ in ("det", "neg", "preconj", "advmod") and c.lower_ in _NEGATIVE]
