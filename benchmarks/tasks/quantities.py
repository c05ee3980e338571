"""Predict the quantities of a text: `text` in, `quantities` out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.language import Language

from verify.extract.quantities.find import find_quantities
from verify.models import Span


def predict_all(rows: list[dict[str, Any]], nlp: Language) -> Iterator[dict[str, Any]]:
    """Yield one prediction a row, in order."""
    docs = nlp.pipe(row["text"] for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        spans = _joined(row["text"], [quantity.span for quantity in find_quantities(doc)])
        yield {"id": row["id"], "quantities": [{"start": span.start, "end": span.end} for span in spans]}


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Join what "and" alone stands between: the set marks "4 kg and 6 kg" once, the package keeps two records."""
    joined: list[Span] = []
    for span in spans:
        if joined and text[joined[-1].end : span.start].strip() == "and":
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
