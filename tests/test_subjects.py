"""Who or what a clause is about where its own words do not say so, on fixed parses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from verify.extract.claims.find import find_claims
from verify.extract.coreference.neutral import resolve_neutral
from verify.extract.coreference.resolve import resolve
from verify.extract.mentions.find import find_mentions
from verify.models import Claim
from verify.terms import ActorRole

Parse = Callable[[str], Doc]


@pytest.fixture
def claims(parse: Parse) -> dict[str, Claim]:
    """The claims of the sentences by their propositions."""
    doc = parse("claims_shared")
    mentions = find_mentions(doc)
    found = find_claims(
        doc,
        mentions=mentions,
        resolved=resolve(doc, mentions),
        attributions=(),
        times=(),
        hedges=(),
        quantities=(),
    )
    return {claim.proposition: claim for claim in found}


@pytest.mark.parametrize(
    "proposition",
    [
        "Two of three sailors were cooks",
        "Two of nine traders sold boats",
        "The boats were painted by Chile",
        "The boats were sold to Peru",
        "400 farmers are trapped in the valley",
        "Peru has sold 40 boats to Chile",
        "Lorries from Chile often carry wood",
        "The growing number of lorries from Chile blocks the road",
        "Peru tends to visit a few farms",
        "The repair went well",
        "Only Peru sold wood",
        "The market is run by Peru",
        "The market is run by Peru’s partners",
        "Peru builds boats in the harbour",
        "The harbour has been hit by leaks",
        "The pact creates gains for a shared market",
        "The pact creates new risks for a shared market",
    ],
)
def test_a_clause_finds_its_subject(claims: dict[str, Claim], proposition: str) -> None:
    assert proposition in claims


def test_what_is_included_goes_with_the_noun_before_it(claims: dict[str, Claim]) -> None:
    assert not any(proposition.startswith("The harbour includes") for proposition in claims)


def test_a_part_stands_with_its_whole(claims: dict[str, Claim]) -> None:
    claim = claims["Two of three sailors were cooks"]
    assert claim.text == "Three sailors were hurt, two of whom were cooks"
    assert claim.subject is not None
    assert claim.subject.text == "two of three sailors"


def test_no_where_is_left_in_the_predicate(claims: dict[str, Claim]) -> None:
    claim = claims["Peru builds boats in the harbour"]
    assert "where" not in claim.predicate.text


def test_who_is_said_to_act_is_the_actor(claims: dict[str, Claim]) -> None:
    (participant,) = claims["Peru is said to have sold the boats"].participants
    assert participant.role is ActorRole.ACTOR


def test_an_owner_with_a_rival_outside_the_claim_is_open(claims: dict[str, Claim]) -> None:
    assert claims["Peru has tried to delay its purchase of boats"].is_pronoun_unresolved
    assert not claims["Peru has tried to outbid Chile"].is_pronoun_unresolved


def test_a_partner_filled_in_is_inferred(claims: dict[str, Claim]) -> None:
    assert claims["The market is run by Peru’s partners"].is_inferred
    assert not claims["The market is run by Peru"].is_inferred


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("Peru said it would", ["Peru"]),
        ("Peru said its navy", ["Peru"]),
        ("Peru said it was clear", []),
        ("Peru says it", []),
        ("Traders in Peru", []),
        ("Chile trades", ["Peru"]),
        ("Chile welcomed", []),
    ],
)
def test_it_is_the_speaker_or_nobody(parse: Parse, opening: str, expected: list[str]) -> None:
    doc = parse("coreference_neutral")
    (sent,) = [sent for sent in doc.sents if sent.text.startswith(opening)]
    found = resolve_neutral(doc, find_mentions(doc))
    assert [found[token.i].name for token in sent if token.i in found] == expected
