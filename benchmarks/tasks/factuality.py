"""Predict the factuality of predicates: `text`, `tokens` and the `token` of each gold item in, `factuality` out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.language import Language

from verify.extract.doc import from_tokens
from verify.extract.factuality.rate import rate


def predict_all(rows: list[dict[str, Any]], nlp: Language) -> Iterator[dict[str, Any]]:
    """Yield one prediction a row, in order."""
    docs = nlp.pipe(from_tokens(nlp.vocab, row["tokens"], row["text"]) for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        ratings = rate(doc, [item["token"] for item in row["gold"]])
        yield {"id": row["id"], "factuality": {str(index): round(r.score, 3) for index, r in ratings.items()}}
