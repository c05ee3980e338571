"""Mentions on documents with fixed tags and entities, so that they do not move with the pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from verify.extract.mentions.find import find_mentions
from verify.models import Mention
from verify.terms import ActorKind

VOCAB = Vocab()


def make(text: str, entities: Sequence[tuple[str, str]] = (), pos: dict[str, str] | None = None) -> Doc:
    """A Doc of a text in tokens parted by spaces; each entity is given by its words, at their first free place.

    `~` before a token means that no space stands before it.
    """
    tokens = text.split()
    words = [token.removeprefix("~") for token in tokens]
    spaces = [not token.startswith("~") for token in tokens[1:]] + [False]
    tags = [(pos or {}).get(word, "X") for word in words]
    doc = Doc(VOCAB, words=words, spaces=spaces, pos=tags)
    spans: list[Span] = []
    for phrase, label in entities:
        parts = phrase.split()
        start = next(
            i
            for i in range(len(words))
            if words[i : i + len(parts)] == parts and not any(s.start <= i < s.end for s in spans)
        )
        spans.append(Span(doc, start, start + len(parts), label))
    doc.ents = tuple(spans)
    return doc


def named(mentions: Sequence[Mention]) -> list[tuple[str, str, str]]:
    return [(mention.text, mention.label, mention.code or mention.name) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("China Iran trade grew", [("China Iran", "GPE")], [("China", "GPE", "CHN"), ("Iran", "GPE", "IRN")]),
        ("China ~- ~Iran trade", [("China - Iran", "GPE")], [("China", "GPE", "CHN"), ("Iran", "GPE", "IRN")]),
        ("The Iran ~'s budget", [("The Iran 's", "GPE")], [("Iran", "GPE", "IRN")]),
        ("northern Peru flooded", [("northern Peru", "LOC")], [("Peru", "GPE", "PER")]),
        ("Goa state in India", [("Goa state in India", "GPE")], [("Goa", "GPE", "Goa"), ("India", "GPE", "IND")]),
        ("Bank of Canada", [("Bank of Canada", "ORG")], [("Bank of Canada", "ORG", "Bank of Canada")]),
        ("the Peruvian Navy", [("the Peruvian Navy", "ORG")], [("Peruvian Navy", "ORG", "PER")]),
        (
            "Ministry of Mines of Chile",
            [("Ministry of Mines of Chile", "ORG")],
            [("Ministry of Mines of Chile", "ORG", "CHL")],
        ),
        ("Oslo and the Kremlin agreed", [], [("Oslo", "GPE", "NOR"), ("Kremlin", "ORG", "RUS")]),
        ("LIMA : talks", [("LIMA", "ORG")], [("LIMA", "GPE", "PER")]),
        ("HMS Otter sailed", [("HMS Otter", "PERSON")], [("HMS Otter", "PRODUCT", "HMS Otter")]),
        ("Tokyo , Japan", [("Tokyo , Japan", "GPE")], [("Tokyo", "GPE", "Tokyo"), ("Japan", "GPE", "JPN")]),
        ("Chile Defense Secretary", [("Chile Defense", "ORG")], [("Chile", "GPE", "CHL")]),
        (
            "Volta River Authority",
            [("Volta River Authority", "GPE")],
            [("Volta River Authority", "ORG", "Volta River Authority")],
        ),
        ("Akwa Treaty ~'s aim", [("Akwa Treaty 's", "PERSON")], [("Akwa Treaty", "LAW", "Akwa Treaty")]),
        ("Ana Bridge", [("Ana Bridge", "PERSON")], [("Ana Bridge", "PERSON", "Ana Bridge")]),
        ("on 3 May", [("3 May", "DATE")], []),
        ("Near Turku", [("Near Turku", "GPE")], [("Turku", "GPE", "Turku")]),
    ],
)
def test_spans_labels_and_countries(
    text: str, entities: list[tuple[str, str]], expected: list[tuple[str, str, str]]
) -> None:
    assert named(find_mentions(make(text, entities))) == expected


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Beijing", "CHN"),
        ("Tehran", "IRN"),
        ("Chinese", "CHN"),
        ("Iranian", "IRN"),
        ("British", "GBR"),
        ("UK", "GBR"),
        ("U.S.", "USA"),
        ("UAE", "ARE"),
        ("DPRK", "PRK"),
        ("Whitehall", "GBR"),
        ("PLA", "CHN"),
        ("IRGC", "IRN"),
    ],
)
def test_a_state_is_known_by_many_names(word: str, code: str) -> None:
    (mention,) = find_mentions(make(f"officials of {word} met"))
    assert (mention.kind, mention.code) == (ActorKind.COUNTRY, code)


def test_every_name_of_a_state_has_one_actor_id() -> None:
    mentions = find_mentions(make("Norway , the Norwegian cabinet , Oslo"))
    assert len(mentions) == 3
    assert len({mention.actor_id for mention in mentions}) == 1


CAPITALS = [
    ("Envoys arrived in Oslo .", "Oslo"),
    ("Oslo rejected the offer .", "NOR"),
    ("Oslo ~'s navy bought ships .", "NOR"),
    ("He walked through Oslo ~'s streets .", "Oslo"),
    ("The envoy will fly to Oslo .", "Oslo"),
    ("The envoy sold rifles to Oslo .", "NOR"),
    ("The offer from Oslo was late .", "NOR"),
    ("Talks in Bern and Oslo failed .", "Oslo"),
    ("Relations between Bern and Oslo cooled .", "NOR"),
    ("In Bern , Oslo protested .", "NOR"),
    ("Bern and Oslo protested .", "NOR"),
    ("The government in Oslo fell .", "NOR"),
    ("The streets of Oslo were empty .", "Oslo"),
    ("Rebels captured Oslo .", "Oslo"),
    ("Oslo was captured .", "Oslo"),
    ("Oslo , Norway , was quiet .", "Oslo"),
    ("The capital , Oslo , was quiet .", "Oslo"),
    ("OSLO ( AP ) The king spoke .", "Oslo"),
    ("The Oslo court agreed .", "Oslo"),
    ("The Oslo government agreed .", "NOR"),
    ("Oslo is a town .", "Oslo"),
]
TAGS = {
    "VERB": "arrived rejected bought walked fly sold failed cooled protested fell captured spoke agreed",
    "AUX": "will was were is",
    "ADP": "in In through to from between of",
    "NOUN": "court government streets offer town",
}
LEMMAS = {"captured": "capture", "streets": "street", "was": "be", "were": "be", "is": "be"}
POS = {word: tag for tag, words in TAGS.items() for word in words.split()}


@pytest.mark.parametrize(("text", "expected"), CAPITALS)
def test_a_capital_is_its_state_only_where_it_acts_speaks_or_is_dealt_with(text: str, expected: str) -> None:
    doc = make(text, pos=POS)
    for token in doc:
        token.lemma_ = LEMMAS.get(token.text, token.text)
        token.tag_ = "VBN" if token.text == "captured" else token.pos_
    mention = next(m for m in find_mentions(doc) if m.text.title() == "Oslo")
    assert (mention.code or mention.name, mention.is_ambiguous) == (expected, False)


def test_a_capital_that_can_be_either_is_marked() -> None:
    (mention,) = find_mentions(make("Oslo : a summary"))
    assert (mention.code, mention.is_ambiguous) == ("NOR", True)


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Major General Ana Sol", [("Major General Ana Sol", "PERSON")]),
        ("Peruvian President Ana Sol", [("Peruvian President Ana Sol", "PERSON")]),
        ("former Foreign Minister Ana Sol ~'s", [("former Foreign Minister Ana Sol 's", "PERSON")]),
        ("Maj. Gen. Ana Sol", [("Gen. Ana Sol", "PERSON")]),
    ],
)
def test_titles_are_no_part_of_a_person_s_name(text: str, entities: list[tuple[str, str]]) -> None:
    people = [mention for mention in find_mentions(make(text, entities)) if mention.label == "PERSON"]
    assert [mention.text for mention in people] == ["Ana Sol"]


def test_a_title_alone_is_no_name() -> None:
    assert find_mentions(make("the President spoke", [("President", "PERSON")])) == []


def test_a_last_name_stands_for_the_full_name() -> None:
    doc = make(
        "Sol left . Ana Maria Sol spoke . Ana agreed", [("Sol", "GPE"), ("Ana Maria Sol", "PERSON"), ("Ana", "PERSON")]
    )
    mentions = find_mentions(doc)
    assert [(m.label, m.name, m.is_ambiguous) for m in mentions] == [("PERSON", "Ana Maria Sol", False)] * 3


def test_two_persons_with_one_last_name_are_ambiguous() -> None:
    doc = make("Ana Sol met Ben Sol . Sol smiled", [("Ana Sol", "PERSON"), ("Ben Sol", "PERSON"), ("Sol", "PERSON")])
    last = find_mentions(doc)[-1]
    assert (last.name, last.is_ambiguous) == ("Sol", True)


def test_an_article_before_an_arabic_name_does_not_part_two_forms() -> None:
    doc = make("Omar al-Haddad spoke . Haddad left", [("Omar al-Haddad", "PERSON"), ("Haddad", "PERSON")])
    assert {mention.name for mention in find_mentions(doc)} == {"Omar al-Haddad"}


def test_an_acronym_in_brackets_stands_for_its_long_form_everywhere() -> None:
    doc = make("the Oslo Fjord Trust ( OFT ) paid . OFT refused .", [("Oslo Fjord Trust", "ORG"), ("OFT", "GPE")])
    assert [(m.text, m.label, m.name) for m in find_mentions(doc)] == [
        ("Oslo Fjord Trust", "ORG", "Oslo Fjord Trust"),
        ("OFT", "ORG", "Oslo Fjord Trust"),
        ("OFT", "ORG", "Oslo Fjord Trust"),
    ]


def test_letters_that_do_not_fit_are_no_acronym() -> None:
    doc = make("the Oslo Fjord Trust ( XYZ ) paid", [("Oslo Fjord Trust", "ORG")])
    assert [mention.text for mention in find_mentions(doc)] == ["Oslo Fjord Trust"]


def test_capitals_of_a_heading_make_no_name() -> None:
    doc = make(
        "Deep Harbour Rises In Chile Sol Deep water rose . Ana Sol spoke",
        [("Deep Harbour Rises", "ORG"), ("Sol", "ORG"), ("Ana Sol", "PERSON")],
    )
    doc.spans["blocks"] = [Span(doc, 0, 6, "heading"), Span(doc, 6, len(doc), "paragraph")]
    assert [mention.text for mention in find_mentions(doc)] == ["Chile", "Sol", "Ana Sol"]


def test_a_common_word_at_the_start_of_a_sentence_is_no_name() -> None:
    entities = [("Salvage", "PERSON")]
    assert find_mentions(make("Salvage began", entities, pos={"Salvage": "NOUN"})) == []
    assert len(find_mentions(make("Salvage began", entities, pos={"Salvage": "PROPN"}))) == 1


def test_one_name_has_one_label() -> None:
    doc = make("Velo won . Velo lost . Velo ended", [("Velo", "ORG"), ("Velo", "ORG"), ("Velo", "PERSON")])
    assert {mention.label for mention in find_mentions(doc)} == {"ORG"}


def test_a_title_or_a_preposition_of_place_outweighs_the_label() -> None:
    doc = make("Mr. Velo sat in Dorra", [("Velo", "ORG"), ("Dorra", "PERSON")])
    assert [mention.label for mention in find_mentions(doc)] == ["PERSON", "GPE"]


@pytest.mark.parametrize(
    ("text", "is_ambiguous"),
    [("Georgia voted", True), ("Georgia and Tbilisi voted", False), ("Congo voted", True), ("Korea voted", True)],
)
def test_a_name_of_several_places_is_ambiguous_until_the_document_settles_it(text: str, *, is_ambiguous: bool) -> None:
    assert find_mentions(make(text))[0].is_ambiguous is is_ambiguous


def test_a_country_and_a_person_of_one_name_are_told_apart() -> None:
    person = make("Eva Jordan spoke . Jordan left", [("Eva Jordan", "PERSON"), ("Jordan", "GPE")])
    country = make("Jordan and Amman agreed", [("Jordan", "PERSON")])
    unsettled = make("Jordan smiled", [("Jordan", "PERSON")])
    assert [(m.kind, m.name) for m in find_mentions(person)] == [(ActorKind.PERSON, "Eva Jordan")] * 2
    assert find_mentions(country)[0].code == "JOR"
    assert (find_mentions(unsettled)[0].kind, find_mentions(unsettled)[0].is_ambiguous) == (ActorKind.PERSON, True)


@pytest.mark.parametrize("text", ["tell us all", "Polish the shoe", "male voters", "eat turkey", "CONTACT US NOW"])
def test_common_words_are_no_names(text: str) -> None:
    pos = {"Polish": "VERB", "US": "PROPN", "CONTACT": "VERB", "NOW": "ADV"}
    assert find_mentions(make(text, pos=pos)) == []


WORDS = st.sampled_from(
    [
        "The",
        "Iran",
        "-",
        "China",
        "Dr.",
        "President",
        "'s",
        "(",
        "PLA",
        ")",
        ",",
        "Ana",
        "Sol",
        "in",
        "US",
        "\n",
        "Congo",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12), st.data())
def test_mentions_are_exact_ordered_and_apart(words: list[str], data: st.DataObject) -> None:
    doc = Doc(VOCAB, words=words, pos=["PROPN"] * len(words))
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    doc.ents = (Span(doc, start, end, data.draw(st.sampled_from(["PERSON", "ORG", "GPE", "NORP"]))),)
    mentions = find_mentions(doc)
    assert all(doc.text[m.span.start : m.span.end] == m.text == m.text.strip() != "" for m in mentions)
    assert all(m.name and not m.text.startswith("The ") for m in mentions)
    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))
