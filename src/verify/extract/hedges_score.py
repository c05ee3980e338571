"""Grade whole sentences by trained weights: how uncertain their words make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract import linear
from verify.extract.columns import read_columns
from verify.extract.hedges_cues import find_cues
from verify.extract.sentence_features import features

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    return linear.load(weights).probability(text_features(doc))


def text_features(doc: Doc) -> list[str]:
    """Return the features of a whole document as one text, sorted."""
    return sorted(features(doc, read_columns(doc), find_cues(doc), 0, len(doc)))


def sentence_features(doc: Doc) -> Iterator[list[str]]:
    """Yield the features of each sentence of a document, sorted."""
    columns, cues = read_columns(doc), find_cues(doc)
    for sent in doc.sents:
        inside = [cue for cue in cues if sent.start <= cue.start < sent.end]
        yield sorted(features(doc, columns, inside, sent.start, sent.end))
