"""Phrases that stand for two states together: "the two countries", "both nations"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from verify.extract.attribution.groups import OF_STATES
from verify.models import Mention, Span
from verify.terms import ActorKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

Pair = tuple[Mention, ...]

DEFINITE: Final = frozenset({"the", "these", "those"})
SENTENCES_BACK: Final = 2
LONGEST: Final = 4  # tokens from the article to the noun: "the two neighbouring states"


def find_pairs(doc: Doc, mentions: Sequence[Mention]) -> dict[int, Pair | None]:
    """Say which two states a phrase for two stands for, by the token index of its noun.

    They are the two that its sentence names before it, or else those that its sentence and one or two before it name.

    Args:
        doc: A parsed document.
        mentions: Its names in text order.

    Returns:
        Two mentions with the phrase's own span and words, marked as inferred; None where more or fewer than two states
        are named, which leaves the phrase open.
    """
    states = [mention for mention in mentions if mention.kind is ActorKind.COUNTRY and mention.code]
    found: dict[int, Pair | None] = {}
    for start, noun in _phrases(doc):
        span = Span(doc[start].idx, noun.idx + len(noun))
        named = _named_before(doc, span.start, noun, states)
        text = doc.text[span.start : span.end]
        found[noun.i] = named and tuple(replace(one, span=span, text=text, is_inferred=True) for one in named)
    return found


def _phrases(doc: Doc) -> Iterator[tuple[int, Token]]:
    """Yield the first token and the noun of "both countries" and "the two countries"."""
    for token in doc:
        if token.lower_ not in {"both", "two"}:
            continue
        is_definite = token.lower_ == "both" or (token.i > 0 and doc[token.i - 1].lower_ in DEFINITE)
        noun = next((doc[i] for i in range(token.i + 1, min(token.i + LONGEST, len(doc))) if _is_plural(doc[i])), None)
        if is_definite and noun is not None and noun.lemma_.lower() in OF_STATES:
            yield token.i - (token.lower_ == "two"), noun


def _is_plural(token: Token) -> bool:
    return token.tag_ == "NNS"


def _named_before(doc: Doc, before: int, noun: Token, states: Sequence[Mention]) -> Pair | None:
    """Return the two states named nearest before a place, sentence by sentence."""
    start = noun.sent.start
    for _ in range(SENTENCES_BACK + 1):
        named = {one.code: one for one in states if doc[start].idx <= one.span.start < before}
        if len(named) >= 2:
            return tuple(named.values()) if len(named) == 2 else None
        start = doc[start - 1].sent.start if start else 0
    return None
