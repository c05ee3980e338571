"""Flags on when it happened."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from verify.flags.context import Context, Evidence
from verify.terms import ClaimKind

if TYPE_CHECKING:
    from collections.abc import Iterator


def undated(context: Context) -> Iterator[Evidence]:
    """No time expression belongs to the claim; the date of publication is none."""
    if not context.claim.times:
        yield Evidence("no time expression belongs to the claim")


def vague_date(context: Context) -> Iterator[Evidence]:
    """No time of the claim has a place on the calendar."""
    times = context.claim.times
    if not any(time.edtf and not time.is_vague for time in times):
        for time in times:
            yield context.shown(time.span)


def ambiguous_date(context: Context) -> Iterator[Evidence]:
    """A date can be read in two ways, as 03/04/2024."""
    for time in context.claim.times:
        if time.is_ambiguous:
            yield context.shown(time.span)


def date_after_publication(context: Context) -> Iterator[Evidence]:
    """A time begins after the day of publication, yet the claim is no prediction."""
    published = context.analysed.article.published_at
    if published is None or context.claim.kind is ClaimKind.PREDICTION:
        return
    day = published.date() if isinstance(published, datetime) else published
    for time in context.claim.times:
        if time.start and time.start > day:
            yield Evidence(f"{context.words(time.span)}: {time.start} is after {day}", time.span)
