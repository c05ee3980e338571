"""Clauses that carry others and calls to act, on fixed parses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from verify.extract.claims.find import find_claims
from verify.models import Claim


@pytest.fixture
def found(parse: Callable[[str], Doc]) -> dict[str, Claim]:
    """The claims of the sentences by their propositions."""
    doc = parse("claims_carriers")
    claims = find_claims(doc, mentions=(), resolved={}, attributions=(), times=(), hedges=(), quantities=())
    return {claim.proposition: claim for claim in claims}


@pytest.mark.parametrize(
    "proposition",
    [
        "Peru will lease the ferry",
        "It is vital that Peru leases the ferry",
        "Peru sank the ferry",
        "There is no evidence that Peru sank the ferry",
        "We did not urge Chile to leave",
        "Our first aim must be the safety of sailors",
    ],
)
def test_what_says_something_stays(found: dict[str, Claim], proposition: str) -> None:
    assert proposition in found


@pytest.mark.parametrize("opening", ["It is very likely", "It is Peru", "There is a slim chance", "We urge"])
def test_what_only_carries_a_clause_or_calls_for_one_is_no_claim(found: dict[str, Claim], opening: str) -> None:
    assert not any(proposition.startswith(opening) for proposition in found)


def test_a_gerund_beside_a_predicative_is_no_verb_of_the_subject(found: dict[str, Claim]) -> None:
    assert not any("must keeping" in proposition for proposition in found)


def test_what_there_is_has_no_object(found: dict[str, Claim]) -> None:
    claim = found["There is no way out under the law"]
    assert (claim.predicate.text, claim.object) == ("There is", None)
