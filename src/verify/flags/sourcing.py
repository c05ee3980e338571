"""Flags on who says it, and who takes part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verify.flags.context import Context, Evidence
from verify.terms import CueClass, HedgeClass, Holder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verify.models import Hedge

_PRONOUN = re.compile(
    r"\b(?:I|me|my|mine|you|your|yours|he|him|his|she|her|hers|it|its|we|us|our|ours|they|them|their|theirs"
    r"|this|that|these|those|who|which|one)\b",
    re.I,
)
_ALLEGATION = re.compile(r"\balleg(?:e|es|ed|edly|ation|ations|ing)\b", re.I)
_OTHERS_EVIDENCE = frozenset({HedgeClass.EVIDENTIAL, HedgeClass.UNATTRIBUTED})


def author_voice(context: Context) -> Iterator[Evidence]:
    """No source is given: the article itself says it, and refers to nobody's word."""
    if not context.claim.source and not any(_hearsay(context)):
        yield Evidence("no source is given")


def unnamed_source(context: Context) -> Iterator[Evidence]:
    """The nearest source has no name, or a word such as "reportedly" points at a source that is not given."""
    attribution = context.claim.source
    if attribution is None:
        for hedge in _hearsay(context):
            yield context.shown(hedge.span)
    elif not attribution.is_named:
        for span in attribution.source or attribution.cue:
            yield context.shown(span)


def alleged(context: Context) -> Iterator[Evidence]:
    """A cue of alleging or accusing, or a form of "allege", makes the claim an allegation."""
    found = [a for a in context.claim.attributions if a.cue_class is CueClass.ALLEGES or _ALLEGATION.search(a.cue_text)]
    cues = [span for attribution in found for span in attribution.cue]
    hedges = [hedge.span for hedge in context.claim.hedges if _ALLEGATION.search(hedge.text)]
    for span in sorted({*cues, *hedges}):
        yield context.shown(span)


def no_named_actor(context: Context) -> Iterator[Evidence]:
    """Nobody and nothing with a name takes part; a pronoun is no name."""
    if not any(mention.name for mention in context.claim.mentions):
        yield Evidence("nobody and nothing with a name takes part")


def ambiguous_actor(context: Context) -> Iterator[Evidence]:
    """A name can stand for more than one person, body or place, and nothing in the articles settles it."""
    for mention in context.claim.mentions:
        if mention.is_ambiguous:
            yield context.shown(mention.span)


def pronoun_unresolved(context: Context) -> Iterator[Evidence]:
    """A pronoun stands for somebody the text does not settle."""
    claim = context.claim
    if not claim.is_pronoun_unresolved:
        return
    settled = [mention.span for mention in claim.mentions if mention.is_inferred]
    for piece in claim.spans:
        for found in _PRONOUN.finditer(context.words(piece)):
            span = type(piece)(piece.start + found.start(), piece.start + found.end())
            if not any(span.overlaps(other) for other in settled):
                yield context.shown(span)
                return
    yield Evidence("a pronoun or description that the text does not settle")


def inferred(context: Context) -> Iterator[Evidence]:
    """A pronoun or an ellipsis was filled in."""
    claim = context.claim
    filled = [mention for mention in claim.mentions if mention.is_inferred]
    for mention in filled:
        yield Evidence(f"{context.words(mention.span)} = {mention.name}", mention.span)
    if claim.is_inferred and not filled:
        yield Evidence("words that the claim leaves out were filled in")


def _hearsay(context: Context) -> Iterator[Hedge]:
    """Yield the author's words that point at evidence of somebody who is not named."""
    for hedge in context.claim.hedges:
        if hedge.hedge_class in _OTHERS_EVIDENCE and hedge.holder is Holder.AUTHOR:
            yield hedge
