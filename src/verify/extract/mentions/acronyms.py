"""Acronyms that a document introduces in brackets (Schwartz and Hearst 2003, for initials)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from verify.extract.mentions.names import Name

_ACRONYM = re.compile(r"[A-Z][A-Za-z&]{0,8}[A-Z]s?")
_WORD = re.compile(r"[^\W_]+")


def expand(doc: Doc, names: Sequence[Name]) -> dict[str, Name]:
    """Find the acronyms that stand in brackets after their long form, or the other way round.

    Args:
        doc: The document.
        names: Its names in text order.

    Returns:
        The name that each acronym is introduced with: "People's Liberation Army (PLA)" gives PLA.
    """
    found: dict[str, Name] = {}
    for name in names:
        if name.label == "PERSON" or name.end - name.start < 2:
            continue
        for acronym in (_in_brackets_after(doc, name), _before_brackets(doc, name)):
            if acronym and is_acronym_of(acronym, doc[name.start : name.end].text):
                found.setdefault(acronym, name)
    return found


def is_acronym_of(acronym: str, text: str) -> bool:
    """Say whether each letter begins a word, or follows the letter before it in the same word, in text order.

    This accepts initials ("MoD") and beginnings of words ("CENTCOM", Central Command), and words that the
    acronym leaves out; the first letter begins one of the first two words.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    letters = acronym.rstrip("s").casefold()
    # Each way to read the letters so far ends at one letter of one word.
    ends = {(at, 0) for at, word in enumerate(words[:2]) if word[0] == letters[0]}
    for letter in letters[1:]:
        inside = {(at, place + 1) for at, place in ends if words[at][place + 1 : place + 2] == letter}
        first = min((at for at, _ in ends), default=len(words))
        ends = inside | {(at, 0) for at in range(first + 1, len(words)) if words[at][0] == letter}
    return bool(ends)


def _in_brackets_after(doc: Doc, name: Name) -> str:
    index = name.end
    if index + 2 < len(doc) and doc[index].text == "(" and doc[index + 2].text == ")":
        return _acronym(doc[index + 1].text)
    return ""


def _before_brackets(doc: Doc, name: Name) -> str:
    index = name.start - 1
    if index > 0 and doc[index].text.casefold() == "the":
        index -= 1
    if index > 0 and doc[index].text == "(" and name.end < len(doc) and doc[name.end].text == ")":
        return _acronym(doc[index - 1].text)
    return ""


def _acronym(text: str) -> str:
    return text if _ACRONYM.fullmatch(text) else ""
