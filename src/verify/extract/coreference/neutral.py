"""Resolve "it" and "its" where the grammar leaves one name: that of who speaks, or the one before "and its"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from verify import lexicon
from verify.extract.doc import char_span
from verify.models import Mention
from verify.terms import ActorKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Doc, Token

NEUTRAL: Final = frozenset({"it", "its"})
_CLAUSES: Final = frozenset({"ccomp", "csubj", "xcomp", "advcl"})
_PREDICATIVE: Final = frozenset({"acomp", "attr", "oprd"})
_PAST: Final = frozenset({"VBD", "VBN"})
_SPEAKERS: Final = frozenset({ActorKind.COUNTRY, ActorKind.ORGANISATION})


@cache
def _saying() -> frozenset[str]:
    rows = lexicon.load("cues")
    return frozenset(row["lemma"] for row in rows if row["pos"] == "VERB" and row["cue_class"] != "estimates")


def resolve_neutral(doc: Doc, mentions: Sequence[Mention]) -> dict[int, Mention]:
    """Say for "it" and "its" which state or organisation they stand for, where only one is possible.

    In "Norway said it would sell the ship" and "Norway said its navy would", the subject of reported words is the
    speaker, unless it is the empty one of "it is clear that"; in "Peru and its allies", "its" is Peru's.

    Args:
        doc: A parsed document.
        mentions: Its names in text order.

    Returns:
        For the token index of each such pronoun, a mention with its own span, marked as inferred.
    """
    pronouns = [token for token in doc if token.lower_ in NEUTRAL and token.tag_ in {"PRP", "PRP$"}]
    if not pronouns:
        return {}
    named = dict(_by_token(doc, mentions))
    found = {token.i: _partner(token, named) or _speaker(token, named) for token in pronouns}
    return {
        i: replace(one, span=char_span(doc[i]), text=doc[i].text, label="PRON", is_inferred=True)
        for i, one in found.items()
        if one is not None
    }


def _by_token(doc: Doc, mentions: Sequence[Mention]) -> Iterator[tuple[int, Mention]]:
    """The states and organisations by the tokens of their names."""
    for mention in mentions:
        if mention.kind in _SPEAKERS:
            span = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
            yield from ((index, mention) for index in (range(span.start, span.end) if span is not None else ()))


def _partner(pronoun: Token, named: Mapping[int, Mention]) -> Mention | None:
    """The name before "and its"."""
    joint = pronoun.i - 1
    is_pair = pronoun.lower_ == "its" and joint > 0 and pronoun.doc[joint].lower_ == "and"
    name = named.get(joint - 1) if is_pair else None
    return None if name is None or name.label == "NORP" else name  # not "the Syrians and its destruction"


def _speaker(pronoun: Token, named: Mapping[int, Mention]) -> Mention | None:
    """Who said the clause that the pronoun is the subject of, or that its noun is.

    What an institute "says" or "estimates" in the present is as often about the thing that it studies.
    """
    noun = pronoun.head if pronoun.lower_ == "its" else pronoun
    clause = noun.head
    if noun.dep_ not in {"nsubj", "nsubjpass"} or clause.dep_ != "ccomp" or clause.i < noun.i:
        return None
    verb = clause.head
    is_said = verb.i < pronoun.i and verb.tag_ in _PAST and verb.lemma_.lower() in _saying()
    if not is_said or (noun.i == pronoun.i and _is_empty(clause)):
        return None
    subjects = [child for child in verb.children if child.dep_ == "nsubj" and child.i < verb.i]
    is_one = len(subjects) == 1 and not any(child.dep_ in {"conj", "poss"} for child in subjects[0].children)
    return named.get(subjects[0].i) if is_one else None


def _is_empty(clause: Token) -> bool:
    """Whether "it" may only hold the place of a clause: "it is clear that", "it was hard to"."""
    words = [clause, *(child for child in clause.children if child.dep_ in _PREDICATIVE)]
    return clause.lemma_ == "be" and any(child.dep_ in _CLAUSES for word in words for child in word.children)
