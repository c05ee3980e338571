"""Parse training texts with the pipeline that a model will follow, once."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin

ATTRIBUTES = ["LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SENT_START", "MORPH", "SPACY"]


def parse(texts: list[str], nlp: Language, kept: Path | None = None) -> list[Doc]:
    """Return the parsed texts, in order.

    Args:
        texts: What to parse.
        nlp: The pipeline.
        kept: A file that keeps the parses for the next run; written when it is not there.
    """
    if kept is not None and kept.exists():
        return list(DocBin().from_disk(kept).get_docs(nlp.vocab))
    docs = list(nlp.pipe(texts, batch_size=16))
    if kept is not None:
        DocBin(attrs=ATTRIBUTES, docs=docs).to_disk(kept)
    return docs
