"""What is known of the sources of a claim: whether anybody with a name stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.terms import SourceKind

if TYPE_CHECKING:
    from verify.models import Attribution, Claim

UNNAMED = frozenset({SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})
"""The kinds of source that nobody can be asked about by name."""


def nearest(claim: Claim) -> Attribution | None:
    """Return the innermost attribution of a claim to anybody but the author, which says who vouches for its words."""
    return next((found for found in claim.attributions if found.source_kind is not SourceKind.AUTHOR), None)


def is_named(attribution: Attribution) -> bool:
    """Say whether the source has a name: "Reuters" has one, "a report" and "the ministry" have none."""
    return attribution.source_kind not in UNNAMED and bool(attribution.source_name)
