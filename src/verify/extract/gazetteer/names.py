"""Rules for names: what the lexicons know of them, and what the rest of the text says.

Names that the lexicons call ambiguous ("Georgia", "Jordan") never come here as hits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.gazetteer.entity import Entity, place, tokens_of
from verify.extract.mentions.names import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
ADDED = frozenset({"GPE", "NORP", "ORG", "LOC"})
LISTED = frozenset({"GPE", "LOC", "NORP"})
# What a model takes a company or a body for whose name it has not seen.
MISTAKEN = frozenset({"ORG", "GPE", "PERSON", "PRODUCT", "FAC", "LOC"})
MOST_WORDS = 4  # of a body's name after the people
LEAST_LETTERS = 4
LEAST_LETTERS_OF_PEOPLE = 3


def retype(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Give an entity that is exactly a listed name the name's type."""
    labels = {(hit.start, hit.end): hit.known.label for hit in hits}
    return [
        replace(entity, label=labels.get((entity.start, entity.end), entity.label)) if entity.label in NAMES else entity
        for entity in entities
    ]


def split(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Part an entity that is nothing but listed places or peoples in a row: "China Iran" is two."""
    starting = {hit.start: hit for hit in hits if hit.known.label in LISTED}
    out: list[Entity] = []
    for entity in entities:
        parts: list[Entity] = []
        at = entity.start
        while at < entity.end and at in starting:
            hit = starting[at]
            parts.append(Entity(hit.start, hit.end, hit.known.label))
            at = hit.end
        out += parts if at == entity.end and len(parts) > 1 and entity.label in NAMES else [entity]
    return out


def complete(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Let a listed name of several words take the place of the entities inside it."""
    longer = [hit for hit in hits if hit.end - hit.start > 1]
    inside = {
        entity: hit
        for hit in longer
        for entity in entities
        if hit.start <= entity.start and entity.end <= hit.end and entity.label in NAMES
    }
    kept = [entity for entity in entities if entity not in inside]
    taken = tokens_of(kept)
    whole = {hit for hit in inside.values() if not taken & set(range(hit.start, hit.end))}
    kept += [entity for entity, hit in inside.items() if hit not in whole]
    return sorted([*kept, *(Entity(hit.start, hit.end, hit.known.label) for hit in whole)], key=place)


def add_listed(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Add listed names that the model passed over."""
    taken = tokens_of(entities)
    found = [
        Entity(hit.start, hit.end, hit.known.label)
        for hit in hits
        if hit.known.label in ADDED and not taken & set(range(hit.start, hit.end)) and _is_name(doc, hit)
    ]
    return sorted([*entities, *found], key=place)


def one_type(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Give a name one type throughout a text: the one it has mostly, or that of a full name it is the end of."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for entity in entities:
        if entity.label in NAMES:
            votes[doc[entity.start : entity.end].text][entity.label] += 1
            if entity.label == "PERSON" and entity.end - entity.start > 1:
                votes[doc[entity.end - 1].text]["PERSON"] += 1
    listed = {(hit.start, hit.end) for hit in hits}
    return [
        entity
        if entity.label not in NAMES or (entity.start, entity.end) in listed
        else replace(entity, label=_majority(votes[doc[entity.start : entity.end].text], entity.label))
        for entity in entities
    ]


def with_company_form(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Take the legal form of a company into its name, which is then an organisation: "Harrow, Inc."."""
    forms = lexicon.words("company_forms", "form")
    out: list[Entity] = []
    for entity in entities:
        at = entity.end + 1 if entity.end < len(doc) and doc[entity.end].text == "," else entity.end
        if entity.label in MISTAKEN and at < len(doc) and doc[at].text in forms:
            entity = Entity(entity.start, at + 1, "ORG")
        if not out or out[-1].end <= entity.start:
            out.append(entity)
    return out


def bodies_of_peoples(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Make one organisation of a people and the capitalised words up to a body: "Danish Fisheries Council"."""
    starts = {entity.start for entity in entities}
    out: list[Entity] = []
    for entity in entities:
        end = _end_of_body(doc, entity.end, starts) if entity.label == "NORP" else None
        out.append(entity if end is None else Entity(entity.start, end, "ORG"))
    return out


def _end_of_body(doc: Doc, start: int, taken: set[int]) -> int | None:
    """Return the end of the capitalised words from a token on, if the last of them names a body."""
    end = start
    while end < min(len(doc), start + MOST_WORDS) and end not in taken and doc[end].is_title:
        end += 1
    return end if end > start and doc[end - 1].text in _bodies() else None


@cache
def _bodies() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.load("name_heads") if row["label"] == "ORG")


def _majority(votes: Counter[str], label: str) -> str:
    """Return the type that has twice the votes of the next, or the one the model chose where none has."""
    (best, most), *others = votes.most_common(2)
    return best if not others or most >= 2 * others[0][1] else label


def written_as_peoples(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Leave out peoples that are not written as one: English gives them a capital, some letters and no figures."""
    listed = {(hit.start, hit.end) for hit in hits}
    return [
        entity
        for entity in entities
        if entity.label != "NORP" or (entity.start, entity.end) in listed or _is_people(doc, entity)
    ]


def _is_people(doc: Doc, entity: Entity) -> bool:
    text = doc[entity.start : entity.end].text
    return len(text) >= LEAST_LETTERS_OF_PEOPLE and text != text.lower() and not any(map(str.isdigit, text))


def trim_peoples(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Cut a people down to the one listed name in it: "Danish Farmers" in a heading is the people and a common noun."""
    out: list[Entity] = []
    for entity in entities:
        inside = [
            hit for hit in hits if entity.start <= hit.start and hit.end <= entity.end and hit.known.label == "NORP"
        ]
        if entity.label == "NORP" and len(inside) == 1:
            entity = replace(entity, start=inside[0].start, end=inside[0].end)
        out.append(entity)
    return out


def _is_name(doc: Doc, hit: Hit) -> bool:
    """Say whether the words are written as a name; a single short word in a line of capitals is not evidence."""
    words = [token.text for token in doc[hit.start : hit.end]]
    return words[0][:1].isupper() and (len(words) > 1 or len(words[0]) >= LEAST_LETTERS or words[0].isupper())
