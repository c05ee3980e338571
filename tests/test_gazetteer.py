"""What the lexicons and the rest of a text correct in a model's entities."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from spacy.tokens import Doc, Span

from verify.extract import gazetteer

NLP = spacy.blank("en")


def entities(text: str, *spans: tuple[int, int, str]) -> list[tuple[str, str]]:
    """Correct a text in which a model is said to have found spans of tokens."""
    doc = NLP(text)
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in spans])
    return [(doc[e.start : e.end].text, e.label) for e in gazetteer.correct(doc)]


def test_countries_in_a_row_are_parted() -> None:
    assert entities("China Iran Russia", (0, 3, "ORG")) == [("China", "GPE"), ("Iran", "GPE"), ("Russia", "GPE")]


def test_a_name_that_only_begins_with_a_country_is_left_whole() -> None:
    assert ("China Mobile", "ORG") in entities("Shares of China Mobile fell", (2, 4, "ORG"))


def test_a_listed_name_gets_its_type() -> None:
    assert entities("Troops left Afghanistan", (2, 3, "PERSON")) == [("Afghanistan", "GPE")]


def test_an_ambiguous_name_is_left_to_the_model() -> None:
    assert entities("Georgia wrote the book", (0, 1, "PERSON")) == [("Georgia", "PERSON")]


def test_a_listed_name_that_was_passed_over_is_added() -> None:
    assert entities("Troops left Afghanistan") == [("Afghanistan", "GPE")]


def test_a_listed_name_takes_the_place_of_its_part() -> None:
    found = entities("The United Nations met", (1, 2, "GPE"))
    assert [text for text, _ in found] == ["United Nations"]


def test_an_acronym_that_is_a_word_counts_where_its_neighbours_are_small() -> None:
    assert ("WHO", "ORG") in entities("the WHO said that")
    assert entities("ASK WHO DID IT") == []


def test_a_name_has_one_type_in_a_text() -> None:
    text = "Vasko spoke . Later Vasko left . Vasko won ."
    found = entities(text, (0, 1, "PERSON"), (4, 5, "PERSON"), (7, 8, "ORG"))
    assert {label for name, label in found if name == "Vasko"} == {"PERSON"}


def test_the_end_of_a_full_name_is_that_person() -> None:
    found = entities(
        "Lena Vasko spoke . Vasko left . Lena Vasko won .", (0, 2, "PERSON"), (4, 5, "ORG"), (7, 9, "PERSON")
    )
    assert ("Vasko", "PERSON") in found


def test_where_types_are_as_frequent_the_model_decides() -> None:
    found = entities("Vasko spoke . Vasko left .", (0, 1, "PERSON"), (3, 4, "ORG"))
    assert found == [("Vasko", "PERSON"), ("Vasko", "ORG")]


def test_dates_and_numbers_stay() -> None:
    assert entities("In May two men left", (1, 2, "DATE"), (2, 3, "CARDINAL")) == [("May", "DATE"), ("two", "CARDINAL")]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "!!!"])
def test_texts_without_words(text: str) -> None:
    assert gazetteer.apply(NLP(text)).ents == ()


def test_entities_are_in_order_and_apart() -> None:
    doc: Doc = NLP("China Iran and the United Nations met in Afghanistan , said China .")
    doc.set_ents([Span(doc, 0, 2, label="GPE"), Span(doc, 4, 5, label="GPE")])
    found = gazetteer.correct(doc)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_it_is_a_component() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("verify_gazetteer")
    assert [(e.text, e.label_) for e in nlp("Troops left Afghanistan").ents] == [("Afghanistan", "GPE")]
