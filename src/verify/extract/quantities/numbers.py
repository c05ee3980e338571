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
        The value, or None if the words are no number. "and" and "a" may stand inside: two and a half, half a million.
    """
    total, current, seen, after_article = 0.0, 0.0, False, False
    for word in (word.lower() for word in words):
        if _DIGITS.fullmatch(word):
            current += float(word.replace(",", "").replace("−", "-"))
        elif word in _values("cardinal"):
            current += _values("cardinal")[word]
        elif word in _values("fraction"):
            share = _values("fraction")[word]
            current = current + share if after_article or not seen else current * share
        elif word in _values("scale", "suffix"):
            scale = _values("scale", "suffix")[word]
            total, current = (total, (current or 1) * scale) if scale < 1000 else (total + (current or 1) * scale, 0.0)
        elif word not in ("and", "a", "an"):
            return None
        after_article = word in ("a", "an")
        seen = seen or word not in ("and", "a", "an")
    return total + current if seen else None


def is_number_word(word: str) -> bool:
    """Say whether a word alone can begin or carry on a number: "twenty", "million"."""
    lower = word.lower()
    return lower in _values("cardinal") or lower in _values("scale", "suffix")


@cache
def _values(*kinds: str) -> Mapping[str, float]:
    return {row["word"]: float(row["value"]) for row in lexicon.load("number_words") if row["kind"] in kinds}
