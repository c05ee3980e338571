"""Polarity and factuality of predicates, on fixed parses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from verify import lexicon
from verify.extract.factuality.rate import Rating, rate
from verify.terms import Factuality, Polarity


@pytest.fixture
def doc(parse: Callable[[str], Doc]) -> Doc:
    return parse("factuality")


def rated(doc: Doc, sentence: str, word: str) -> Rating:
    (sent,) = [sent for sent in doc.sents if sent.text.startswith(sentence)]
    (token,) = [token for token in sent if token.text == word]
    return rate(doc, [token.i])[token.i]


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("The army did not", "attack", "CT-"),
        ("Nobody", "left", "CT-"),
        ("The group failed", "stop", "CT-"),
        ("The group failed", "failed", "CT+"),
        ("Officials know", "left", "CT+"),
        ("Officials do not", "left", "CT+"),
        ("Officials do not", "know", "CT-"),
        ("The firm denied", "paid", "CT-"),
        ("The court may", "release", "PS+"),
        ("The alleged", "attack", "PS+"),
        ("The alleged", "shocked", "CT+"),
        ("Did the army", "leave", "Uu+"),
        ("If the talks", "fail", "Uu+"),
        ("If the talks", "rise", "CT+"),
        ("He left without", "paying", "CT-"),
        ("He left without", "left", "CT+"),
        ("The plan is not only", "costly", "CT+"),
        ("She did not sing", "dance", "CT-"),
        ("The ship is likely", "sink", "PR+"),
        ("Close the door", "Close", "Uu+"),
        ("Close the door", "wait", "Uu+"),
        ("She refused", "sign", "CT-"),
        ("The town has no", "has", "CT-"),
        ("The date has yet", "announced", "CT-"),
        ("They sought", "sought", "CT+"),
        ("They sought", "stop", "Uu+"),
        ("They sought", "punish", "Uu+"),
        ("The fleet is capable", "sinking", "Uu+"),
        ("After leaving", "leaving", "CT+"),
        ("Officials neither", "hit", "Uu+"),
        ("Officials neither", "denied", "CT-"),
        ("Peru neither", "rented", "CT-"),
        ("Peru neither", "bought", "CT-"),
        ("Peru is no longer", "building", "CT-"),
        ("Not all", "sailed", "CT-"),
        ("The ferry cannot", "reach", "CT-"),
        ("The ferry may not", "reach", "PS-"),
        ("The crew barely", "escaped", "CT+"),
        ("The story", "sank", "CT-"),
        ("The harbour", "appears", "PR+"),
        ("There is no chance", "sink", "CT-"),
        ("There is a slim", "sail", "PR-"),
    ],
)
def test_what_the_words_say_of_a_predicate(doc: Doc, sentence: str, word: str, expected: str) -> None:
    rating = rated(doc, sentence, word)
    assert f"{rating.factuality}{rating.polarity}" == expected


def test_negation_names_the_words_that_deny(doc: Doc) -> None:
    rating = rated(doc, "The army did not", "attack")
    assert [doc[index].text for index in rating.negation] == ["not"]
    assert rated(doc, "Officials know", "left").negation == ()


def test_negation_over_a_reason_or_a_conjunct_is_unclear(doc: Doc) -> None:
    assert rated(doc, "They did not leave because", "leave").is_negation_unclear
    assert rated(doc, "She did not sing", "dance").is_negation_unclear
    assert not rated(doc, "The army did not", "attack").is_negation_unclear


def test_how_many_of_all_are_denied_is_unclear(doc: Doc) -> None:
    assert rated(doc, "Not all", "sailed").is_negation_unclear


def test_no_score_contradicts_a_denial(doc: Doc) -> None:
    assert all(rating.score < 0 for rating in rate(doc, range(len(doc))).values() if is_denied(rating))


def is_denied(rating: Rating) -> bool:
    return rating.factuality is Factuality.CERTAIN and rating.polarity is Polarity.NEGATIVE


def test_scores_follow_polarity(doc: Doc) -> None:
    assert rated(doc, "The army did not", "attack").score < 0 < rated(doc, "Officials know", "left").score
    assert all(-3 <= rating.score <= 3 for rating in rate(doc, range(len(doc))).values())


def test_long_coordination_and_nesting_end(doc: Doc) -> None:
    size = 3000
    chain = Doc(
        doc.vocab,
        words=["go"] * size,
        lemmas=["go"] * size,
        tags=["VB"] * size,
        pos=["VERB"] * size,
        heads=[max(0, index - 1) for index in range(size)],
        deps=["ROOT"] + ["conj" if index % 2 else "xcomp" for index in range(1, size)],
    )
    assert len(rate(chain, [size - 1])) == 1


def test_signatures_are_stances() -> None:
    stances = {"Uu"} | {f"{level}{sign}" for level in Factuality if level != "Uu" for sign in Polarity}
    for row in lexicon.load("signatures"):
        assert {row["affirmed"], row["negated"]} <= stances
        assert row["frame"] in ("that", "to", "ing")
