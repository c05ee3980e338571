"""Flags on what other articles say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.corroboration import amounts_of, find_conflict
from verify.flags.context import Context, Evidence
from verify.terms import MatchKind

if TYPE_CHECKING:
    from collections.abc import Iterator


def single_publisher(context: Context) -> Iterator[Evidence]:
    """No other independent publisher in the dataset makes the claim."""
    if context.n_publishers < 2:
        yield Evidence("no other independent publisher makes the claim")


def duplicate(context: Context) -> Iterator[Evidence]:
    """The same words stand in another article of the same publisher."""
    if context.repeated_in:
        yield Evidence(f"also in {context.repeated_in}", context.claim.span)


def syndicated(context: Context) -> Iterator[Evidence]:
    """The article is a copy of another publisher's."""
    if context.analysed.syndicated_from is not None:
        yield Evidence(f"copy of {context.analysed.syndicated_from}")


def contradicted(context: Context) -> Iterator[Evidence]:
    """Another article says the opposite."""
    for other in context.counterparts:
        if other.kind is MatchKind.CONTRADICTS:
            yield Evidence(other.quote(), context.claim.head)


def conflicting_numbers(context: Context) -> Iterator[Evidence]:
    """Another article gives another number for the same thing."""
    for other in context.counterparts:
        if other.kind is MatchKind.CONFLICTING_NUMBERS:
            conflict = find_conflict(amounts_of(context.claim), other.said.amounts)
            yield Evidence(other.quote(), conflict[0].span if conflict else context.claim.head)
