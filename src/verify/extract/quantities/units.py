"""One name for each unit: pint's where it knows the unit, the ISO 4217 code of a currency, else our own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from verify import lexicon

if TYPE_CHECKING:
    import pint

_PART = re.compile(
    r"(?P<stroke>\s?/\s?|\s(?:per|an?|each)\s)?"
    r"(?P<name>[^\s/·\d⁻²³−–]+(?: [A-Za-z.]{2,})*?)(?P<power>[-−–⁻]?[1-4¹²³])?(?=[\s/·]|$)"
)
_SUPERSCRIPTS = str.maketrans("⁻−–¹²³", "---123")


@lru_cache(maxsize=10_000)
def normal_unit(written: str) -> str:
    """Return the name of a unit as it is written in text.

    Args:
        written: The words or symbols, as "km/h", "mW m−2", "barrels per day", "percentage points".

    Returns:
        The name: `kilometer / hour`, `percent`, `USD`. What no lexicon row explains is returned as it is written.
    """
    whole = single_unit(written)
    if whole:
        return whole
    expression, sign = [], 1
    for part in _PART.finditer(written):
        name = single_unit(part["name"])
        if not name:
            return written
        sign = -1 if part["stroke"] else sign
        power = int((part["power"] or "1").translate(_SUPERSCRIPTS)) * sign
        expression.append((name, power))
    return _formatted(expression) or written


def single_unit(word: str) -> str:
    """Return the name of a unit of one spelling, with its prefix, or an empty string."""
    spellings = _spellings()
    if word in spellings:
        return spellings[word]
    if word.lower() in spellings and len(word) > 3:
        return spellings[word.lower()]
    for prefix in lexicon.load("si_prefixes"):
        base = word.removeprefix(prefix["symbol"])
        if base != word and base in _prefixable():
            return prefix["name"] + _prefixable()[base]
    return ""


def _formatted(expression: list[tuple[str, int]]) -> str:
    """Write a product of units the way pint does."""
    try:
        unit = _registry().Unit(" * ".join(f"{name} ** {power}" for name, power in expression))
    except Exception:  # pint raises its own errors and those of its parser for units that it does not know
        over = " * ".join(name for name, power in expression if power > 0)
        under = " * ".join(name for name, power in expression if power < 0)
        return f"{over} / {under}" if under else over
    return str(unit)


@cache
def _registry() -> pint.UnitRegistry[Any]:
    """Load the unit registry; it takes half a second, so only texts with compound units pay for it."""
    import pint

    return pint.UnitRegistry()


@cache
def _spellings() -> Mapping[str, str]:
    return {row["spelling"]: row["unit"] for row in lexicon.load("units")}


@cache
def _prefixable() -> Mapping[str, str]:
    return {row["spelling"]: row["unit"] for row in lexicon.load("units") if row["form"] == "si"}
