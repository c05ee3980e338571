"""Grade texts of a sentence or little more by trained weights: how uncertain their words make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract.features.columns import read_columns
from verify.extract.hedges.cues import find_cues
from verify.extract.sentences import grader as grader
from verify.extract.sentences.features import uncertainty_features

if TYPE_CHECKING:
    from spacy.tokens import Doc

UNCERTAIN = "hedges"  # weights: any uncertainty or vagueness, as in the CoNLL-2010 shared task
IMPROBABLE = "certainty"  # weights: the probability of a finding is left open (Pei and Jurgens 2021)


def uncertainty(doc: Doc, weights: str = UNCERTAIN) -> float:
    """Return how likely a reader is to find a short text uncertain.

    Args:
        doc: A parsed document of one sentence or little more.
        weights: `UNCERTAIN` or `IMPROBABLE`.

    Returns:
        From 0 to 1; 0.5 and more is uncertain.
    """
    return grader.load(weights).probability(text_features(doc), doc)


def text_features(doc: Doc) -> list[str]:
    """Return what `uncertainty` sees of a document, sorted."""
    return sorted(uncertainty_features(read_columns(doc), find_cues(doc), 0, len(doc)))
