"""Named mentions of a document: who and what it is about.

The names come from the pipeline's entities, corrected and completed by the lexicons. What each mention stands
for over the whole document is settled in `naming`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.doc import BLOCKS, PROSE
from verify.extract.mentions import naming as naming
from verify.extract.mentions.boundaries import begins_title, is_only_title, trim
from verify.extract.mentions.names import LABEL_KINDS, Hit, Name, find_known, key
from verify.extract.mentions.states import state_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc

    from verify.models import Mention

_JOINTS = frozenset({"-", "–", "—", "/", ",", "and", "&", "\n"})
_SHIP_PREFIXES = frozenset({"USS", "USNS", "HMS", "HMAS", "HMCS", "RFA", "INS", "JS", "ROKS", "IRIS", "MV", "SS"})
_COMMON = frozenset({"NOUN", "ADJ", "ADV", "VERB", "AUX", "DET", "PRON", "ADP", "SCONJ", "CCONJ", "INTJ", "NUM"})
_TRIMMED_TO_HIT = frozenset({"GPE", "LOC", "NORP", "ORG"})


def find_mentions(doc: Doc) -> list[Mention]:
    """Find the named mentions of a document.

    Args:
        doc: A document with entities (`doc.ents`, OntoNotes 5 labels); tags help where a name is also a word.

    Returns:
        The mentions in text order, without overlaps, with Doc offsets. A span has no leading article, no
        possessive ending and no title. A country is given by name, capital, government, armed force or
        demonym and carries its ISO 3166-1 alpha-3 code; "China Iran" is two mentions.
    """
    hits = find_known(doc)
    entities = [
        name for ent in doc.ents if ent.label_ in LABEL_KINDS for name in _read(doc, ent.start, ent.end, ent.label_)
    ]
    return naming.settle(doc, _without_headline_words(doc, _merge(doc, entities, hits)))


def _read(doc: Doc, start: int, end: int, label: str) -> list[Name]:
    """Return an entity of the pipeline within its bounds, or nothing where it is no name."""
    label = _label_by_words(doc, start, end, label)
    start, end = trim(doc, start, end, is_person=label == "PERSON")
    if start == end or (label == "PERSON" and is_only_title(doc, start, end)):
        return []
    if end - start == 1 and label != "NORP" and doc[start].is_sent_start and doc[start].pos_ in _COMMON:
        return []  # a common word that only the beginning of a sentence gives a capital
    return [Name(start, end, label)]


def _label_by_words(doc: Doc, start: int, end: int, label: str) -> str:
    """Return the type that a ship's prefix or the last word of a longer name gives it, else the pipeline's."""
    if end - start < 2:
        return label
    if doc[start].text in _SHIP_PREFIXES:
        return "PRODUCT"
    last = end - 2 if key(doc[end - 1].text) == "'s" else end - 1
    row = _name_heads().get(doc[last].text) if last > start else None
    return row["label"] if row and not (label == "PERSON" and row["ambiguous"]) else label


@cache
def _name_heads() -> dict[str, Mapping[str, str]]:
    return {row["word"]: row for row in lexicon.load("name_heads")}


def _without_headline_words(doc: Doc, names: list[Name]) -> list[Name]:
    """Leave out what only the capitals of a title or heading make a name of.

    A name that stands in a heading stays where the lexicons know it or the running text has it too.
    """
    headings = [block for block in doc.spans.get(BLOCKS, ()) if block.label_ not in PROSE]
    in_heading = {index for block in headings for index in range(block.start, block.end)}
    if not in_heading:
        return names
    text = {key(doc[name.start : name.end].text) for name in names if name.start not in in_heading}
    words = {word for name in text for word in name.split()}
    return [
        name
        for name in names
        if name.known or name.start not in in_heading or words.issuperset(key(doc[name.start : name.end].text).split())
    ]


def _merge(doc: Doc, entities: list[Name], hits: list[Hit]) -> list[Name]:
    """Bring together what the pipeline and the lexicons found; where they overlap, the longer name stays."""
    owner = {index: entity for entity in entities for index in range(entity.start, entity.end)}
    inside: dict[Name, list[Hit]] = {entity: [] for entity in entities}
    merged: list[Name] = []
    for hit in hits:
        touched = list(dict.fromkeys(owner[i] for i in range(hit.start, hit.end) if i in owner))
        holder = next((e for e in touched if e.start <= hit.start and hit.end <= e.end), None)
        if holder:
            inside[holder].append(hit)
        elif touched or _is_meant(doc, hit):
            longer = [e for e in touched if e.end - e.start > hit.end - hit.start and e in inside]
            if longer:
                continue
            for entity in touched:
                inside.pop(entity, None)
            merged.append(Name(hit.start, hit.end, hit.known.label, hit.known))
    for entity, found in inside.items():
        merged += _correct(doc, entity, found)
    return sorted(merged, key=lambda name: name.start)


def _correct(doc: Doc, entity: Name, hits: list[Hit]) -> list[Name]:
    """Correct an entity by the listed names inside it."""
    if not hits:
        return [entity]
    if len(hits) == 1 and (hits[0].start, hits[0].end) == (entity.start, entity.end):
        return [_identify(entity, hits[0])]
    if _is_chain(doc, entity, hits):
        return [Name(hit.start, hit.end, hit.known.label, hit.known) for hit in hits]
    state = state_of(doc, entity.start, entity.end, hits) if entity.label == "ORG" else None
    if state:
        return [Name(entity.start, entity.end, entity.label, state)]
    if hits[0].start == entity.start and begins_title(doc, hits[0].end, entity.end):
        return [Name(entity.start, hits[0].end, hits[0].known.label, hits[0].known)]
    if entity.label in _TRIMMED_TO_HIT and _has_small_rest(doc, entity, hits):
        return [Name(hit.start, hit.end, hit.known.label, hit.known) for hit in hits]
    return [entity]


def _identify(entity: Name, hit: Hit) -> Name:
    """Decide between the pipeline's label and the lexicon's for the same words."""
    if entity.label == "PERSON" and "person" in hit.known.ambiguous:
        return Name(entity.start, entity.end, "PERSON", None, hit.known)
    return Name(entity.start, entity.end, hit.known.label, hit.known)


def _is_chain(doc: Doc, entity: Name, hits: list[Hit]) -> bool:
    """Say whether several names were read as one, as in "China-Iran"; peoples need a joint between them."""
    if len(hits) < 2:
        return False
    listed = {index for hit in hits for index in range(hit.start, hit.end)}
    rest = [doc[index].text.casefold() for index in range(entity.start, entity.end) if index not in listed]
    if any(text not in _JOINTS for text in rest):
        return False
    return bool(rest) or any(hit.known.label == "GPE" for hit in hits)


def _has_small_rest(doc: Doc, entity: Name, hits: list[Hit]) -> bool:
    """Say whether nothing but small words stands beside the listed names, as in "northern Iraq"."""
    listed = {index for hit in hits for index in range(hit.start, hit.end)}
    rest = (doc[index].text[:1] for index in range(entity.start, entity.end) if index not in listed)
    return all(not first.isupper() and not first.isdigit() for first in rest)


def _is_meant(doc: Doc, hit: Hit) -> bool:
    """Say whether a listed name that the pipeline passed over is a name here."""
    words = doc[hit.start : hit.end]
    if "word" in hit.known.ambiguous:
        return all(token.pos_ == "PROPN" for token in words) and not _is_shouted(doc, hit)
    if hit.known.ambiguous and hit.end - hit.start == 1:
        return not any(_is_name_part(doc, index) for index in (hit.start - 1, hit.end))
    return True


def _is_name_part(doc: Doc, index: int) -> bool:
    """Say whether the token next to an ambiguous name makes it part of a longer one, as in "Michael Jordan"."""
    if not 0 <= index < len(doc):
        return False
    text = doc[index].text
    return text[:1].isupper() and doc[index].pos_ in ("PROPN", "") and key(text) != "The" and text.isalpha()


def _is_shouted(doc: Doc, hit: Hit) -> bool:
    """Say whether an acronym stands in a line of capitals, where US and WHO may be words."""
    near = [doc[i].text for i in (hit.start - 1, hit.end) if 0 <= i < len(doc)]
    return doc[hit.start].text.isupper() and any(len(text) > 2 and text.isalpha() and text.isupper() for text in near)
