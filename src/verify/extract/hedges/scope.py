"""What a hedge touches: the words of its scope, read from the parse, and no further.

The rules follow the scope guidelines of BioScope (Vincze et al. 2008) with one narrowing: a scope stops at
coordination, relative clauses and appositions, which make claims of their own that the hedge does not reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from verify.extract.hedges.cues import Cue

OWN_CLAIMS = frozenset({"relcl", "appos", "parataxis", "advcl"})
COORDINATION = frozenset({"conj", "cc", "preconj", "punct", "mark"})
COMPLEMENTS = ("ccomp", "xcomp", "csubj", "csubjpass", "acl", "relcl")
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
LEFT_OF_NOUN = frozenset({"det", "poss", "predet", "preconj", "case"})


def find_scope(doc: Doc, cue: Cue) -> tuple[Token, list[int]]:
    """Return the head of what a cue touches and all token indices of it, sorted, without the cue's own.

    Args:
        doc: The parsed document.
        cue: The hedge, found in `doc`.
    """
    anchor = _anchor(doc, cue)
    target = _target(anchor, cue)
    own = set(range(cue.start, cue.end))
    if target.i in own:
        return target, []
    if cue.place in ("ADJ", "DET", "QUANT") and target.i >= cue.end:
        words = set(_right_part(target, cue.end, with_complements=cue.place == "ADJ"))
    else:
        words = set(_clause(target))
        words.update(_raised_subject(anchor, target))
    return target, _without_outer_punctuation(doc, sorted(words - own))


def _without_outer_punctuation(doc: Doc, words: list[int]) -> list[int]:
    """Leave out punctuation that begins or ends a run of neighbouring words."""
    kept = set(words)
    for order in (words, words[::-1]):
        step = 1 if order is words else -1
        for index in order:
            if doc[index].is_punct and index - step not in kept:
                kept.discard(index)
    return sorted(kept)


def _anchor(doc: Doc, cue: Cue) -> Token:
    """Return the word of the cue that hangs on a word outside of it."""
    for token in doc[cue.start : cue.end]:
        if not cue.start <= token.head.i < cue.end or token.head == token:
            return token
    return doc[cue.end - 1]


def _target(anchor: Token, cue: Cue) -> Token:
    """Return the head of the words that the cue touches."""
    if cue.place in ("VERB", "PHRASE"):
        return _complement(anchor) or anchor.head
    if cue.place == "NOUN":
        return _of_noun(anchor)
    if cue.place == "MARK":
        return anchor.head.head
    if cue.place == "QUANT":
        return _number(anchor, cue)
    if cue.place == "DET":
        return _noun_right_of(anchor, cue)
    if cue.place == "ADJ" and anchor.dep_ != "amod":
        return _of_predicate(anchor)
    return anchor.head


def _complement(token: Token) -> Token | None:
    for dep in COMPLEMENTS[:4]:
        for child in token.children:
            if child.dep_ == dep:
                return child
    return next((child for child in token.children if child.dep_ in ("acomp", "oprd", "attr")), None)


def _of_noun(noun: Token) -> Token:
    """Return what a noun such as "possibility" or "allegation" is about."""
    that = noun.nbor() if noun.i + 1 < len(noun.doc) else noun
    if that.lower_ == "that" and that.dep_ == "mark" and that.head.i > that.i:
        return that.head  # wherever the parser hung the clause
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp", "relcl") and child.i > noun.i:
            return child
        if child.dep_ == "prep" and child.lower_ in ("of", "about", "over"):
            return next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), noun)
    if noun.dep_ == "attr":
        return next((c for c in noun.head.children if c.dep_ in ("ccomp", "csubj")), noun.head)
    return noun.head


def _of_predicate(adjective: Token) -> Token:
    """Return what "is likely" is said of: its clause, or else the subject."""
    for owner in (adjective, adjective.head):
        for child in owner.children:
            if child.dep_ in COMPLEMENTS[:4] and child.i != adjective.i:
                return child
    for child in adjective.head.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            return child
    return adjective.head


def _number(anchor: Token, cue: Cue) -> Token:
    doc = anchor.doc
    for index in range(cue.end, min(cue.end + 3, len(doc))):
        if doc[index].like_num or doc[index].tag_ == "CD":
            return doc[index]
    return anchor.head


def _noun_right_of(anchor: Token, cue: Cue) -> Token:
    if anchor.doc[cue.end - 1].lower_ == "of":
        return next((t for t in anchor.doc[cue.end : cue.end + 5] if t.tag_ == "NNS"), anchor.head)
    return anchor.head


def _clause(top: Token) -> Iterator[int]:
    """Yield the words below `top` that the hedge reaches, in no order."""
    stack = [top]
    while stack:
        token = stack.pop()
        yield token.i
        for child in token.children:
            if child.dep_ in OWN_CLAIMS or (token == top and _is_coordinated(child)):
                continue
            stack.append(child)


def _is_coordinated(child: Token) -> bool:
    """A bare infinitive shares the auxiliary of the first verb ("may attack and destroy"); no other conjunct does."""
    if child.dep_ == "conj" and child.tag_ == "VB" and child.head.tag_ == "VB":
        return any(c.dep_ in SUBJECTS or c.dep_ == "aux" for c in child.children)
    return child.dep_ in COORDINATION


def _right_part(noun: Token, start: int, *, with_complements: bool) -> Iterator[int]:
    """Yield the words of a noun phrase from `start` on: no determiner, possessor or coordinated neighbour."""
    yield noun.i
    for child in noun.children:
        if child.dep_ in OWN_CLAIMS or child.dep_ in COORDINATION or child.dep_ in LEFT_OF_NOUN:
            continue
        if child.i < noun.i or with_complements:
            yield from (token.i for token in child.subtree if token.i >= start)


def _raised_subject(anchor: Token, target: Token) -> Iterator[int]:
    """Yield the subject that "seems to V" and "is likely to V" take from their clause."""
    if target.dep_ != "xcomp":
        return
    for owner in (anchor, anchor.head):
        for child in owner.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                yield from _clause(child)
                return
