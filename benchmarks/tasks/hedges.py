"""Predict whether a sentence is uncertain: `text` in, `score` out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.language import Language

from verify.extract.sentences.uncertainty import UNCERTAIN, uncertainty


def predict_all(rows: list[dict[str, Any]], nlp: Language) -> Iterator[dict[str, Any]]:
    """Yield one prediction a row, in order."""
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        yield {"id": row["id"], "score": round(uncertainty(doc, UNCERTAIN), 4)}
