"""Resolve personal pronouns to the name they stand for, where the text supports one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from verify.extract.doc import char_span
from verify.models import Mention
from verify.terms import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

SINGULAR: Final = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
SENTENCES_BACK: Final = 3


def resolve(doc: Doc, mentions: Sequence[Mention]) -> dict[int, Mention | None]:
    """Say for each personal pronoun which name it stands for.

    Args:
        doc: A parsed document.
        mentions: Its names in text order, from `entities.find_mentions`.

    Returns:
        For the token index of each pronoun a mention with the pronoun's own span and text and the name's kind,
        name and code, marked as inferred; or None where the text leaves it open.
    """
    people = [m for m in mentions if m.kind is ActorKind.PERSON]
    sentence = {token.i: n for n, sent in enumerate(doc.sents) for token in sent}
    tokens = {m: doc.char_span(m.span.start, m.span.end, alignment_mode="expand") for m in people}
    resolved: dict[int, Mention | None] = {}
    for token in doc:
        if token.lower_ in SINGULAR and token.pos_ in {"PRON", "DET"}:
            near = [
                (m, span.root)
                for m, span in tokens.items()
                if span is not None
                and span.root.i < token.i
                and sentence[token.i] - sentence[span.root.i] <= SENTENCES_BACK
            ]
            near.sort(key=lambda pair: (sentence[pair[1].i], pair[1].dep_ in {"nsubj", "nsubjpass"}, pair[1].i))
            span = char_span(token)
            resolved[token.i] = (
                replace(near[-1][0], span=span, text=token.text, label="PRON", is_inferred=True) if near else None
            )
    return resolved
