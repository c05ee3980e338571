"""Flags on how certain the words are, and what kind of claim they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.flags.context import Context, Evidence
from verify.models import cover
from verify.terms import ClaimKind, Factuality

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOUBTFUL = frozenset({Factuality.PROBABLE, Factuality.POSSIBLE})


def hedged(context: Context) -> Iterator[Evidence]:
    """The words make the claim less than certain: a hedge touches it, or its head is presented as probable at most."""
    claim = context.claim
    for hedge in claim.hedges:
        yield context.shown(hedge.span)
    if not claim.hedges and claim.factuality in _DOUBTFUL:
        yield Evidence(f"{context.words(claim.head)}: {claim.factuality.meaning}", claim.head)


def prediction(context: Context) -> Iterator[Evidence]:
    """The claim is about the future."""
    if context.claim.kind is ClaimKind.PREDICTION:
        yield context.shown(cover(context.claim.predicate.spans or (context.claim.head,)))


def opinion(context: Context) -> Iterator[Evidence]:
    """The claim is a judgement, not something that can be checked."""
    if context.claim.kind is ClaimKind.OPINION:
        yield context.shown(cover(context.claim.predicate.spans or (context.claim.head,)))


def negation_scope_unclear(context: Context) -> Iterator[Evidence]:
    """A negation may or may not touch the claim."""
    claim = context.claim
    if claim.is_negation_unclear:
        for span in claim.negation or (claim.head,):
            yield context.shown(span)


def quantity_without_unit(context: Context) -> Iterator[Evidence]:
    """A number stands without a unit and without a thing counted."""
    for quantity in context.claim.quantities:
        if not quantity.unit and not quantity.counted:
            yield context.shown(quantity.span)
