"""Rank sentences by check-worthiness: would the public want to know whether this is true?

The question and its three answers (not factual, unimportant factual, check-worthy) are those of ClaimBuster
(Arslan et al. 2020), on whose sentences of debates the weights are trained.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract.features.columns import read_columns
from verify.extract.hedges.cues import find_cues
from verify.extract.plain import once
from verify.extract.sentences import grader as grader
from verify.extract.sentences.features import form_features, uncertainty_features

if TYPE_CHECKING:
    from collections.abc import Container

    from spacy.tokens import Doc

    from verify.extract.features.columns import Columns
    from verify.extract.hedges.cues import Cue

WEIGHTS = "check_worthiness"


def rate_sentences(doc: Doc, wanted: Container[int] | None = None) -> dict[int, float]:
    """Return the check-worthiness of sentences of a parsed document, from 0 to 1, by the sentence's index.

    Args:
        doc: A document with tags, lemmas, entities and a parse.
        wanted: Which sentences, counted from 0; all of them by default.
    """
    model, columns, cues = grader.load(WEIGHTS), once(read_columns, doc), once(find_cues, doc)
    return {
        index: model.probability(_features(doc, columns, cues, sent.start, sent.end), doc, sent.start, sent.end)
        for index, sent in enumerate(doc.sents)
        if wanted is None or index in wanted
    }


def rate_text(doc: Doc) -> float:
    """Return the check-worthiness of a short text as a whole, from 0 to 1; 0.5 and more is worth a check."""
    return grader.load(WEIGHTS).probability(text_features(doc), doc)


def text_features(doc: Doc) -> list[str]:
    """Return what `rate_text` sees of a document, sorted."""
    return sorted(_features(doc, read_columns(doc), find_cues(doc), 0, len(doc)))


def _features(doc: Doc, columns: Columns, cues: list[Cue], start: int, end: int) -> set[str]:
    inside = [cue for cue in cues if start <= cue.start < end]
    return uncertainty_features(columns, inside, start, end) | form_features(doc, columns, start, end)
