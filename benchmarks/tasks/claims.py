"""Open information extraction (CaRB): the propositions of a sentence as relation and arguments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from verify.extract.propositions.find import Proposition, Role, find_propositions

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def predict_all(rows: list[dict[str, Any]], nlp: Language) -> Iterator[dict[str, Any]]:
    """Yield the tuples of each sentence; what has no argument besides its subject is no tuple.

    Args:
        rows: Records with `id` and `text`, a sentence in Penn Treebank tokens.
        nlp: The pipeline.
    """
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        found = [_tuple(doc, p) for p in find_propositions(doc) if p.arguments]
        yield {"id": row["id"], "tuples": found}


def _tuple(doc: Doc, proposition: Proposition) -> dict[str, Any]:
    """Give the relation the preposition or conjunction of the argument that the proposition is about."""
    target = proposition.object
    marker = target.marker if target is not None and target.role is not Role.SUBORDINATE else ()
    relation = _words(doc, (*proposition.predicate, *marker)) if proposition.predicate else proposition.implied
    rest = [argument.content if argument is target else argument.tokens for argument in proposition.arguments]
    return {
        "rel": relation,
        "args": [_words(doc, proposition.subject), *(_words(doc, tokens) for tokens in rest)],
        "confidence": proposition.confidence,
    }


def _words(doc: Doc, tokens: tuple[int, ...]) -> str:
    return " ".join(doc[token].text for token in tokens)
