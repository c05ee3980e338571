"""Take classes away from words that are no times in their sentence: "may" as a verb, 2000 as a count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.times.words import Word

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMES = frozenset({"PERSON", "ORG", "WORK_OF_ART", "FAC", "PRODUCT", "GPE", "LAW"})
_AMOUNTS = frozenset({"CARDINAL", "MONEY", "QUANTITY", "PERCENT"})
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_VERBS = frozenset({"MD", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_POSSESSIVES = frozenset({"his", "her", "their", "my", "our", "your", "its"})
_PLURALS = frozenset({"NNS", "NNPS"})
_ATTACHED = frozenset("$€£¥#&+@_=*")
_UNITS = frozenset("%°")
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
    elif "DECADE" in word.classes:
        taken = {"DECADE"} if _is_age(words, index) else set()
    elif token is not None:
        taken = _word_classes(word, token)
        if words[index + 1 : index + 2] and "DAY_NUMBER" in words[index + 1].classes:
            taken.discard("MONTH")
    if not taken:
        return word
    return word._replace(classes=MappingProxyType({k: v for k, v in word.classes.items() if k not in taken}))


def _word_classes(word: Word, token: Token) -> set[str]:
    """The classes that tag and entity speak against."""
    taken: set[str] = set()
    if word.text[0].isupper() and token.i and token.nbor(-1).tag_ in _NAME_TAGS:
        taken.add("DEICTIC")  # Russia Today, USA TODAY
    if token.tag_ in _VERBS:
        taken |= {"MONTH", "SEASON", "TOWARDS"}
    if token.ent_type_ in _NAMES and _is_inside_name(token):
        taken |= {"MONTH", "WEEKDAY", "SEASON", "PART", "DEICTIC"}
    is_somethings = token.i + 1 < len(token.doc) and token.nbor().lower_ == "of"  # "the future of the port"
    if token.tag_ not in ("NN", "") or token.dep_ in ("amod", "compound", "nmod") or is_somethings:
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
    if _is_part_of_code(words, index, text):
        return {"YEAR", "BARE_YEAR"}
    before, number = words[index - 1].text.lower() if index else "", int(words[index].text)
    cue = _cues().get(before, "")
    if cue != "strong" and not _EARLIEST <= number <= _LATEST:
        return {"BARE_YEAR"}
    if token is None:
        return set()
    if _is_labelled(words, index) or (not cue and _is_named(token)):
        return {"YEAR", "BARE_YEAR"}
    is_amount = token.ent_type_ in _AMOUNTS and not cue
    is_count = _is_before_plural(token) and (cue != "strong" or number % 100 == 0)
    return {"BARE_YEAR"} if is_amount or is_count else set()


def _is_labelled(words: Sequence[Word], index: int) -> bool:
    """Say whether a number names something: Resolution 1701, Resolutions 2254 and 2118."""
    labels = lexicon.words("number_labels", "word")
    before = [word.text.lower() for word in words[max(index - 3, 0) : index]]
    return before[-1:] != [] and (before[-1] in labels or (before[0] in labels and before[-1] in ("and", ",")))


def _is_age(words: Sequence[Word], index: int) -> bool:
    """Say whether "40s" is an age or a temperature: only "the 40s" is a decade, and "her late 40s" is none."""
    word = words[index]
    before = [word.text.lower() for word in words[max(index - 4, 0) : index]]
    return len(word.text.rstrip("sS'’")) == 2 and ("the" not in before or bool(_POSSESSIVES.intersection(before)))


def _is_part_of_code(words: Sequence[Word], index: int, text: str) -> bool:
    """Say whether a number is glued to a sign, a unit or letters: $2000, 1500m, F-2000; not mid-2011."""
    word = words[index]
    before, after = text[max(word.start - 2, 0) : word.start], text[word.end : word.end + 1]
    has_letters = before[-1:] in ("-", "–") and before[:1].isalpha()
    is_stage = index > 1 and "STAGE" in words[index - 2].classes
    return before[-1:] in _ATTACHED or after in _UNITS or after.isalpha() or (has_letters and not is_stage)


def _is_before_plural(token: Token) -> bool:
    """Say whether a number counts something: it modifies a plural noun, or one follows it."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    modifies = token.dep_ == "nummod" and token.head.i > token.i and token.head.tag_ in _PLURALS
    return modifies or (following is not None and following.tag_ in _PLURALS)


@cache
def _cues() -> Mapping[str, str]:
    return {row["word"]: row["strength"] for row in lexicon.load("year_cues")}


def _is_named(token: Token) -> bool:
    """Say whether a number stands inside a name: the Russell 2000 Index."""
    around = token.doc[max(token.i - 1, 0) : token.i + 2]
    return len(around) == 3 and all(around[i].tag_ in ("NNP", "NNPS") for i in (0, 2)) and token.ent_type_ != "DATE"
