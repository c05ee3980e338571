"""Correct the types and edges of entities by what the lexicons know and by what the rest of the text says.

A small model guesses the type of a name it has not seen from its neighbours and its shape. Countries, capitals,
peoples, forces and international bodies are few and known, and a name means one thing within a text (Gale, Church
and Yarowsky 1992, "One sense per discourse"). Each rule is a function from entities to entities; `RULES` gives
their order, and docs/pipeline.md what each gains and loses.

Names that the lexicons call ambiguous ("Georgia", "Jordan") are left to the model.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.language import Language

from verify.extract.mentions.names import Hit, find_known

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
ADDED = frozenset({"GPE", "NORP", "ORG", "LOC"})
LISTED = frozenset({"GPE", "LOC", "NORP"})
LEAST_LETTERS = 4
BESIDE = 3
YEAR_DIGITS = 4
DASHES = frozenset({"-", "–", "—"})
RANGE = DASHES | {"to", "or"}


@dataclass(frozen=True, slots=True)
class Entity:
    """A named span: tokens `start` up to and without `end`."""

    start: int
    end: int
    label: str


Rule = Callable[["Doc", Sequence[Entity], Sequence[Hit]], list[Entity]]


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
    taken = _tokens(kept)
    whole = {hit for hit in inside.values() if not taken & set(range(hit.start, hit.end))}
    kept += [entity for entity, hit in inside.items() if hit not in whole]
    return sorted([*kept, *(Entity(hit.start, hit.end, hit.known.label) for hit in whole)], key=_place)


def add_listed(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Add listed names that the model passed over."""
    taken = _tokens(entities)
    found = [
        Entity(hit.start, hit.end, hit.known.label)
        for hit in hits
        if hit.known.label in ADDED and not taken & set(range(hit.start, hit.end)) and _is_name(doc, hit)
    ]
    return sorted([*entities, *found], key=_place)


def one_type(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Give a name one type throughout a text: the most frequent one, or that of a full name it is the end of."""
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


def _majority(votes: Counter[str], label: str) -> str:
    """Return the most frequent type, or the one the model chose where two are as frequent."""
    (best, most), *others = votes.most_common(2)
    return best if not others or most > others[0][1] else label


def capitalised(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Leave out peoples written without a capital: English writes these names with one."""
    return [
        entity
        for entity in entities
        if entity.label != "NORP" or any(token.text[:1].isupper() for token in doc[entity.start : entity.end])
    ]


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


def date_ranges(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Let a date reach over both ends of a range: "6-8 weeks", "two or three years", "1914 – 18"."""
    dates = _tokens([entity for entity in entities if entity.label == "DATE"])
    out: list[Entity] = []
    for entity in entities:
        if entity.label == "DATE":
            entity = _reaching(doc, entity, dates)
        while out and out[-1].end > entity.start:
            out.pop()
        if not out or entity.end > out[-1].end:
            out.append(entity)
    return out


def _reaching(doc: Doc, date: Entity, dates: set[int]) -> Entity:
    """Widen a number with its unit over a number before it, and a year over one after it, but not over other dates."""
    start, end, first = date.start, date.end, doc[date.start]
    if end - start > 1 and first.like_num and start >= 2 and start - 2 not in dates:
        joined = doc[start - 1].lower_ in RANGE and doc[start - 2].like_num
        return replace(date, start=start - 2) if joined else date
    if (
        end - start == 1
        and first.is_digit
        and len(first) == YEAR_DIGITS
        and end + 1 < len(doc)
        and end + 1 not in dates
    ):
        second = doc[end + 1]
        joined = doc[end].text in DASHES and second.is_digit and len(second) in (2, YEAR_DIGITS)
        return replace(date, end=end + 2) if joined else date
    return date


RULES: tuple[Rule, ...] = (date_ranges, capitalised, trim_peoples, split, complete, retype, add_listed, one_type)


def correct(doc: Doc, rules: Sequence[Rule] = RULES) -> list[Entity]:
    """Return a document's entities after the rules, in order.

    Args:
        doc: A text whose entities a model has set.
        rules: Which rules, in which order.
    """
    hits = [hit for hit in find_known(doc) if _is_certain(doc, hit)]
    entities = [Entity(entity.start, entity.end, entity.label_) for entity in doc.ents]
    for rule in rules:
        entities = rule(doc, entities, hits)
    return entities


def _is_certain(doc: Doc, hit: Hit) -> bool:
    """Say whether a listed name has the listed type here: which country's parliament is meant does not matter.

    An acronym that is also a word ("WHO", "US") is a name where the words beside it are not in capitals too.
    """
    other = hit.known.ambiguous - {"country"} if hit.known.label == "ORG" else hit.known.ambiguous
    if not other:
        return True
    beside = [token for token in doc[max(0, hit.start - BESIDE) : hit.end + BESIDE] if token.is_alpha]
    return other == {"word"} and doc[hit.start : hit.end].text.isupper() and any(token.is_lower for token in beside)


def _place(entity: Entity) -> int:
    return entity.start


def _tokens(entities: Sequence[Entity]) -> set[int]:
    return {i for entity in entities for i in range(entity.start, entity.end)}


def _is_name(doc: Doc, hit: Hit) -> bool:
    """Say whether the words are written as a name; a single short word in a line of capitals is not evidence."""
    words = [token.text for token in doc[hit.start : hit.end]]
    return words[0][:1].isupper() and (len(words) > 1 or len(words[0]) >= LEAST_LETTERS or words[0].isupper())


@Language.factory("verify_gazetteer", requires=["doc.ents"], assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def make_gazetteer(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component; it stands after "ner".

    Args:
        nlp: The pipeline it is added to.
        name: The component's name in the pipeline.
    """
    return apply


def apply(doc: Doc) -> Doc:
    """Correct a document's entities in place."""
    from spacy.tokens import Span

    if len(doc):
        doc.set_ents([Span(doc, entity.start, entity.end, label=entity.label) for entity in correct(doc)])
    return doc
