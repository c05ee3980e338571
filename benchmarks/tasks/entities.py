"""Entities: `text` -> `entities: [{start, end, label}]` with the labels of OntoNotes 5."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from verify.extract.mentions.find import find_mentions
from verify.extract.mentions.names import LABEL_KINDS

if TYPE_CHECKING:
    from spacy.language import Language


def predict_all(rows: list[dict[str, Any]], nlp: Language) -> Iterator[dict[str, Any]]:
    """Yield the named mentions of each text, and the dates and amounts that the pipeline labels.

    Args:
        rows: Records with `id` and `text`.
        nlp: The pipeline.
    """
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        names = [(mention.span.start, mention.span.end, mention.label) for mention in find_mentions(doc)]
        rest = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents if ent.label_ not in LABEL_KINDS]
        rest = [found for found in rest if not any(found[0] < end and start < found[1] for start, end, _ in names)]
        yield {
            "id": row["id"],
            "entities": [{"start": start, "end": end, "label": label} for start, end, label in sorted(names + rest)],
        }
