"""Find hedges: the words that make a claim less than certain, what they touch, and whose doubt they express."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.doc import char_pieces
from verify.extract.hedges.cues import FIRST_PERSON, Cue, find_cues, is_denied
from verify.extract.hedges.scope import find_scope
from verify.extract.plain import once
from verify.models import Hedge, Span
from verify.terms import HedgeClass, Holder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc

    from verify.models import Attribution

Band = tuple[float, float]

FARTHEST_NOUN = 4  # tokens behind "several": "several senior military officials"


def find_hedges(doc: Doc, attributions: Sequence[Attribution] = ()) -> list[Hedge]:
    """Return the hedges of a parsed document in text order.

    Classes follow Hyland (1998) and the CoNLL-2010 guidelines (Farkas et al. 2010). The scope holds the words
    that the hedge touches and no coordinated neighbour. Words of estimative probability carry the band that
    ICD 203 gives them.

    Args:
        doc: A document with tags, lemmas and a parse.
        attributions: What was found by `attribution.find_attributions`, in offsets of `doc`: a hedge inside
            the content of one is held by its source, any other by the author.
    """
    contents = sorted(span for attribution in attributions for span in attribution.content)
    text = doc.text  # spaCy builds it anew each time it is asked
    return [_hedge(doc, text, cue, contents) for cue in once(find_cues, doc) if _counts(doc, cue)]


def _counts(doc: Doc, cue: Cue) -> bool:
    """Say whether a cue makes a claim less certain.

    "Several experts" leaves open who, "several ships" is an amount; and what "could not" be is
    denied, not doubted.
    """
    if is_denied(doc, cue):
        return False
    if cue.hedge_class is not HedgeClass.VAGUE_PLURAL:
        return True
    nouns = [token for token in doc[cue.end : cue.end + FARTHEST_NOUN] if token.tag_ == "NNS"]
    return bool(nouns) and bool({nouns[0].lower_, nouns[0].lemma_.lower()} & lexicon.words("source_nouns", "word"))


def _hedge(doc: Doc, text: str, cue: Cue, contents: Sequence[Span]) -> Hedge:
    start, end = doc[cue.start].idx, doc[cue.end - 1].idx + len(doc[cue.end - 1])
    span = Span(start, end)
    _, words = find_scope(doc, cue)
    low, high = _band(doc, cue) or (None, None)
    return Hedge(
        span=span,
        text=text[start:end],
        hedge_class=cue.hedge_class,
        scope=char_pieces(doc, words),
        holder=_holder(doc, cue, span, contents),
        low=low,
        high=high,
    )


def _holder(doc: Doc, cue: Cue, span: Span, contents: Sequence[Span]) -> Holder:
    """Return whose doubt it is: the source's inside reported words, or where the verb has a subject of its own."""
    if any(content.contains(span) for content in contents):
        return Holder.SOURCE
    if cue.place == "VERB" and cue.phrase not in ("appear", "seem", "tend", "look like", "sound like"):
        subjects = [child for child in doc[cue.start].children if child.dep_ == "nsubj"]
        if subjects and subjects[0].lower_ not in FIRST_PERSON | {"it", "this", "that", "which"}:
            return Holder.SOURCE
    return Holder.AUTHOR


@cache
def _bands() -> Mapping[str, Band]:
    return {row["phrase"]: (float(row["low"]), float(row["high"])) for row in lexicon.load("probability_words")}


def _band(doc: Doc, cue: Cue) -> Band | None:
    """Return the band of a cue; a "not" right behind an adverb belongs to the phrase ("almost certainly not")."""
    if cue.end < len(doc) and doc[cue.end].lower_ == "not":
        negated = _bands().get(f"{cue.phrase} not")
        if negated is not None:
            return negated
    return _bands().get(cue.phrase)
