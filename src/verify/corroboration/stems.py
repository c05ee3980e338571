"""Words made comparable: a light stem, irregular forms and close synonyms as one."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from verify import lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
_SHORTEST = 3  # letters that a stem keeps


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that carry content."""
    return frozenset(stem for word in _WORD.findall(text) if (stem := stem_of(word)))


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    """Return the stem of a word, or nothing for a function word.

    Inflection is cut off by the suffix rules of an S-stemmer (Harman 1991) extended by -ed and -ing; words of
    one family in `lexicons/word_families.csv` share the stem of the first.
    """
    folded = word.casefold().replace("’", "'").removesuffix("'s").strip("'")
    if folded in lexicon.words("function_words", "word"):
        return ""
    families = _families()
    if folded in families:
        return families[folded]
    stem = _cut(folded)
    return families.get(stem, stem)


def _cut(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORTEST + 2:
        word = word[:-3] + "y"
    elif not word.endswith("ss"):
        for suffix in ("ing", "ed", "es", "s"):
            if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
                word = word[: -len(suffix)]
                break
    word = word.removesuffix("e") if len(word) > _SHORTEST else word
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] else word


@cache
def _families() -> Mapping[str, str]:
    """Return the stem of the family by word and by the word's own stem."""
    families: dict[str, str] = {}
    for row in lexicon.load("word_families"):
        stem = _cut(row["family"])
        families.setdefault(row["word"], stem)
        families.setdefault(_cut(row["word"]), stem)
    return families
