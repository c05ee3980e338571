"""Acronyms that a document introduces in brackets (Schwartz and Hearst 2003, for initials)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from verify.extract.naming import Name

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
    """Say whether the letters stand in the words in the same order, the first one at the beginning.

    Each capital must begin a word or stand inside one after the word's own first letter was used, which
    accepts "USAID" and "Daesh" style blends and refuses letters in another order.
    """
    letters = iter("".join(_WORD.findall(text)).casefold())
    wanted = acronym.rstrip("s").casefold()
    initials = [word[0].casefold() for word in _WORD.findall(text)]
    if not initials or wanted[0] not in initials[:2]:
        return False
    shared = sum(letter in initials for letter in wanted)
    return 2 * shared > len(wanted) and all(any(letter == other for other in letters) for letter in wanted)


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
