"""Whether a text is English, without mistaking short English texts for another language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from verify.lexicon import words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 5_000  # characters; more do not change the answer
_WORD = re.compile(r"[^\W\d_]+")
_MIN_WORDS = 12  # below, the share of function words says little
_MIN_SHARE = 0.12  # of English function words; English news has 0.3 to 0.4, other languages stay below 0.05
_SURE, _SURE_SHORT = 0.6, 0.9  # probability from which another language is believed; names mislead in short texts


def other_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text that is not English, None for an English one.

    A text with enough English function words is English. For others the identifier decides (Lui and Baldwin 2012),
    and only when it is sure: names and short headlines confuse it.
    """
    sample = text[:SAMPLE]
    found = [word.casefold() for word in _WORD.findall(sample)]
    common = sum(word in words("english_function_words", "word") for word in found)
    if not found or (len(found) >= _MIN_WORDS and common >= _MIN_SHARE * len(found)):
        return None
    label, probability = _identifier().classify(sample)
    sure = _SURE if len(found) >= _MIN_WORDS else _SURE_SHORT
    is_other = label != "en" and (probability >= sure or _is_foreign(sample))
    return str(label) if is_other else None


def _is_foreign(sample: str) -> bool:
    """Say whether most letters are outside the Latin script."""
    letters = [c for c in sample if c.isalpha()]
    return sum(ord(c) > 0x24F for c in letters) > len(letters) / 2


@cache
def _identifier() -> LanguageIdentifier:
    """Load the identifier once; its model comes with the package."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
