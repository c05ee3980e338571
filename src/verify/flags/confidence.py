"""How far a claim can be used as it stands: a band that follows from its flags alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from verify.terms import Confidence, Flag, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

CORROBORATED = "corroborated"
"""The reason that lifts the band by one; a fact about a claim, not a flag."""

THRESHOLDS: tuple[tuple[Confidence, Severity, int], ...] = (
    (Confidence.LOW, Severity.STRONG, 1),
    (Confidence.LOW, Severity.WARN, 2),
    (Confidence.MEDIUM, Severity.WARN, 1),
    (Confidence.MEDIUM, Severity.INFO, 2),
)
"""The rule: the first line whose severity the claim has that many different flags of gives the band, else high."""

_LIFTED = {Confidence.LOW: Confidence.MEDIUM, Confidence.MEDIUM: Confidence.HIGH, Confidence.HIGH: Confidence.HIGH}


def confidence(flags: Iterable[Flag], *, is_corroborated: bool) -> tuple[Confidence, tuple[str, ...]]:
    """Grade a claim.

    Args:
        flags: The claim's flags; one that is raised on several words counts once.
        is_corroborated: Whether another independent publisher makes the claim, which lifts the band by one.

    Returns:
        The band, and its reasons: the flags' names in the order of the vocabulary, then "corroborated".
    """
    raised = set(flags)
    counts = Counter(flag.severity for flag in raised)
    band = next((band for band, severity, least in THRESHOLDS if counts[severity] >= least), Confidence.HIGH)
    reasons = tuple(flag.value for flag in Flag if flag in raised)
    return (_LIFTED[band], (*reasons, CORROBORATED)) if is_corroborated else (band, reasons)
