"""What the lexicons and the rest of a text correct in a model's entities."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

import gazetteer_rules
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


@pytest.mark.parametrize(
    ("text", "span", "found"),
    [
        ("It took 6-8 weeks", (4, 6, "DATE"), "6-8 weeks"),
        ("It took two or three years", (4, 6, "DATE"), "two or three years"),
        ("The war of 1914 – 18", (3, 4, "DATE"), "1914 – 18"),
        ("The war of 1914-1918", (3, 4, "DATE"), "1914-1918"),
        ("It took eight weeks", (2, 4, "DATE"), "eight weeks"),
        ("In 1914 – nobody knew", (1, 2, "DATE"), "1914"),
    ],
)
def test_a_date_reaches_over_a_range(text: str, span: tuple[int, int, str], found: str) -> None:
    assert entities(text, span) == [(found, "DATE")]


def test_a_number_that_a_range_takes_in_is_no_entity_of_its_own() -> None:
    assert entities("It took 2 or 4 years", (2, 3, "CARDINAL"), (4, 6, "DATE")) == [("2 or 4 years", "DATE")]


def test_a_range_of_whole_dates_stays_two_dates() -> None:
    found = entities("from 1998-30 June 2001", (1, 2, "DATE"), (3, 6, "DATE"))
    assert found == [("1998", "DATE"), ("30 June 2001", "DATE")]


def test_a_people_is_written_with_a_capital() -> None:
    assert entities("our own librarians", (2, 3, "NORP")) == []


def test_a_people_is_cut_to_its_listed_name() -> None:
    assert entities("Leading Danish Farmers", (1, 3, "NORP")) == [("Danish", "NORP")]


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


def test_a_month_with_its_day_is_a_date() -> None:
    assert ("Nov 5th", "DATE") in entities("saturday Nov 5th or later", (1, 3, "PERSON"))
    assert entities("On November 22nd we left", (1, 2, "DATE")) == [("November 22nd", "DATE")]
    assert entities("from 3rd Dec on", (1, 2, "ORDINAL")) == [("3rd Dec", "DATE")]
    assert entities("on the 12th of October last", (2, 3, "ORDINAL"), (4, 5, "DATE")) == [("12th of October", "DATE")]
    assert entities("Signed 3 May 2021 here") == [("3 May 2021", "DATE")]
    assert entities("Filed 9/30/01 again", (1, 2, "ORDINAL")) == [("9/30/01", "DATE")]


def test_a_month_alone_a_verb_and_a_name_are_no_date() -> None:
    assert entities("They may 5 times march on") == []
    assert entities("In March they left") == []
    assert entities("The September 11 Memorial opened", (1, 4, "FAC")) == [("September 11 Memorial", "FAC")]


def test_the_word_that_says_which_month_belongs_to_the_date() -> None:
    assert entities("papers last September showed", (2, 3, "DATE")) == [("last September", "DATE")]
    assert entities("We meet later this week", (3, 5, "DATE")) == [("later this week", "DATE")]
    assert entities("It was late that day", (4, 5, "DATE")) == [("day", "DATE")]


def test_a_people_has_letters_and_a_capital() -> None:
    assert entities("near Sector-9 and Xu", (1, 2, "NORP"), (3, 4, "NORP")) == []
    assert entities("The Zarvians left", (1, 2, "NORP")) == [("Zarvians", "NORP")]


def test_the_legal_form_belongs_to_a_company() -> None:
    assert entities("Harrow , Inc. sold it", (0, 1, "PERSON")) == [("Harrow , Inc.", "ORG")]
    assert entities("Harrow & Sons Ltd", (0, 3, "ORG")) == [("Harrow & Sons Ltd", "ORG")]
    assert entities("Monday , Inc. said", (0, 1, "DATE")) == [("Monday", "DATE")]


def test_the_gain_of_each_rule_is_measured() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("verify_gazetteer")
    gold = nlp("Troops left Afghanistan on 3 May 2021")
    rows = gazetteer_rules.gains(nlp, [gold])
    assert list(rows) == ["none", *(f"`{rule.__name__}`" for rule in gazetteer.RULES)]
    assert (rows["none"]["all"], rows["`calendar_dates`"]["GPE"], rows["`add_listed`"]["all"]) == (
        "0.0",
        "0.0",
        "100.0",
    )


def test_a_body_of_a_people_is_an_organisation() -> None:
    found = entities("The Zarvian Fisheries Council met", (1, 2, "NORP"))
    assert found == [("Zarvian Fisheries Council", "ORG")]
    assert entities("The Zarvian council met", (1, 2, "NORP")) == [("Zarvian", "NORP")]
    assert entities("The Zarvian Foreign Minister", (1, 2, "NORP")) == [("Zarvian", "NORP")]
