"""Predict the quantities of a text: `text` in, `quantities` out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.language import Language

from verify.extract.quantities import find_quantities


def predict_all(rows: list[dict[str, Any]], nlp: Language) -> Iterator[dict[str, Any]]:
    """Yield one prediction a row, in order."""
    docs = nlp.pipe(row["text"] for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        found = find_quantities(doc)
        yield {"id": row["id"], "quantities": [{"start": q.span.start, "end": q.span.end} for q in found]}
