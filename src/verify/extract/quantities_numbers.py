"""Read numbers: digits with separators, number words, and both together ("1.5 million", "two hundred and five")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from verify import lexicon

_DIGITS = re.compile(r"[+\-−]?\d+(?:,\d{3})*(?:\.\d+)?|\.\d+")


def read_number(words: Sequence[str]) -> float | None:
    """Return the value of a number written in words, digits or both.

    Args:
        words: The words in order, hyphens left out: `["twenty", "five"]`, `["1.5", "million"]`.

    Returns:
        The value, or None if the words are no number. "and" may stand inside, "a" before a scale.
    """
    total, current, seen = 0.0, 0.0, False
    for word in (word.lower() for word in words):
        if _DIGITS.fullmatch(word):
            current += float(word.replace(",", "").replace("−", "-"))
        elif word in _cardinals():
            current += _cardinals()[word]
        elif word in _scales() and _scales()[word] < 1000:
            current = (current or 1) * _scales()[word]
        elif word in _scales():
            total, current = total + (current or 1) * _scales()[word], 0.0
        elif word in ("and", "a", "an"):
            continue
        else:
            return None
        seen = True
    return total + current if seen else None


def is_number_word(word: str) -> bool:
    """Say whether a word alone can begin or carry on a number: "twenty", "million"."""
    lower = word.lower()
    return lower in _cardinals() or lower in _scales()


@cache
def _cardinals() -> Mapping[str, float]:
    return {row["word"]: float(row["value"]) for row in lexicon.load("number_words") if row["kind"] == "cardinal"}


@cache
def _scales() -> Mapping[str, float]:
    return {
        row["word"]: float(row["value"]) for row in lexicon.load("number_words") if row["kind"] in ("scale", "suffix")
    }
