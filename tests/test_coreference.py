"""Pronouns and descriptions: who they stand for, and when they are left open."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from verify.extract.attribution.find import find_attributions
from verify.extract.coreference.resolve import resolve
from verify.extract.mentions.find import find_mentions
from verify.models import Mention, Span
from verify.terms import ActorKind, SourceKind


def person(doc: Doc, words: str) -> Mention:
    start = doc.text.index(words)
    return Mention(Span(start, start + len(words)), words, "PERSON", ActorKind.PERSON, words)


def organisation(doc: Doc, words: str) -> Mention:
    start = doc.text.index(words)
    return Mention(Span(start, start + len(words)), words, "ORG", ActorKind.ORGANISATION, words)


def names(doc: Doc, mentions: list[Mention]) -> dict[str, str | None]:
    """Return the name that each pronoun and description stands for, by its words."""
    resolved = resolve(doc, mentions)
    return {one.text if one else doc[i].text: one.name if one else None for i, one in sorted(resolved.items())}


def test_a_pronoun_stands_for_the_only_name(nlp: Language) -> None:
    doc = nlp("Marta Lindqvist opened the dam on Monday. She praised the engineers.")
    assert names(doc, [person(doc, "Marta Lindqvist")]) == {"She": "Marta Lindqvist"}


def test_a_pronoun_keeps_its_own_words_and_is_marked(nlp: Language) -> None:
    doc = nlp("Marta Lindqvist opened the dam on Monday. She praised the engineers.")
    (she,) = resolve(doc, [person(doc, "Marta Lindqvist")]).values()
    assert she is not None
    assert (she.text, she.label, she.is_inferred, she.kind) == ("She", "PRON", True, ActorKind.PERSON)
    assert doc.text[she.span.start : she.span.end] == "She"


@pytest.mark.parametrize(("pronoun", "name"), [("He", "Thomas Lindqvist"), ("She", "Angela Okafor")])
def test_given_names_tell_he_from_she(nlp: Language, pronoun: str, name: str) -> None:
    doc = nlp(f"Angela Okafor met Thomas Lindqvist in Norvik. {pronoun} praised the dam.")
    people = [person(doc, "Angela Okafor"), person(doc, "Thomas Lindqvist")]
    assert names(doc, people) == {pronoun: name}


def test_without_a_name_a_pronoun_is_left_open(nlp: Language) -> None:
    doc = nlp("The dam was opened on Monday. She praised the engineers.")
    assert names(doc, []) == {"She": None}


def test_a_name_far_before_leaves_a_pronoun_open(nlp: Language) -> None:
    doc = nlp("Marta Lindqvist was born here. " + "The dam is old. " * 8 + "She praised the engineers.")
    assert names(doc, [person(doc, "Marta Lindqvist")]) == {"She": None}


def test_an_organisation_is_no_person(nlp: Language) -> None:
    doc = nlp("The Norvik Ministry opened the dam. She praised the engineers.")
    assert names(doc, [organisation(doc, "Norvik Ministry")]) == {"She": None}


@pytest.mark.parametrize(
    ("text", "name", "description"),
    [
        ("General Paul Okafor arrived. The general visited the dam.", "Paul Okafor", "The general"),
        ("Gen. Paul Okafor arrived. The general visited the dam.", "Paul Okafor", "The general"),
        (
            "Anna Lindqvist, the foreign minister, arrived. The minister visited the dam.",
            "Anna Lindqvist",
            "The minister",
        ),
    ],
)
def test_a_description_stands_for_the_name_it_was_given_with(
    nlp: Language, text: str, name: str, description: str
) -> None:
    doc = nlp(text)
    assert names(doc, [person(doc, name)]).get(description) == name


def test_an_organisation_is_described_by_the_last_word_of_its_name(nlp: Language) -> None:
    doc = nlp("Norvik University opened a school. The university paid for it.")
    assert names(doc, [organisation(doc, "Norvik University")]) == {"The university": "Norvik University"}


def test_a_description_that_fits_two_names_is_left_open(nlp: Language) -> None:
    doc = nlp("Norvik University and Harlow University met. The university paid.")
    both = [organisation(doc, "Norvik University"), organisation(doc, "Harlow University")]
    assert names(doc, both) == {}


def test_two_states_speak_together(nlp: Language) -> None:
    doc = nlp("Norway and Chile met in May. The two countries said that the talks went well.")
    mentions = find_mentions(doc)
    found = find_attributions(doc, mentions, resolve(doc, mentions), use_model=False)
    (together,) = [one for one in found if one.source_text == "The two countries"]
    assert (together.source_name, together.is_inferred) == ("Norway and Chile", True)
    assert together.source_kind is SourceKind.GOVERNMENT


def test_three_states_leave_two_countries_open(nlp: Language) -> None:
    doc = nlp("Norway, Chile and Japan met in May. The two countries said that the talks went well.")
    found = find_attributions(doc, find_mentions(doc), {}, use_model=False)
    (together,) = [one for one in found if one.source_text == "The two countries"]
    assert (together.source_name, together.source_kind) == ("", SourceKind.UNNAMED_GROUP)


@pytest.mark.parametrize("text", ["", "\n\n", "he", "She: “", "the general", "his his his"])
def test_scraps_resolve_to_nothing(nlp: Language, text: str) -> None:
    assert set(resolve(nlp(text), []).values()) <= {None}
