"""Where a name begins and ends: the one place for what counts as part of it.

Left out are a leading article, the possessive ending, quotation marks and white space around the name, and
before a person's name the titles, offices and nationalities ("Iranian Major General"), as in the annotation
of OntoNotes without its articles.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.mentions.names import key, known_names

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPENINGS = frozenset({"the", "a", "an", "near", "in", "at"})  # a preposition that begins a sentence is capitalised too
_ENDINGS = frozenset({"'s", "'", "the", "of", "and", "in"})  # a small word at the end belongs to what follows
_FORMER = frozenset({"former", "ex", "late", "then", "acting", "deputy", "outgoing", "incoming"})
_PLACE_WORDS = frozenset(
    {"in", "near", "outside", "around", "throughout", "northern", "southern", "eastern", "western"}
)
_SETTLEMENTS = frozenset({"town", "city", "village", "district", "province", "suburb", "region", "port", "island"})
_LONGEST_TITLE = 4  # tokens
_CLOSES = {")": "(", "]": "["}


def trim(doc: Doc, start: int, end: int, *, is_person: bool = False) -> tuple[int, int]:
    """Return the tokens of a name without what does not belong to it.

    Args:
        doc: The document.
        start: The first token.
        end: The token after the last.
        is_person: Leave out titles and nationalities before the name too.

    Returns:
        The tokens `start` up to and without `end`; both are equal where nothing is left.
    """
    while start < end and _is_outside(doc, start, end, first=True):
        start += 1
    while start < end and _is_outside(doc, end - 1, start, first=False):
        end -= 1
    first = skip_titles(doc, start, end) if is_person else start
    return (first, end) if first == start else trim(doc, first, end, is_person=True)


def skip_titles(doc: Doc, start: int, end: int) -> int:
    """Return the token at which the person's name begins; `start` where the words are nothing but titles."""
    first = start
    while first < end:
        length = _title_length(doc, first, end)
        if not length:
            return first
        first += length
    return start


def has_title_before(doc: Doc, start: int) -> bool:
    """Say whether a title stands right before a token, as in "Major General Bagheri"."""
    if not start or key(doc[start - 1].text).casefold() not in _title_ends():
        return False
    return any(
        key(doc[first:start].text).casefold() in _titles() for first in range(max(0, start - _LONGEST_TITLE), start)
    )


@cache
def _title_ends() -> frozenset[str]:
    """Return what titles end in, cut wherever a tokenizer may cut."""
    return frozenset(title[cut:] for title in _titles() for cut in range(len(title) + 1))


def begins_title(doc: Doc, start: int, end: int) -> bool:
    """Say whether the words and the one after them are a title, as "Defense" is in "U.S. Defense Secretary"."""
    return start < end < len(doc) and key(doc[start : end + 1].text).casefold() in _titles()


def is_located(doc: Doc, start: int, end: int) -> bool:
    """Say whether a single word stands right after a preposition of place, as in "in Daraya" or "town of Daraya"."""
    if end - start > 1 or not start:
        return False
    before = doc[start - 1].text.casefold()
    if before == "of" and start > 1:
        return doc[start - 2].text.casefold() in _SETTLEMENTS
    return before in _PLACE_WORDS


def is_only_title(doc: Doc, start: int, end: int) -> bool:
    """Say whether the words are a title without a name."""
    return key(doc[start:end].text).casefold() in _titles()


def _is_outside(doc: Doc, index: int, other: int, *, first: bool) -> bool:
    token = doc[index]
    text = key(token.text)
    if token.is_space or text.casefold() in (_OPENINGS if first else _ENDINGS):
        return True
    if text in _CLOSES and not first:
        return all(doc[i].text != _CLOSES[text] for i in range(other, index))
    return not any(c.isalnum() for c in text) and not (text == "." and not first and len(doc[index - 1]) == 1)


def _title_length(doc: Doc, start: int, end: int) -> int:
    """Count the tokens of the longest title, nationality or punctuation that begins at `start`."""
    for stop in range(min(end - 1, start + _LONGEST_TITLE), start, -1):
        text = key(doc[start:stop].text)
        if text.casefold() in _titles() or text.casefold() in _FORMER:
            return stop - start
        known = known_names().get(text)
        if known and known.label in ("NORP", "GPE") and _title_length(doc, stop, end):
            return stop - start
    token = doc[start]
    return int(token.is_space or (token.text in ("-", ",") and end - start > 1))


@cache
def _titles() -> frozenset[str]:
    return frozenset(title.casefold() for title in lexicon.words("titles", "title"))
