"""Whether two claims give different numbers for the same thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verify.corroboration.stems import content_stems

if TYPE_CHECKING:
    from verify.models import Claim, Quantity

_EXACT = 0.01  # share by which two exact numbers may differ, for rounding
_ROUGH = 0.15  # the same where one of them is approximate
_BOUND = r"(?:at least|more than|over|above|up to|as many as|less than|fewer than|under|nearly|almost)"
_OPENS = re.compile(_BOUND + r"\W", re.I)
_OPENED = re.compile(r"\b" + _BOUND + r"\W{1,3}$", re.I)


def find_conflict(one: Claim, other: Claim) -> tuple[Quantity, Quantity] | None:
    """Return the quantities in which two claims about the same thing differ.

    Only quantities of the same unit that count the same thing are compared, and only where each claim has one
    of them; a bound ("at least 10") conflicts with nothing, a range with what lies outside of it.

    Args:
        one: A claim.
        other: A claim that is otherwise the same.
    """
    mine, theirs = _by_measure(one), _by_measure(other)
    for measure in sorted(mine.keys() & theirs.keys(), key=str):
        pair = mine[measure], theirs[measure]
        if len(pair[0]) == len(pair[1]) == 1 and _differ(pair[0][0], pair[1][0]):
            if _is_open(one, pair[0][0]) or _is_open(other, pair[1][0]):
                continue
            return pair[0][0], pair[1][0]
    return None


def share_numbers(one: Claim, other: Claim) -> bool:
    """Say whether the claims have a number in common, or one of them has none."""
    mine, theirs = ([q for q in claim.quantities if q.value is not None] for claim in (one, other))
    return not mine or not theirs or any(not _differ(a, b) for a in mine for b in theirs)


def _by_measure(claim: Claim) -> dict[tuple[str, frozenset[str]], list[Quantity]]:
    found: dict[tuple[str, frozenset[str]], list[Quantity]] = {}
    for quantity in claim.quantities:
        measure = (quantity.unit, content_stems(quantity.counted))
        if quantity.value is not None and any(measure):
            found.setdefault(measure, []).append(quantity)
    return found


def _differ(one: Quantity, other: Quantity) -> bool:
    low, high = _range(one)
    other_low, other_high = _range(other)
    tolerance = _ROUGH if one.is_approximate or other.is_approximate else _EXACT
    slack = tolerance * max(abs(high), abs(other_high))
    return low > other_high + slack or other_low > high + slack


def _range(quantity: Quantity) -> tuple[float, float]:
    low = quantity.value or 0.0
    return low, low if quantity.value_high is None else quantity.value_high


def _is_open(claim: Claim, quantity: Quantity) -> bool:
    """Say whether the words give a bound, not an amount."""
    before = claim.text[: max(0, quantity.span.start - claim.span.start)]
    return bool(_OPENED.search(before[-20:]) or _OPENS.match(quantity.text))
