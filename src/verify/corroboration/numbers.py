"""Whether two claims give different numbers for the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.corroboration.stems import content_stems
from verify.models import Span

if TYPE_CHECKING:
    from verify.models import Claim, Quantity

_EXACT = 0.01  # share by which two exact numbers may differ, for rounding
_ROUGH = 0.15  # the same where one of them is approximate
_BOUND = r"(?:at least|more than|over|above|up to|as many as|less than|fewer than|under|nearly|almost)"
_OPENS = re.compile(_BOUND + r"\W", re.I)
_OPENED = re.compile(r"\b" + _BOUND + r"\W{1,3}$", re.I)


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity with a number, as far as it can be compared with another claim's."""

    span: Span
    unit: str
    counted: frozenset[str]  # stems of what is counted
    low: float
    high: float
    is_approximate: bool
    is_open: bool  # the words give a bound, not an amount

    @property
    def measure(self) -> tuple[str, frozenset[str]]:
        """What is measured, and in what: only amounts of one measure can differ."""
        return self.unit, self.counted


def amounts_of(claim: Claim) -> tuple[Amount, ...]:
    """Return the quantities of a claim that have a number, in its order."""
    return tuple(_amount(claim, quantity) for quantity in claim.quantities if quantity.value is not None)


def find_conflict(mine: Sequence[Amount], theirs: Sequence[Amount]) -> tuple[Amount, Amount] | None:
    """Return the amounts in which two claims about the same thing differ.

    Only amounts of the same unit that count the same thing are compared, and only where each claim has one
    of them; a bound ("at least 10") conflicts with nothing, a range with what lies outside of it.

    Args:
        mine: The amounts of a claim.
        theirs: Those of a claim that is otherwise the same.
    """
    if not mine or not theirs:
        return None
    ours, others = _by_measure(mine), _by_measure(theirs)
    for measure in sorted(ours.keys() & others.keys(), key=_order):
        pair = ours[measure], others[measure]
        if len(pair[0]) == len(pair[1]) == 1 and _differ(pair[0][0], pair[1][0]):
            if pair[0][0].is_open or pair[1][0].is_open:
                continue
            return pair[0][0], pair[1][0]
    return None


def share_numbers(mine: Sequence[Amount], theirs: Sequence[Amount]) -> bool:
    """Say whether two claims have a number in common, or one of them has none."""
    return not mine or not theirs or any(not _differ(a, b) for a in mine for b in theirs)


def _amount(claim: Claim, quantity: Quantity) -> Amount:
    low = quantity.value or 0.0
    return Amount(
        quantity.span,
        quantity.unit,
        content_stems(quantity.counted),
        low,
        low if quantity.value_high is None else quantity.value_high,
        quantity.is_approximate,
        _is_open(claim, quantity),
    )


def _by_measure(amounts: Sequence[Amount]) -> dict[tuple[str, frozenset[str]], list[Amount]]:
    found: dict[tuple[str, frozenset[str]], list[Amount]] = {}
    for amount in amounts:
        if any(amount.measure):
            found.setdefault(amount.measure, []).append(amount)
    return found


def _order(measure: tuple[str, frozenset[str]]) -> tuple[str, list[str]]:
    return measure[0], sorted(measure[1])


def _differ(one: Amount, other: Amount) -> bool:
    tolerance = _ROUGH if one.is_approximate or other.is_approximate else _EXACT
    slack = tolerance * max(abs(one.high), abs(other.high))
    return one.low > other.high + slack or other.low > one.high + slack


def _is_open(claim: Claim, quantity: Quantity) -> bool:
    """Say whether the words give a bound, not an amount."""
    before = claim.text[: max(0, quantity.span.start - claim.span.start)]
    return bool(_OPENED.search(before[-20:]) or _OPENS.match(quantity.text))
