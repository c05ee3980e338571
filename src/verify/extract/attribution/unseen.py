"""Attributions that the trained model does not see: those inside reported words, and "in the view of"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from verify.extract.attribution.frames import CLAUSAL, Frame, child, subtree, trimmed
from verify.extract.attribution.rules import cues, verb_frame

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from verify.extract.attribution.quotations import Quotation

_LONGEST_PHRASE: Final = 5  # words of "in the words of" and the like
_FINITE: Final = frozenset({"VBD", "VBP", "VBZ"})
_CLASSES: Final = frozenset({"says", "asserts", "alleges", "believes", "confirms", "denies", "estimates"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN"})


def nested_frames(doc: Doc, frames: Sequence[Frame], quotations: Sequence[Quotation]) -> Iterator[Frame]:
    """Yield the attributions inside the reported words of others.

    In "Norway said Peru believes that Chile sold the ship", it is Peru that says what Chile did; the model marks one
    attribution for each stretch of words.

    Args:
        doc: A parsed document.
        frames: What was found.
        quotations: Its quotations.
    """
    taken = {token for frame in frames for token in frame.cue}
    for index in sorted({token for frame in frames for token in frame.content} - taken):
        if _reports_too(doc[index]):
            yield from verb_frame(doc, doc[index], "", quotations)


def view_frames(doc: Doc, taken: Collection[int]) -> Iterator[Frame]:
    """Yield the attributions of phrases such as "in the view of", whose first word is not taken by another cue."""
    for token in doc:
        if token.lower_ == "in" and token.dep_ == "prep" and token.i not in taken:
            yield from _view_frame(doc, token)


def _reports_too(verb: Token) -> bool:
    """Say whether a verb inside reported words has a speaker and a finite clause of its own, and is not denied."""
    if verb.tag_ not in _FINITE or cues("VERB").get(verb.lemma_.lower(), {}).get("cue_class") not in _CLASSES:
        return False
    clause, speaker = child(verb, "ccomp"), child(verb, "nsubj")
    is_finite = clause is not None and clause.i > verb.i and child(clause, "nsubj", "nsubjpass", "expl") is not None
    is_bare = child(verb, "neg", "aux") is None
    return is_finite and is_bare and speaker is not None and speaker.pos_ in _NOMINAL


def _view_frame(doc: Doc, token: Token) -> Iterator[Frame]:
    """Yield the attribution of "in the view of NAME" to the clause that it opens."""
    words = [node.lower_ for node in doc[token.i : token.i + _LONGEST_PHRASE]]
    length = next((n for n in range(_LONGEST_PHRASE, 2, -1) if " ".join(words[:n]) in cues("ADP")), 0)
    last = doc[token.i + length - 1]
    who = child(last, "pobj") if length else None
    if who is None or token.head.pos_ not in CLAUSAL:
        return
    source = subtree(who)
    cue = tuple(range(token.i, last.i + 1))
    yield Frame(token.i, trimmed(doc, source), cue, trimmed(doc, subtree(token.head, [token])))
