"""Predict the time expressions of an article: `text` and `dct` in, `timex` out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from spacy.language import Language

from verify.extract.times import find_times


def predict_all(rows: list[dict[str, Any]], nlp: Language) -> Iterator[dict[str, Any]]:
    """Yield one prediction a row, in order."""
    docs = nlp.pipe(row["text"] for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        published = date.fromisoformat(row["dct"][:10]) if row.get("dct") else None
        found = find_times(doc, published_at=published)
        timex = [{"start": t.span.start, "end": t.span.end, "type": str(t.type), "value": t.value} for t in found]
        yield {"id": row["id"], "timex": timex}
