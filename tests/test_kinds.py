"""What kind of claim a proposition makes, on fixed parses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from verify.extract.claims.find import find_claims
from verify.extract.factuality.rate import Rating
from verify.models import Quantity, Span
from verify.terms import ClaimKind, Factuality, Polarity

Parse = Callable[[str], Doc]


@pytest.fixture(autouse=True)
def plain_rating(monkeypatch: pytest.MonkeyPatch) -> None:
    """How verbs are rated is tested elsewhere."""
    certain = Rating(3.0, Polarity.POSITIVE, Factuality.CERTAIN)
    monkeypatch.setattr("verify.extract.claims.find.rate", lambda doc, heads: dict.fromkeys(heads, certain))


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        ("This paper", ClaimKind.META),
        ("The bank", ClaimKind.PREDICTION),
        ("The city", ClaimKind.PREDICTION),
        ("Exports", ClaimKind.STATISTIC),
        ("The decision", ClaimKind.OPINION),
        ("The army", ClaimKind.OPINION),
        ("Norway", ClaimKind.STATE),
        ("Rebels", ClaimKind.EVENT),
    ],
)
def test_the_kind_follows_from_the_words(parse: Parse, opening: str, kind: ClaimKind) -> None:
    doc = parse("claims_kinds")
    start = doc.text.index("12 percent")
    percent = Quantity(Span(start, start + 10), "12 percent", 12.0, unit="percent")
    found = find_claims(doc, mentions=(), resolved={}, attributions=(), times=(), hedges=(), quantities=(percent,))
    assert [claim.kind for claim in found if claim.proposition.startswith(opening)] == [kind]


def test_a_small_count_makes_no_statistic(parse: Parse) -> None:
    doc = parse("claims_clauses")
    start = doc.text.index("two frigates")
    two = Quantity(Span(start, start + 12), "two frigates", 2.0, counted="frigates")
    found = find_claims(doc, mentions=(), resolved={}, attributions=(), times=(), hedges=(), quantities=(two,))
    assert next(c for c in found if c.quantities).kind is ClaimKind.EVENT
