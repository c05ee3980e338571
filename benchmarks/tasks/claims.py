"""Open information extraction (CaRB): the propositions of a sentence as relation and arguments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from verify.extract.propositions import Proposition, find_propositions

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def predict_all(rows: list[dict[str, Any]], nlp: Language) -> Iterator[dict[str, Any]]:
    """Yield the tuples of each sentence.

    Args:
        rows: Records with `id` and `text`, a sentence in Penn Treebank tokens.
        nlp: The pipeline.
    """
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        yield {"id": row["id"], "tuples": [_tuple(doc, proposition) for proposition in find_propositions(doc)]}


def _tuple(doc: Doc, proposition: Proposition) -> dict[str, Any]:
    """The adverbs go with the relation, and so does the preposition before the first argument."""
    relation = _words(doc, proposition.predicate) or proposition.implied
    rest = [argument.tokens for argument in proposition.arguments]
    return {
        "rel": relation,
        "args": [_words(doc, proposition.subject), *(_words(doc, tokens) for tokens in rest)],
        "confidence": proposition.confidence,
    }


def _words(doc: Doc, tokens: tuple[int, ...]) -> str:
    return " ".join(doc[token].text for token in tokens)
