"""Rank sentences by check-worthiness: would the public want to know whether this is true?

The question and its three answers (not factual, unimportant factual, check-worthy) are those of ClaimBuster
(Arslan et al. 2020), on whose sentences of debates the weights are trained.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract import linear
from verify.extract.hedges_score import sentence_features, text_features

if TYPE_CHECKING:
    from spacy.tokens import Doc

WEIGHTS = "check_worthiness"


def rate_sentences(doc: Doc) -> list[float]:
    """Return the check-worthiness of each sentence of a parsed document, from 0 to 1, in order."""
    model = linear.load(WEIGHTS)
    return [model.probability(features) for features in sentence_features(doc)]


def rate_text(doc: Doc) -> float:
    """Return the check-worthiness of a short text as a whole, from 0 to 1; 0.5 and more is worth a check."""
    return linear.load(WEIGHTS).probability(text_features(doc))
