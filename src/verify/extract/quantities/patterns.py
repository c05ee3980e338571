"""The patterns of quantities: numbers, units, ranges and the words around them, from the lexicons.

Every repetition is bounded, so that no text makes matching slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from verify import lexicon

_SIGN = r"(?:[-−+](?=[\d.]))?"
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,15})(?:\.\d{1,12})?|\.\d{1,12}"
_ERROR = r"(?:\(\d{1,3}\)(?=\s?[^\W\d]|\s?%)|\s?(?:±|\+/[-−])\s?(?:\d{1,9}(?:\.\d{1,9})?))?"
_POWER = r"(?:\s?[×x·]\s?10\s?(?:\^|\*\*)?\s?[-−+]?[\d⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[eE][-−+]?\d{1,3}(?!\w))?"
SCALES = r"(?:[- ]?(?:hundred|thousand|million|billion|trillion|lakh|crore|dozen|mn|bn|tn)(?![^\W\d_]))"
_PLURALS = frozenset({"hundred", "tens", "dozens", "scores", "hundreds", "thousands", "millions", "billions"})
_RANGE = r"\s?(?:–|—|-|−|to|and|or|through|/|×|x)\s?"


@cache
def words_number() -> str:
    """Return the pattern of a number in words: twenty-five, two hundred and five thousand, half a million."""
    rows = lexicon.load("number_words")
    small = _any(row["word"] for row in rows if row["kind"] == "cardinal")
    word = rf"(?:{small}|hundred|thousand|million|billion|trillion|dozen)"
    many = r"(?:tens|dozens|scores|hundreds|thousands|millions|billions)"
    many = rf"(?:{many}(?: of (?:thousands|millions|billions))?(?: of(?=\s{unit()}))?)"
    fraction = r"half an?|half|(?:one|two|three)[- ](?:thirds?|quarters?|fifths?|tenths?)"
    some = rf"(?:a (?:few|couple of|dozen|hundred|thousand|million|billion)|{fraction})"
    return rf"(?:{some}{SCALES}?|{many}|{word}(?:(?:-| and | ){word}){{0,8}}(?: and a half)?)(?![^\W\d_])"


@cache
def unit() -> str:
    """Return the pattern of a unit: km, mW m−2, barrels per day, %."""
    rows = lexicon.load("units")
    symbols = [row["spelling"] for row in rows if row["form"] == "si"]
    symbols += [row["symbol"] + symbol for symbol in symbols for row in lexicon.load("si_prefixes")]
    symbols += [row["spelling"] for row in rows if row["form"] == "symbol"]
    words = _any(row["spelling"] for row in rows if row["form"] in ("word", "money"))
    exponent = r"(?:[-−–]?[1-4]|[²³]|⁻[¹²³])?"
    symbol = rf"(?:{_any(symbols)}){exponent}(?![^\W\d_]|\d)"
    word = rf"(?i:{words})(?![^\W\d_])"
    part = rf"(?:{word}|{symbol})"
    # After the first, a part needs a stroke or an exponent: "km/h", "m s−1", "barrels per day".
    per = rf"(?:\s?/\s?{part}|[ ·]?(?:{_any(symbols)})(?:[-−–][1-4]|⁻[¹²³])(?!\w)|\s(?:per|an?|each)\s{word})"
    return rf"(?:{part}{per}{{0,3}})"


@cache
def quantity() -> re.Pattern[str]:
    """Return the pattern of a quantity with its currency, range and unit; modifiers stand outside it."""
    before = _any(row["spelling"] for row in lexicon.load("units") if row["form"] == "before")
    number = rf"(?:(?i:{words_number()})|{_SIGN}(?:{_DIGITS}){_ERROR}{_POWER}{SCALES}?)"
    small = r"(?:[mkbt]|mn|bn|tn)(?![^\W\d_])"
    inner = _any(row["phrase"] for row in lexicon.load("approximators"))
    return re.compile(
        rf"(?:(?P<currency>{before})\s?)?(?P<low>{number})(?:(?P<short>(?(currency){small}|(?!))))?"
        rf"(?:[\s-]?(?P<low_unit>(?![×x]\s?\d){unit()}))?"
        rf"(?:(?P<joint>{_RANGE})(?:(?:{inner})\s?)?(?:{before})?\s?(?P<high>{number})(?:{small})?(?:[\s-]?(?P<unit>{unit()}))?)?"
    )


@cache
def number_starts() -> frozenset[str]:
    """Return the words, in lower case, that a number in words can begin with."""
    cardinals = {row["word"] for row in lexicon.load("number_words") if row["kind"] == "cardinal"}
    return frozenset(cardinals | {"a", "half"} | _PLURALS)


@cache
def currencies() -> re.Pattern[str]:
    """Return the pattern of a currency that ends where the searched text ends."""
    before = _any(row["spelling"] for row in lexicon.load("units") if row["form"] == "before")
    return re.compile(rf"(?<![^\W\d_])(?:{before})\s?\Z")


@cache
def modifiers() -> re.Pattern[str]:
    """Return the pattern of what makes the number after it approximate or a bound; not "between the two parties"."""
    phrases = _any(row["phrase"] for row in lexicon.load("approximators"))
    return re.compile(
        rf"(?:(?:(?<!\w)|(?=\W))(?i:(?:{phrases}|from|within|the top)\s{{0,2}}(?:the\s)?|between\s{{0,2}})){{1,3}}$"
    )


def _any(words: Iterable[str]) -> str:
    """Return an alternation, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
