"""How certainly whole claims are presented, on fixed parses that hold faults a parser makes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import verify
from verify.extract.claims.find import find_claims
from verify.extract.hedges.find import find_hedges
from verify.models import Claim
from verify.terms import ClaimKind


def claims(doc: Doc) -> list[Claim]:
    return find_claims(doc, mentions=(), resolved={}, attributions=(), times=(), hedges=find_hedges(doc), quantities=())


@pytest.mark.parametrize(
    ("proposition", "expected"),
    [
        ("The two governments have yet to sign the treaty", "CT-"),
        ("A ruling is unlikely before March", "PR-"),
        ("Norway sold the rifles", "Uu+"),
        ("Norway failed to sign the treaty", "CT-"),
        ("The council stopped short of imposing sanctions", "CT-"),
        ("It held a few drills that the mayor tends to dismiss", "CT+"),
        ("The mayor tends to dismiss a few drills", "CT+"),
        ("The figures were published in May", "CT+"),
    ],
)
def test_each_claim_is_as_certain_as_its_words(parse: Callable[[str], Doc], proposition: str, expected: str) -> None:
    rated = {claim.proposition: f"{claim.factuality}{claim.polarity}" for claim in claims(parse("claims_certainty"))}
    assert rated[proposition] == expected
    assert not any("were confirmed" in other for other in rated)


@pytest.mark.parametrize("word", ["unlikely"])
def test_a_word_of_likelihood_gives_the_claim_its_band(parse: Callable[[str], Doc], word: str) -> None:
    (claim,) = [claim for claim in claims(parse("claims_certainty")) if word in claim.text]
    assert claim.estimate is not None
    assert (claim.estimate.text, claim.estimate.low, claim.estimate.high) == (word, 0.2, 0.45)


@pytest.mark.parametrize(
    ("proposition", "expected"),
    [
        ("Peru did not rent the ferry", "CT-"),
        ("Peru did not buy the ferry", "CT-"),
        ("Peru has not rented the ferry", "CT-"),
        ("Peru rented the ferry not to Chile", "CT-"),
        ("Peru rented the ferry to Cuba", "CT+"),
        ("Peru wants not ferries", "CT-"),
        ("Peru wants trains", "CT+"),
        ("Peru will lease the ferry", "PR-"),
        ("The harbour appears set for repair", "PR+"),
        ("The pilot could not find the harbour", "CT-"),
    ],
)
def test_a_denial_reaches_what_it_denies(parse: Callable[[str], Doc], proposition: str, expected: str) -> None:
    rated = {claim.proposition: f"{claim.factuality}{claim.polarity}" for claim in claims(parse("claims_denial"))}
    assert rated[proposition] == expected


def test_what_a_noun_says_has_its_likelihood(parse: Callable[[str], Doc]) -> None:
    (claim,) = [c for c in claims(parse("claims_denial")) if c.proposition == "Peru will lease the ferry"]
    assert claim.estimate is not None
    assert (claim.estimate.low, claim.estimate.high) == (0.01, 0.05)


def test_a_failure_is_no_prediction(parse: Callable[[str], Doc]) -> None:
    (claim,) = [c for c in claims(parse("claims_denial")) if "could not find" in c.proposition]
    assert claim.kind is ClaimKind.EVENT


@pytest.mark.parametrize(("condition", "expected"), [(False, "CT"), (True, "Uu")])
def test_would_is_will_in_reported_words_without_a_condition(nlp: Language, condition: bool, expected: str) -> None:
    text = "The mayor said Peru would lease the ferry" + (" if Chile paid." if condition else ".")
    (claim,) = [c for c in verify.analyze(text, nlp=nlp).claims if c.predicate.text == "would lease"]
    assert claim.factuality == expected
