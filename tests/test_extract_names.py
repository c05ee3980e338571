"""Boundaries, acronyms and organs of states: the small rules below the mentions."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from verify.extract.mentions.acronyms import is_acronym_of
from verify.extract.mentions.boundaries import has_title_before, is_located, skip_titles, trim
from verify.extract.mentions.names import find_known
from verify.extract.mentions.states import state_of

VOCAB = Vocab()


def doc_of(text: str) -> Doc:
    return Doc(VOCAB, words=text.split(" "))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the Volta Dam 's", "Volta Dam"),
        ("“ Volta Dam ”", "Volta Dam"),
        ("Volta ( Ghana )", "Volta ( Ghana )"),
        ("Volta )", "Volta"),
        ("\n Volta \n", "Volta"),
        ("In Volta the", "Volta"),
        ("the ,", ""),
    ],
)
def test_a_name_is_cut_to_its_own_words(text: str, kept: str) -> None:
    doc = doc_of(text)
    start, end = trim(doc, 0, len(doc))
    assert doc[start:end].text.strip() == kept


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vice Admiral Ola Berg", "Ola Berg"),
        ("Norwegian Prime Minister Ola Berg", "Ola Berg"),
        ("former President - elect Berg", "elect Berg"),
        ("Norwegian Ola Berg", "Norwegian Ola Berg"),
        ("General", "General"),
    ],
)
def test_titles_are_skipped_while_a_name_is_left(text: str, name: str) -> None:
    doc = doc_of(text)
    assert doc[skip_titles(doc, 0, len(doc)) :].text.strip() == name


def test_what_stands_before_a_name_tells_its_kind() -> None:
    doc = doc_of("Rear Admiral Berg sat near Volta , city of Akwa")
    assert [has_title_before(doc, index) for index in (2, 5)] == [True, False]
    assert [is_located(doc, index, index + 1) for index in (2, 5, 9)] == [False, True, True]


@pytest.mark.parametrize(
    ("acronym", "text", "is_one"),
    [
        ("VRA", "Volta River Authority", True),
        ("MoD", "Ministry of Defence", True),
        ("GCs", "Green Circle", True),
        ("VAR", "Volta River Authority", False),
        ("XY", "Volta River Authority", False),
        ("AB", "", False),
    ],
)
def test_letters_of_an_acronym_stand_in_the_words_in_order(acronym: str, text: str, *, is_one: bool) -> None:
    assert is_acronym_of(acronym, text) is is_one


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ghanaian Army", "GHA"),
        ("Ghana 's Foreign Ministry", "GHA"),
        ("Government of the Gambia", "GMB"),
        ("Ghanaian Gold Company", None),
        ("Friends of Ghana", None),
        ("Kremlin Army", None),
    ],
)
def test_an_organ_of_a_state_stands_for_the_state(text: str, code: str | None) -> None:
    doc = doc_of(text)
    state = state_of(doc, 0, len(doc), find_known(doc))
    assert (state.code if state else None) == code
