"""Correct the types and edges of entities by what the lexicons know and by what the rest of the text says.

A small model guesses the type of a name it has not seen from its neighbours and its shape. Countries, capitals,
peoples, forces and international bodies are few and known, and a name means one thing within a text (Gale, Church
and Yarowsky 1992, "One sense per discourse"). Each rule is a function from entities to entities; `RULES` gives
their order, and docs/pipeline.md what each gains and loses.

Names that the lexicons call ambiguous ("Georgia", "Jordan") are left to the model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from spacy.language import Language

from verify.extract.gazetteer.dates import calendar_dates, date_ranges
from verify.extract.gazetteer.entity import Entity, Rule
from verify.extract.gazetteer.names import (
    add_listed,
    bodies_of_peoples,
    complete,
    one_type,
    retype,
    split,
    trim_peoples,
    with_company_form,
    written_as_peoples,
)
from verify.extract.mentions.names import Hit, find_known

if TYPE_CHECKING:
    from spacy.tokens import Doc

BESIDE = 3
RULES: tuple[Rule, ...] = (
    date_ranges,
    calendar_dates,
    written_as_peoples,
    trim_peoples,
    with_company_form,
    split,
    complete,
    retype,
    add_listed,
    bodies_of_peoples,
    one_type,
)


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
