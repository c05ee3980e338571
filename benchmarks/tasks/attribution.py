"""Attribution: `text` -> `attributions: [{source, cue, content}]`, each a list of [start, end]."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.language import Language

from verify.extract.attribution.find import find_attributions
from verify.models import Attribution

ROLES = ("source", "cue", "content")


def predict_all(rows: list[dict[str, Any]], nlp: Language, *, use_model: bool = True) -> Iterator[dict[str, Any]]:
    """Yield the roles of every attribution; names and types do not enter the score, so none are looked up."""
    texts = (row["text"].replace("\xa0", " ") for row in rows)  # as `verify.reading` does; the length stays
    for row, doc in zip(rows, nlp.pipe(texts), strict=True):
        found = find_attributions(doc, (), {}, use_model=use_model)
        yield {"id": row["id"], "attributions": [_roles(attribution) for attribution in found]}


def _roles(attribution: Attribution) -> dict[str, list[list[int]]]:
    return {role: [[span.start, span.end] for span in getattr(attribution, role)] for role in ROLES}
