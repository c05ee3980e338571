"""Hedges: which words count, what they touch and whose doubt they are, on fixed parses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from verify import lexicon
from verify.extract.hedges.find import find_hedges
from verify.models import Attribution, Hedge, Span
from verify.terms import HedgeClass, Holder

WORDS = [
    *[
        "some",
        "may",
        "alleged",
        "if",
        "of",
        "the",
        "about",
        "5",
        "?",
        "likely",
        "seems",
        "to",
        "that",
        "not",
        "people",
        "believed",
    ],
    "\n",
]


def named(doc: Doc, text: str) -> Hedge:
    (hedge,) = [hedge for hedge in find_hedges(doc) if hedge.text == text]
    return hedge


def scope_text(doc: Doc, hedge: Hedge) -> list[str]:
    return [doc.text[span.start : span.end] for span in hedge.scope]


def test_a_phrase_of_likelihood_reaches_its_clause_wherever_the_parser_hung_it(doc: Doc) -> None:
    odds = named(doc, "roughly even odds")
    assert (odds.low, odds.high) == (0.45, 0.55)
    assert any("Peru will lease the ferry" in words for words in scope_text(doc, odds))


def test_what_is_denied_is_not_doubted(doc: Doc) -> None:
    hedges = find_hedges(doc)
    denied = [sent for sent in doc.sents if sent.text.startswith(("There is no chance", "The pilot could not"))]
    spans = [Span(sent.start_char, sent.end_char) for sent in denied]
    assert len(spans) == 2
    assert not [hedge.text for hedge in hedges if any(span.contains(hedge.span) for span in spans)]


@pytest.fixture
def doc(parse: Callable[[str], Doc]) -> Doc:
    return parse("hedges")


@pytest.mark.parametrize(
    ("cue", "hedge_class", "scope"),
    [
        ("alleged", HedgeClass.EVIDENTIAL, ["military cooperation"]),
        ("reportedly", HedgeClass.EVIDENTIAL, ["The rebels", "attacked the base"]),
        ("may", HedgeClass.EPISTEMIC, ["They", "attack", "destroy the bridge"]),
        ("believed", HedgeClass.UNATTRIBUTED, ["He", "to be hiding in Oslo"]),
        ("fears", HedgeClass.EPISTEMIC, ["prices will fall"]),
        ("If", HedgeClass.CONDITION, ["the two sides could return to war"]),
        ("remote chance", HedgeClass.EPISTEMIC, ["snow"]),
        ("About", HedgeClass.APPROXIMATOR, ["500"]),
        ("Some", HedgeClass.VAGUE_PLURAL, ["experts"]),
    ],
)
def test_a_hedge_touches_its_own_words_only(doc: Doc, cue: str, hedge_class: HedgeClass, scope: list[str]) -> None:
    hedge = named(doc, cue)
    assert hedge.hedge_class is hedge_class
    assert scope_text(doc, hedge) == scope


def test_the_month_of_may_is_no_hedge(doc: Doc) -> None:
    assert "May" not in [hedge.text for hedge in find_hedges(doc)]


def test_estimative_words_carry_their_icd_203_band(doc: Doc) -> None:
    chance = named(doc, "remote chance")
    certainly_not = named(doc, "almost certainly")
    assert (chance.low, chance.high) == (0.01, 0.05)
    assert (certainly_not.low, certainly_not.high) == (0.01, 0.05)  # "almost certainly not"
    assert named(doc, "may").low is None


def test_bands_are_those_of_the_directive() -> None:
    bands = {(float(row["low"]), float(row["high"])) for row in lexicon.load("probability_words")}
    assert bands == {(0.01, 0.05), (0.05, 0.2), (0.2, 0.45), (0.45, 0.55), (0.55, 0.8), (0.8, 0.95), (0.95, 0.99)}


def test_a_hedge_inside_reported_words_is_the_sources(doc: Doc) -> None:
    start = doc.text.index("They may")
    told = Attribution(source=(), cue=(), content=(Span(start, start + len("They may attack")),))
    holders = {hedge.text: hedge.holder for hedge in find_hedges(doc, [told])}
    assert holders["may"] is Holder.SOURCE
    assert holders["reportedly"] is Holder.AUTHOR


def test_a_verb_of_doubt_is_held_by_its_subject(doc: Doc) -> None:
    assert named(doc, "fears").holder is Holder.SOURCE
    assert named(doc, "believed").holder is Holder.AUTHOR


def test_lists_name_known_classes_and_places() -> None:
    from verify.extract.hedges.cues import PLACES

    for row in lexicon.load("hedges"):
        assert HedgeClass(row["hedge_class"])
        assert row["pos"] in PLACES
        assert row["phrase"] == row["phrase"].lower().strip()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_spans_lie_in_the_text_and_scopes_leave_the_cue_out(nlp: Language, words: list[str]) -> None:
    doc = nlp(" ".join(words))
    for hedge in find_hedges(doc):
        assert doc.text[hedge.span.start : hedge.span.end] == hedge.text
        assert not any(piece.overlaps(hedge.span) for piece in hedge.scope)
        assert list(hedge.scope) == sorted(hedge.scope)


@pytest.mark.parametrize(
    ("words", "tags", "expected"),
    [
        ("Several senior officials met", "JJ JJ NNS VBD", ["Several"]),
        ("Several heavy tanks moved", "JJ JJ NNS VBD", []),
        ("Various reports say so", "JJ NNS VBP RB", ["Various"]),
        ("Multiple purposes are served", "JJ NNS VBP VBN", []),
    ],
)
def test_a_vague_plural_is_of_people_or_documents(words: str, tags: str, expected: list[str]) -> None:
    doc = Doc(spacy.blank("en").vocab, words=words.split(), tags=tags.split(), heads=[2, 2, 3, 3], deps=["amod"] * 4)
    noun = tags.split().index("NNS")
    for token in doc[:noun]:
        token.head = doc[noun]
    for token in doc:
        token.lemma_ = token.lower_.removesuffix("s") if token.tag_ == "NNS" else token.lower_
    assert [hedge.text for hedge in find_hedges(doc)] == expected
