"""Which way in time a clause looks, read off the tense of the verb that governs a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PAST, OPEN, FUTURE = -1, 0, 1
_MODALS = frozenset(
    {"will", "'ll", "’ll", "shall", "would", "wo", "'d", "’d", "may", "might", "could", "can", "should", "must"}
)
_PERFECT = frozenset({"has", "have", "having", "'ve", "’ve"})
_CLAUSAL = frozenset({"VERB", "AUX"})


def direction(doc: Doc, first: int, last: int) -> int:
    """Return -1 if the words stand in a clause about the past, 1 about the future, 0 if the parse does not say.

    Args:
        doc: A parsed document.
        first: Index of the first token of the words.
        last: Index of their last token.
    """
    word = next((doc[i] for i in range(first, last + 1) if not first <= doc[i].head.i <= last), doc[first])
    for _ in range(50):
        if word.pos_ in _CLAUSAL and word.tag_ != "CD" and not first <= word.i <= last:
            return _tense(word)
        if word.pos_ == "ADJ" and _looks_ahead(word):
            return FUTURE
        if word.head.i == word.i:
            break
        word = word.head
    return OPEN


def _tense(verb: Token) -> int:
    """Return the direction of a verb by its auxiliaries, its form and, for infinitives, the word it depends on."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in _MODALS for child in helpers) or verb.lower_ in _MODALS:
        return FUTURE
    if any(child.lower_ in _PERFECT for child in helpers):
        return OPEN  # "has until June 3": the present perfect reaches up to now and beyond
    if any(child.tag_ == "VBD" for child in helpers):
        return PAST if any(child.lower_ == "had" for child in helpers) else _outlook(verb, PAST)
    if any(child.lower_ == "to" for child in helpers):
        return _infinitive(verb)
    if verb.tag_ == "VBD":
        return _outlook(verb, PAST)
    if verb.tag_ == "VBN":
        return _outlook(verb, OPEN if helpers else PAST)
    return (
        FUTURE
        if any(child.tag_ in ("VBP", "VBZ") for child in helpers) and verb.tag_ == "VBG"
        else _outlook(verb, OPEN)
    )


def _outlook(verb: Token, otherwise: int) -> int:
    """A passive like "was scheduled" looks ahead whatever its own tense."""
    return FUTURE if verb.tag_ == "VBN" and _looks_ahead(verb) else otherwise


def _infinitive(verb: Token) -> int:
    """An infinitive looks ahead from words of intention and otherwise shares the tense of the verb above it."""
    head = verb.head
    if head.i == verb.i or _looks_ahead(head):
        return FUTURE
    if head.lemma_ == "be" or head.pos_ not in _CLAUSAL:
        return FUTURE  # "it is to be held on October 12"; "a plan to close it in March"
    return _tense(head) if head.tag_ != "VB" or head.dep_ != "xcomp" else OPEN


def _looks_ahead(word: Token) -> bool:
    """Say whether what depends on a word has not happened yet: "is set to begin", "plans to visit", "due on Friday"."""
    ahead = lexicon.words("forward_words")
    return word.lemma_.lower() in ahead or word.lower_ in ahead
