"""What named actors do in a claim, on fixed parses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from spacy.tokens import Doc

from verify.extract.claims.find import find_claims
from verify.models import Attribution, Mention, Span
from verify.terms import ActorKind, ActorRole, SourceKind

Parse = Callable[[str], Doc]


def roles(doc: Doc, names: dict[str, ActorKind], attributions: tuple[Attribution, ...] = ()) -> set[tuple[str, str]]:
    mentions = [Mention(span(doc, name), name, "GPE", kind, name) for name, kind in names.items()]
    found = find_claims(
        doc, mentions=mentions, resolved={}, attributions=attributions, times=(), hedges=(), quantities=()
    )
    return {(one.mention.name, str(one.role)) for claim in found for one in claim.participants}


def span(doc: Doc, text: str) -> Span:
    start = doc.text.index(text)
    return Span(start, start + len(text))


@pytest.mark.parametrize(
    ("name", "kind", "role"),
    [
        ("Brazil", ActorKind.COUNTRY, ActorRole.ACTOR),
        ("Russia", ActorKind.COUNTRY, ActorRole.TARGET),
        ("Oslo", ActorKind.PLACE, ActorRole.PLACE),
        ("Chile", ActorKind.COUNTRY, ActorRole.TARGET),
        ("Peru", ActorKind.COUNTRY, ActorRole.ACTOR),
        ("Malta", ActorKind.COUNTRY, ActorRole.TARGET),
    ],
)
def test_the_role_follows_the_grammar(parse: Parse, name: str, kind: ActorKind, role: ActorRole) -> None:
    assert (name, str(role)) in roles(parse("claims_roles"), {name: kind})


def test_the_source_is_a_participant(parse: Parse) -> None:
    doc = parse("claims_reporting")
    assert ("Lopez", "source") in roles(doc, {"Lopez": ActorKind.PERSON}, (said(doc),))


def test_the_author_is_no_source(parse: Parse) -> None:
    """A name beside the author's own voice, as in "we in Norway think"."""
    doc = parse("claims_reporting")
    own = replace(said(doc), source_kind=SourceKind.AUTHOR)
    assert ("Lopez", "source") not in roles(doc, {"Lopez": ActorKind.PERSON}, (own,))


def said(doc: Doc) -> Attribution:
    content = "that the two countries signed a pact"
    return Attribution((span(doc, "Lopez"),), (span(doc, "said"),), (span(doc, content),))
