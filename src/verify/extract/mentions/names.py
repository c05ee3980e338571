"""The names that the lexicons know: what each stands for, and where they stand in a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.terms import ActorKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc

LABEL_KINDS = {
    "PERSON": ActorKind.PERSON,
    "ORG": ActorKind.ORGANISATION,
    "GPE": ActorKind.PLACE,
    "LOC": ActorKind.PLACE,
    "FAC": ActorKind.PLACE,
    "NORP": ActorKind.GROUP,
    "EVENT": ActorKind.OTHER,
    "LAW": ActorKind.OTHER,
    "PRODUCT": ActorKind.OTHER,
    "WORK_OF_ART": ActorKind.OTHER,
}
"""The entity labels that are names (OntoNotes 5; Weischedel et al. 2013), and what carries such a name."""

_STATE_LISTS = (
    ("countries", "GPE"),
    ("capitals", "GPE"),
    ("demonyms", "NORP"),
    ("governments", "ORG"),
    ("militaries", "ORG"),
)
_OTHER_LISTS = (("organisations", "ORG"), ("groups", "NORP"), ("places", ""), ("companies", "ORG"))
_SAME_CHARACTER = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "\n": " ", "\xa0": " "}
    | dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u00ad\ufeff")
)
_PIECE = re.compile(r"\w+|\W")
_SHOUTED = 4  # an all-capitals word of so many letters is a heading's spelling, a shorter one an acronym


@dataclass(frozen=True, slots=True)
class KnownName:
    """What a listed name stands for."""

    name: str  # the country's short name, or the full form of an organisation's name
    label: str
    kind: ActorKind
    code: str = ""  # ISO 3166-1 alpha-3
    ambiguous: frozenset[str] = frozenset()  # what else the word can be: person, place, country, organisation, word
    capital: str = ""  # the town, where the name is that of a capital


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a document: tokens `start` up to and without `end`."""

    start: int
    end: int
    label: str
    known: KnownName | None = None  # what the lexicons or the document say that it stands for
    rival: KnownName | None = None  # what the lexicons say of these words, where the pipeline sees a person


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed name in a document: tokens `start` up to and without `end`."""

    start: int
    end: int
    known: KnownName


@lru_cache(maxsize=50_000)
def key(text: str) -> str:
    """Return the text with one kind of apostrophe, hyphen and space, as the lexicons are looked up by."""
    return " ".join(text.translate(_SAME_CHARACTER).split())


@cache
def known_names() -> Mapping[str, KnownName]:
    """Return every listed name by its key; the case counts.

    A name of two lists has the meaning of the first: countries, capitals, demonyms, governments, militaries,
    organisations, groups, places, companies.
    """
    names: dict[str, KnownName] = {}
    for list_name, label in _STATE_LISTS:
        for row in lexicon.load(list_name):
            known = KnownName(
                country_names()[row["code"]],
                label,
                ActorKind.COUNTRY,
                row["code"],
                frozenset(row["ambiguous"].split()),
                row["name"] if list_name == "capitals" else "",
            )
            names.setdefault(key(row["name"]), known)
    for list_name, given in _OTHER_LISTS:
        for row in lexicon.load(list_name):
            label, name = given or row["label"], row.get("full_name") or row["name"]
            other = KnownName(name, label, LABEL_KINDS[label], "", frozenset(row["ambiguous"].split()))
            names.setdefault(key(row["name"]), other)
    return names


@cache
def country_names() -> Mapping[str, str]:
    """Return the short name of each country by its ISO 3166-1 alpha-3 code."""
    names: dict[str, str] = {}
    for row in lexicon.load("countries"):
        names.setdefault(row["code"], row["name"])
    return names


def find_known(doc: Doc) -> list[Hit]:
    """Find the listed names of a document, the longest first from the left, without overlaps.

    Case counts, except that a word of four capitals or more ("IRAN") is read as a heading's spelling. Whether
    an ambiguous name is meant is left to the caller.
    """
    names, prefixes = known_names(), _prefixes()
    words, spaces = _read(doc, prefixes)
    hits: list[Hit] = []
    covered = 0
    for start, word in enumerate(words):
        if start < covered or word not in prefixes:
            continue
        text, best = "", None
        for end in range(start, len(words)):
            text += words[end]
            if text not in prefixes:
                break
            if text in names:
                best = Hit(start, end + 1, names[text])
            text += " " * spaces[end]
        if best:
            hits.append(best)
            covered = best.end
    return hits


@cache
def _prefixes() -> frozenset[str]:
    """Return how the names begin, cut wherever a tokenizer may cut."""
    return frozenset(name[: piece.end()] for name in known_names() for piece in _PIECE.finditer(name))


def _read(doc: Doc, prefixes: frozenset[str]) -> tuple[list[str], list[bool]]:
    """Return each token as the lexicons spell it, and whether a space follows; a line break is a space."""
    texts = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    for index, text in enumerate(texts):
        if text == "\n" and index:
            texts[index], spaces[index], spaces[index - 1] = "", False, True
    return [_spelling(text, prefixes) for text in texts], spaces


def _spelling(word: str, prefixes: frozenset[str]) -> str:
    if not word.isascii():
        word = word.translate(_SAME_CHARACTER)
    if len(word) >= _SHOUTED and word.isupper() and word not in prefixes:
        return word.title()
    return word
