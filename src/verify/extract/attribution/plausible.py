"""Leave out attributions that report nothing: a trained model takes "highlighting a trend" for words of reporting.

What stands in quotation marks is reported whatever the verb. Elsewhere words alone can only be reported as a clause, or
by somebody who can speak, unless the model is sure of it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from verify import lexicon
from verify.extract.attribution.types import cue_type, head_of
from verify.terms import CueClass, SourceKind

if TYPE_CHECKING:
    from collections.abc import Container

    from spacy.tokens import Doc

    from verify.extract.attribution.frames import Frame

SPEAKERS: Final = frozenset({"PERSON", "ORG", "GPE", "NORP"})
PEOPLE: Final = frozenset({SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})
FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD", "TO"})
SURE: Final = 0.5  # how likely a cue must be to count against what its form says
CERTAIN: Final = 0.9  # whatever its form
SURE_OF_PARTICIPLE: Final = 0.72
CITING: Final = frozenset({"cite", "quote"})  # their participle names who said it: "citing two officials"


def is_plausible(doc: Doc, frame: Frame, quoted: Container[int]) -> bool:
    """Say whether an attribution found by a model can be one.

    Args:
        doc: A parsed document.
        frame: Its roles.
        quoted: The tokens of the document that stand in quotation marks.
    """
    head = doc[frame.head]
    if head.pos_ != "VERB" or any(token in quoted for token in frame.content):
        return True
    lemma = head.lemma_.lower()
    is_only_quoting = lemma in _only_with_quotations()
    if is_only_quoting and doc[head.i + 1 : head.i + 2].text == "to":
        return False  # "prices continue to rise"
    if frame.score >= CERTAIN:
        return True
    if is_only_quoting:
        return False
    if any(doc[token].tag_ in FINITE for token in frame.content) or lemma in CITING:
        return True
    if cue_type(doc, frame.head, frame.cue)[0] is CueClass.ALLEGES:
        return True
    is_participle = head.tag_ == "VBG"
    is_sure = frame.score >= (SURE_OF_PARTICIPLE if is_participle else SURE)
    return bool(frame.source) and (is_sure or _can_speak(doc, frame, is_participle=is_participle))


@cache
def _only_with_quotations() -> frozenset[str]:
    return frozenset(row["lemma"] for row in lexicon.load("cues") if "q" in row["complement"])


def _can_speak(doc: Doc, frame: Frame, *, is_participle: bool) -> bool:
    """Say whether a source is somebody; beside a participle a person, for "Peru, challenging the ruling" acts."""
    head = doc[head_of(doc, frame.source)]
    if head.ent_type_ in SPEAKERS:
        return not is_participle or head.ent_type_ == "PERSON"
    kind = _kinds().get(head.lower_) or _kinds().get(head.lemma_.lower())
    return head.tag_.startswith(("PRP", "WP")) or (kind in PEOPLE if is_participle else kind is not None)


@cache
def _kinds() -> dict[str, SourceKind]:
    rows = lexicon.load("source_nouns")
    return {row["word"]: SourceKind(row["kind"]) for row in rows if row["match"] == "head"}
