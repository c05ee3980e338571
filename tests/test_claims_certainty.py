"""How certainly whole claims are presented, on fixed parses that hold faults a parser makes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from verify.extract.claims.find import find_claims
from verify.extract.hedges.find import find_hedges
from verify.models import Claim


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
