"""Attribution: worked examples on fixed parses, types of sources and cues, and properties of any input."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import blank
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from tests.conftest import read_conllu
from verify.extract.attribution.find import find_attributions
from verify.extract.attribution.types import cue_type
from verify.models import Attribution, Mention, Span
from verify.terms import ActorKind, CueClass, Factivity, SourceKind

PARSES = Path(__file__).parent / "data" / "parses" / "attribution.conllu"


@pytest.fixture(scope="module")
def examples() -> dict[str, Doc]:
    """The worked examples by name; sentences of one example follow one another."""
    import spacy

    vocab: Vocab = spacy.blank("en").vocab
    blocks: dict[str, list[str]] = {}
    for block in PARSES.read_text("utf-8").strip().split("\n\n"):
        blocks.setdefault(block.splitlines()[0].removeprefix("# id = "), []).append(block)
    return {name: read_conllu(vocab, "\n\n".join(some)) for name, some in blocks.items()}


def roles(doc: Doc, found: list[Attribution]) -> list[tuple[str, str, str]]:
    def words(spans: tuple[Span, ...]) -> str:
        return " | ".join(doc.text[span.start : span.end] for span in spans)

    return [(words(one.source), words(one.cue), words(one.content)) for one in found]


EXAMPLES = [
    ("direct", [("Marta Lindqvist", "said", "“The river is rising by the hour,”")]),
    ("indirect", [("The ministry", "said", "that three bridges had collapsed")]),
    ("mixed", [("The governor", "said", "the flood was “worse than any in living memory.”")]),
    ("according", [("two engineers", "according to", "The dam will be closed in May")]),
    ("nominal", [("", "claim", "that the dam was safe")]),
    ("owned_nominal", [("Her", "belief", "that the dam was safe")]),
    ("passive_as", [("Mr. Okafor", "was described", "The dam | as a danger")]),
    ("expected", [("", "is expected", "The council | to close the dam")]),
    ("said_to", [("", "is believed", "that the wall cracked in March")]),
    ("parenthetical", [("officials", "said", "The pumps | failed at noon")]),
    ("inverted", [("the mayor of Norvik", "said", "The pumps failed at noon")]),
    ("participle", [("Okafor", "adding", "that he was tired")]),
    ("as_confirmed", [("the respective ministries", "confirmed", "Three soldiers died")]),
    ("as_indicated", [("various reports", "indicated", "The talks failed")]),
    ("alleged", [("Norvik", "condemned", "the alleged military cooperation"), ("", "alleged", "military cooperation")]),
    ("reportedly", [("", "reportedly", "The company has | moved its archive")]),
    ("dialogue", [("OKAFOR", ":", "We will rebuild the wall")]),
    ("colon_quote", [("Lindqvist", "said", '"We will go on."')]),
    ("continued", [("she", "said", "“We were warned,” | “Nobody listened.”")]),
    (
        "nested",
        [
            ("Okafor", "said", "Lindqvist believes that the wall will hold"),
            ("Lindqvist", "believes", "that the wall will hold"),
        ],
    ),
    ("denied", [("Tehran", "denied", "that the ship carried weapons")]),
    ("accused", [("Critics", "accused", "the mayor of hiding the report")]),
    ("promised", [("The mayor", "promised", "to publish the report")]),
    ("shared", [("The mayor", "said", "that it was safe")]),
    ("relative", [("who", "warned", "that the wall would break")]),
    ("as_said", [("the mayor", "noted", "the wall is old")]),
]


@pytest.mark.parametrize(("name", "expected"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_a_worked_example(examples: dict[str, Doc], name: str, expected: list[tuple[str, str, str]]) -> None:
    doc = examples[name]
    assert roles(doc, find_attributions(doc, (), {}, use_model=False)) == expected


TYPES = [
    ("indirect", SourceKind.GOVERNMENT, CueClass.SAYS, Factivity.NONFACTIVE, False),
    ("mixed", SourceKind.UNNAMED_PERSON, CueClass.SAYS, Factivity.NONFACTIVE, False),
    ("according", SourceKind.UNNAMED_GROUP, CueClass.SAYS, Factivity.NONFACTIVE, False),
    ("nominal", SourceKind.UNNAMED_GROUP, CueClass.CLAIMS, Factivity.NONFACTIVE, True),
    ("as_confirmed", SourceKind.UNNAMED_GROUP, CueClass.CONFIRMS, Factivity.FACTIVE, False),
    ("as_indicated", SourceKind.UNNAMED_GROUP, CueClass.CONFIRMS, Factivity.NONFACTIVE, True),
    ("expected", SourceKind.UNNAMED_GROUP, CueClass.ESTIMATES, Factivity.NONFACTIVE, True),
    ("denied", SourceKind.NAMED_PERSON, CueClass.DENIES, Factivity.COUNTERFACTIVE, False),
    ("accused", SourceKind.UNNAMED_GROUP, CueClass.ALLEGES, Factivity.NONFACTIVE, True),
    ("promised", SourceKind.UNNAMED_PERSON, CueClass.PROMISES, Factivity.NONFACTIVE, False),
]


@pytest.mark.parametrize(("name", "kind", "cue", "factivity", "is_hedge"), TYPES, ids=[row[0] for row in TYPES])
def test_sources_and_cues_are_typed_by_their_words(
    examples: dict[str, Doc], name: str, kind: SourceKind, cue: CueClass, factivity: Factivity, is_hedge: bool
) -> None:
    (found,) = find_attributions(examples[name], (), {}, use_model=False)
    assert (found.source_kind, found.cue_class, found.factivity, found.is_hedge) == (kind, cue, factivity, is_hedge)


def mention(doc: Doc, words: str, kind: ActorKind, name: str = "", *, is_inferred: bool = False) -> Mention:
    start = doc.text.index(words)
    return Mention(Span(start, start + len(words)), words, "", kind, name or words, is_inferred=is_inferred)


@pytest.mark.parametrize(
    ("name", "words", "kind", "expected"),
    [
        ("denied", "Tehran", ActorKind.COUNTRY, SourceKind.GOVERNMENT),
        ("direct", "Marta Lindqvist", ActorKind.PERSON, SourceKind.NAMED_PERSON),
        ("colon_quote", "Lindqvist", ActorKind.ORGANISATION, SourceKind.NAMED_ORGANISATION),
    ],
)
def test_a_named_source_has_the_kind_of_its_name(
    examples: dict[str, Doc], name: str, words: str, kind: ActorKind, expected: SourceKind
) -> None:
    doc = examples[name]
    (found,) = find_attributions(doc, [mention(doc, words, kind)], {}, use_model=False)
    assert (found.source_kind, found.source_name, found.is_inferred) == (expected, words, False)


def test_a_ministry_with_a_name_is_government(examples: dict[str, Doc]) -> None:
    doc = examples["indirect"]
    ministry = mention(doc, "ministry", ActorKind.ORGANISATION, "Ministry of Transport")
    (found,) = find_attributions(doc, [ministry], {}, use_model=False)
    assert found.source_kind is SourceKind.GOVERNMENT


def test_a_resolved_pronoun_gives_its_name_and_says_so(examples: dict[str, Doc]) -> None:
    doc = examples["continued"]
    she = mention(doc, "she", ActorKind.PERSON, "Marta Lindqvist", is_inferred=True)
    index = next(token.i for token in doc if token.text == "she")
    (found,) = find_attributions(doc, (), {index: she}, use_model=False)
    assert (found.source_name, found.is_inferred, found.source_text) == ("Marta Lindqvist", True, "she")
    assert found.source_kind is SourceKind.NAMED_PERSON


def test_an_open_pronoun_is_a_person_without_a_name(examples: dict[str, Doc]) -> None:
    doc = examples["continued"]
    index = next(token.i for token in doc if token.text == "she")
    (found,) = find_attributions(doc, (), {index: None}, use_model=False)
    assert (found.source_name, found.is_inferred, found.source_kind) == ("", False, SourceKind.UNNAMED_PERSON)


def test_a_relative_pronoun_takes_the_name_before_it(examples: dict[str, Doc]) -> None:
    doc = examples["relative"]
    (found,) = find_attributions(doc, [mention(doc, "engineer", ActorKind.PERSON, "Okafor")], {}, use_model=False)
    assert found.source_name == "Okafor"


@pytest.mark.parametrize(("name", "is_direct"), [("direct", True), ("continued", True), ("mixed", False)])
def test_only_words_in_quotation_marks_are_direct(examples: dict[str, Doc], name: str, is_direct: bool) -> None:
    (found,) = find_attributions(examples[name], (), {}, use_model=False)
    assert found.is_direct is is_direct


def test_the_model_finds_the_plain_forms_of_reporting(nlp: Language) -> None:
    doc = nlp('The minister said that the bridge had collapsed. "We will rebuild it," he said.')
    found = roles(doc, find_attributions(doc, (), {}))
    assert ("The minister", "said", "that the bridge had collapsed") in found
    assert ("he", "said", '"We will rebuild it,"') in found


def test_the_model_keeps_hearsay_without_a_source(nlp: Language) -> None:
    doc = nlp("Its support extends beyond oil purchases to diplomatic cover and alleged military cooperation.")
    assert ("", "alleged", "military cooperation") in roles(doc, find_attributions(doc, (), {}))


PIECES = st.sampled_from(
    [
        "The mayor said",
        "“",
        "”",
        '"',
        " ",
        "\n\n",
        ":",
        "it is over.",
        "according to",
        "alleged",
        "''",
        "he",
        "—",
        "\xa0",
        "🌊",
        "A: b",
    ]
)


@pytest.mark.parametrize("use_model", [True, False])
@settings(max_examples=25, deadline=None)
@given(pieces=st.lists(PIECES, max_size=14))
def test_any_text_gives_exact_spans(nlp: Language, use_model: bool, pieces: list[str]) -> None:
    doc = nlp(" ".join(pieces))
    for found in find_attributions(doc, (), {}, use_model=use_model):
        assert found.cue
        assert found.content
        assert 0 < found.score <= 1
        for spans in (found.source, found.cue, found.content):
            assert list(spans) == sorted(spans)
            assert all(0 <= span.start < span.end <= len(doc.text) for span in spans)
            assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_word_of_alleging_anywhere_in_a_cue_decides_its_class() -> None:
    words, tags = ["filed", "a", "suit", "alleging"], ["VERB", "DET", "NOUN", "NOUN"]
    doc = Doc(blank("en").vocab, words=words, lemmas=["file", "a", "suit", "alleging"], pos=tags)
    assert cue_type(doc, 0, (0, 1, 2, 3))[0] is CueClass.ALLEGES
    assert cue_type(doc, 0)[0] is CueClass.SAYS
