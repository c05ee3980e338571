"""Take classes away from words that are no times in their sentence: "may" as a verb, 2000 as a count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.times_words import Word

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMES = frozenset({"PERSON", "ORG", "WORK_OF_ART", "FAC", "PRODUCT", "GPE", "LAW"})
_AMOUNTS = frozenset({"CARDINAL", "MONEY", "QUANTITY", "PERCENT"})
_VERBS = frozenset({"MD", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_ATTACHED = frozenset("$€£¥#&+@_=*")
_EARLIEST, _LATEST = 1500, 2100  # bare numbers outside are years only after a preposition


def without_doubtful(words: Sequence[Word], index: int, token: Token | None, text: str) -> Word:
    """Return a word without the classes that its sentence speaks against.

    Args:
        words: The words of the sentence.
        index: Which of them.
        token: The token of the parse that begins where the word does, or None.
        text: The text that the offsets of the words count in.
    """
    word = words[index]
    taken = set()
    if "YEAR" in word.classes:
        taken = _year_classes(words, index, token, text)
    elif token is not None:
        taken = _word_classes(word, token)
        if words[index + 1 : index + 2] and "DAY_NUMBER" in words[index + 1].classes:
            taken.discard("MONTH")
    if not taken:
        return word
    return replace(word, classes=MappingProxyType({k: v for k, v in word.classes.items() if k not in taken}))


def _word_classes(word: Word, token: Token) -> set[str]:
    """The classes that tag and entity speak against."""
    taken = set()
    if token.tag_ in _VERBS:
        taken |= {"MONTH", "SEASON"}
    if token.ent_type_ in _NAMES and _is_inside_name(token):
        taken |= {"MONTH", "WEEKDAY", "SEASON", "PART"}
    if token.tag_ != "NN" or token.dep_ in ("amod", "compound", "nmod"):
        taken |= {"PAST_NOUN", "FUTURE_NOUN"}
    return taken & word.classes.keys()


def _is_inside_name(token: Token) -> bool:
    """Say whether the token is part of a name of several words: the Sunday Times."""
    doc, index = token.doc, token.i
    before = token.ent_iob_ == "I"
    after = index + 1 < len(doc) and doc[index + 1].ent_iob_ == "I"
    return before or after


def _year_classes(words: Sequence[Word], index: int, token: Token | None, text: str) -> set[str]:
    """The classes that a number of four digits has not: no year at all, or none without a month before it."""
    word = words[index]
    glued = word.start > 0 and text[word.start - 1] in _ATTACHED
    letters = word.start > 1 and text[word.start - 1] in "-–" and text[word.start - 2].isalpha()
    units = text[word.end : word.end + 1] in ("%", "°") or text[word.end : word.end + 1].isalpha()
    before = words[index - 1].text.lower() if index else ""
    if glued or units or (letters and before in "-–" and not _is_stage(words, index)):
        return {"YEAR", "BARE_YEAR"}
    has_preposition = before in lexicon.words("year_cues", "word")
    number = int(word.text)
    if not has_preposition and not _EARLIEST <= number <= _LATEST:
        return {"BARE_YEAR"}
    if token is None:
        return set()
    counts = token.dep_ == "nummod" and token.head.tag_ in ("NNS", "NNPS") and token.head.i > token.i
    amount = token.ent_type_ in _AMOUNTS and not has_preposition
    return {"BARE_YEAR"} if counts or amount else set()


def _is_stage(words: Sequence[Word], index: int) -> bool:
    """Say whether the hyphen before a year belongs to "mid-2011"."""
    return index > 1 and "STAGE" in words[index - 2].classes
