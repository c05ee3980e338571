"""What a source is and what a cue does: the types that make an attribution useful to a checker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from verify import lexicon
from verify.models import Mention
from verify.terms import ActorKind, CueClass, Factivity, SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PRONOUN_KINDS: Final = MappingProxyType(
    {
        "i": SourceKind.AUTHOR,
        "we": SourceKind.AUTHOR,
        "my": SourceKind.AUTHOR,
        "our": SourceKind.AUTHOR,
        "he": SourceKind.UNNAMED_PERSON,
        "she": SourceKind.UNNAMED_PERSON,
        "his": SourceKind.UNNAMED_PERSON,
        "her": SourceKind.UNNAMED_PERSON,
        "one": SourceKind.UNNAMED_PERSON,
    }
)
MENTION_KINDS: Final = MappingProxyType(
    {
        ActorKind.PERSON: SourceKind.NAMED_PERSON,
        ActorKind.ORGANISATION: SourceKind.NAMED_ORGANISATION,
        ActorKind.COUNTRY: SourceKind.GOVERNMENT,
        ActorKind.PLACE: SourceKind.GOVERNMENT,  # a town or region that says something is its administration
        ActorKind.GROUP: SourceKind.UNNAMED_GROUP,
    }
)
DOCUMENT_LABELS: Final = frozenset({"WORK_OF_ART", "LAW"})
PERSON_ENDINGS: Final = ("er", "or", "ist", "ian", "man", "woman", "ee", "ant", "ary")
PLURAL_PRONOUNS: Final = frozenset({"they", "their", "many", "some", "others", "several"})
SINGULAR_KINDS: Final = frozenset(
    {SourceKind.UNNAMED_PERSON, SourceKind.DOCUMENT, SourceKind.GOVERNMENT, SourceKind.AUTHOR}
)
VAGUE: Final = frozenset(
    {"various", "several", "some", "many", "multiple", "numerous", "other", "unconfirmed", "certain"}
)
DEFINITE: Final = frozenset({"the", "these", "those", "both", "its", "their", "his", "her"})
POS_ORDER: Final = ("VERB", "NOUN", "STATE", "ADJ", "ADV")


@cache
def _cue_rows() -> Mapping[tuple[str, str], Mapping[str, str]]:
    return MappingProxyType({(row["pos"], row["lemma"]): row for row in lexicon.load("cues")})


def cue_type(doc: Doc, head: int, cue: Sequence[int] = ()) -> tuple[CueClass, Factivity, bool]:
    """Return the class of a cue, its factivity, and whether it hedges.

    The main word decides, unless a form of "allege" stands in the cue, as in "filed a lawsuit alleging". A cue that is
    not in the word list reports without taking a side, as "according to" does.

    Args:
        doc: The document.
        head: The index of the cue's main word.
        cue: The indices of all its words.
    """
    rows, lemma, lower = _cue_rows(), doc[head].lemma_.lower(), doc[head].lower_
    ranked = sorted(POS_ORDER, key=lambda pos: pos != doc[head].pos_)
    row = next((rows[pos, word] for pos in ranked for word in (lower, lemma) if (pos, word) in rows), None)
    if any(doc[index].lower_.startswith("alleg") for index in cue):  # whatever the tagger takes "alleging" for
        row = rows["VERB", "allege"]
    if row is None:
        return CueClass.SAYS, Factivity.NONFACTIVE, False
    return CueClass(row["cue_class"]), Factivity(row["factivity"]), row["is_hedge"] == "true"


@cache
def _nouns() -> Mapping[str, SourceKind]:
    rows = lexicon.load("source_nouns")
    return MappingProxyType({row["word"]: SourceKind(row["kind"]) for row in rows if row["match"] == "head"})


@cache
def _government_parts() -> tuple[str, ...]:
    return tuple(row["word"] for row in lexicon.load("source_nouns") if row["match"] == "part")


def source_kind(doc: Doc, source: Sequence[int], mention: Mention | None) -> SourceKind:
    """Return who or what a source is.

    Args:
        doc: A parsed document.
        source: The token indices of the source; empty where nobody is named.
        mention: The name that the source's head word belongs to or stands for, if there is one.
    """
    if not source:
        return SourceKind.UNNAMED_GROUP
    if mention is not None:
        return _named_kind(mention)
    return _unnamed_kind(doc[head_of(doc, source)])


def head_of(doc: Doc, tokens: Sequence[int]) -> int:
    """Return the first of some tokens whose head is not one of them: the main word of a phrase."""
    inside = set(tokens)
    return next((i for i in tokens if doc[i].head.i not in inside or doc[i].head.i == i), tokens[0])


def _named_kind(mention: Mention) -> SourceKind:
    """Return the kind of a source with a name; ministries, armed forces and the like are government."""
    if mention.label in DOCUMENT_LABELS:
        return SourceKind.DOCUMENT
    kind = MENTION_KINDS.get(mention.kind, SourceKind.NAMED_ORGANISATION)
    name = f" {mention.name.casefold()} "
    if kind is SourceKind.NAMED_ORGANISATION and any(f" {part} " in name for part in _government_parts()):
        return SourceKind.GOVERNMENT
    return kind


def _unnamed_kind(head: Token) -> SourceKind:
    """Return the kind of a source without a known name, by its noun.

    A plural listed as such keeps its kind, as "authorities"; an organisation has a name only by the one before it,
    as "the Lindqvist campaign".
    """
    is_plural = head.tag_ in {"NNS", "NNPS"} or head.lower_ in PLURAL_PRONOUNS
    listed = PRONOUN_KINDS.get(head.lower_) or _nouns().get(head.lower_)
    kind = listed or _nouns().get(head.lemma_.lower())
    if kind is None and head.pos_ == "PROPN":
        return SourceKind.NAMED_PERSON
    if kind is SourceKind.NAMED_ORGANISATION and any(node.pos_ == "PROPN" for node in head.lefts):
        return kind
    if kind is None and head.pos_ == "NOUN":
        kind = SourceKind.UNNAMED_PERSON if head.lemma_.lower().endswith(PERSON_ENDINGS) else SourceKind.DOCUMENT
    if kind is SourceKind.DOCUMENT and is_plural and not _is_vague(head):
        return kind
    is_plural = is_plural and listed is None
    return SourceKind.UNNAMED_GROUP if is_plural or kind not in SINGULAR_KINDS else kind


def _is_vague(head: Token) -> bool:
    """Say whether a plural leaves open which ones: "reports", "various studies", but not "the documents"."""
    left = {node.lower_ for node in head.lefts}
    return bool(left & VAGUE) or (head.lemma_ in {"report", "rumor", "rumour"} and not left & DEFINITE)
