"""Find quantities: measures, money, percentages, counts and ranges, with normalised values and units.

What counts as a quantity follows the MeasEval guidelines (Harper et al. 2021): a number with its unit and with the
words that bound it or make it approximate; a bare number where it counts something or is the value of a variable.
Numbers that name things (Figure 3, [12], a year, a version) are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.quantities.numbers import read_number
from verify.extract.quantities.patterns import currencies, modifiers, number_starts, quantity
from verify.extract.quantities.units import normal_unit
from verify.models import Quantity, Span, Time
from verify.terms import TimeType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LABEL = re.compile(r"([^\W\d_]{1,20})\.?,?\s?\(?$")
_EQUALS = re.compile(r"[=<>≤≥≈∼~⩽⩾±]\s?$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?")
_MODIFIERS = frozenset({"amod", "compound", "det", "nmod", "nummod", "quantmod"})
_NEVER = frozenset("BMUabdp")  # letters that name something after a number more often than they measure: 575 B.C.
_GLUED = frozenset("ACFGJNST")  # the same where no space stands between: Figure 3A, 12C
_SCALE = re.compile(r"(?:hundred|thousand|million|billion|trillion)$", re.IGNORECASE)
_TENS = re.compile(r"[1-9]0s")
_ANGLE = frozenset("°′″")  # what is left of coordinates
_FRACTION = re.compile(r"(?:half|(?:one|two|three)[- ](?:third|quarter|fifth|tenth))", re.IGNORECASE)
_MULTIPLE = re.compile(r"\bfactors? of\s$", re.IGNORECASE)
_IN_WORD = re.compile(r"[-‐‑]?[^\W\d_]")  # a digit of a word: "3D", "2-Step", "16-bit" without a unit of that name
_WORD = re.compile(r"[^\W\d_]+|(?<![\w.])(?:[-−+](?=[.\d]))?\.?\d")
_NUMBER_PART = re.compile(r"^[-−+]?[\d,.]{0,40}\d|[\d,.]{0,40}\d|[^\W\d_]+")
_ERROR = re.compile(r"\(\d+\)|\s?(?:±|\+/[-−])\s?[\d.]+")  # the uncertainty of a measurement
_TIMES_TEN = re.compile(r"\s?[×x·]\s?10\s?(?:\^|\*\*)?\s?(?=[-−+⁻⁰¹²³⁴⁵⁶⁷⁸⁹\d])|(?<=\d)[eE](?=[-−+\d])")
_EXPONENT = re.compile(r"\s?[-+]?\d{1,3}")
_PLAIN_SIGNS = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")
_BACK = 40  # characters before a number in which its modifiers are looked for


def find_quantities(doc: Doc, times: Sequence[Time] = ()) -> list[Quantity]:
    """Find every quantity of a document.

    Args:
        doc: A parsed document.
        times: The times found in it: a number that is part of a date, a time of day or a set is no quantity,
            a duration is one.

    Returns:
        The quantities in text order, without overlaps, with character spans of the document.
    """
    dates = [time.span for time in times if time.type is not TimeType.DURATION]
    text = doc.text  # spaCy joins the tokens anew at each call
    starts: list[int] = doc.to_array("IDX").tolist()
    found: list[Quantity] = []
    for match in _matches(text):
        start = _start(text, match, found[-1].span.end if found else 0)
        span = Span(start, match.end())
        token = doc[min(bisect_left(starts, match.start("low")), len(doc) - 1)]
        if not any(span.overlaps(date) for date in dates) and _is_quantity(text, match, token):
            found += _records(text, match, span, token)
    return found


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of the quantity pattern at the words that a number can begin with, without overlaps."""
    end, starts = 0, number_starts()
    for word in _WORD.finditer(text):
        written = word[0]
        if not (written[-1].isdigit() or written.lower() in starts) or word.start() < end:
            continue
        before = max(end, word.start() - 5)
        currency = currencies().search(text, before, word.start())
        match = quantity().match(text, currency.start() if currency else word.start())
        if match:
            end = match.end()
            yield match


def _start(text: str, match: re.Match[str], floor: int) -> int:
    """Return where the words that modify a number begin."""
    back = max(floor, match.start() - _BACK)
    modifier = modifiers().search(text[back : match.start()])
    return back + modifier.start() if modifier else match.start()


def _is_quantity(text: str, match: re.Match[str], token: Token) -> bool:
    """Say whether a number measures or counts something."""
    before, after = text[max(0, match.start() - 20) : match.start()], text[match.end() : match.end() + 2]
    if after[:1] in _ANGLE or before[-1:] in _ANGLE:
        return False
    unit = match["unit"] or match["low_unit"] or ""
    is_label = _is_letter(match[0], unit)
    if match["currency"] or (unit and not is_label):
        return True
    label = _LABEL.search(before)
    is_label |= label is not None and label[1].lower() in lexicon.words("number_labels", "word")
    if is_label or before[-1:] == "[" or after[:1] == "]":
        return False
    if _EQUALS.search(before) or _FRACTION.match(match["low"]) or _MULTIPLE.search(before) or "×" in match[0]:
        return True
    if match["low"][:1].isdigit() and (_YEAR.fullmatch(match["low"]) or _IN_WORD.match(after)):
        return False
    return before[-1:] not in ("-", "–", "/") and _counted(token) is not None


def _is_letter(written: str, unit: str) -> bool:
    """Say whether one letter after a number is no unit: "Figure 3a", "575 B.C.", "in his 40s"."""
    is_glued = written[-2:-1].isdigit()
    return unit in _NEVER or (is_glued and (unit in _GLUED or _TENS.fullmatch(written) is not None))


def _counted(token: Token) -> Token | None:
    """Return the noun that a number counts, or None: in "two oil pump jacks" it is the last of the compound."""
    if token.dep_ not in _MODIFIERS or token.head.i <= token.i:
        return None
    noun = token.head
    while noun.dep_ in _MODIFIERS and noun.head.i > noun.i:
        noun = noun.head
    return noun if noun.pos_ == "NOUN" else None


def _records(text: str, match: re.Match[str], span: Span, token: Token) -> list[Quantity]:
    """Make the records of a match: one, or two for "4 kg and 6 kg", which is no range without "between"."""
    low, high = _value(match["low"], match["short"]), _value(match["high"])
    scale = _SCALE.search(match["high"] or "")
    if scale and low is not None and not _SCALE.search(match["low"]):
        low *= read_number([scale[0]]) or 1  # $2 to $3 billion
    whole = _record(text, match, span, token, (low, high))
    if (match["joint"] or "").strip() != "and" or "between" in whole.text.lower():
        return [whole]
    first, second = Span(span.start, match.start("joint")), Span(match.end("joint"), span.end)
    return [_record(text, match, first, token, (low, None)), _record(text, match, second, token, (high, None))]


def _record(
    text: str, match: re.Match[str], span: Span, token: Token, values: tuple[float | None, float | None]
) -> Quantity:
    """Make one record: its values, its unit and what it counts."""
    written = match["unit"] or match["low_unit"] or ""
    unit = normal_unit(match["currency"] or written) if written or match["currency"] else ""
    counted = _counted(token)
    phrase = text[span.start : match.start()].lower()
    approximate = any(row["mod"] != "EXACT" and row["phrase"] in phrase for row in lexicon.load("approximators"))
    return Quantity(
        span=span,
        text=text[span.start : span.end],
        value=values[0],
        value_high=values[1],
        unit=unit,
        counted=counted.text if counted is not None and not unit else "",
        is_approximate=approximate,
    )


def _value(written: str | None, short: str | None = None) -> float | None:
    """Return the value of a written number; None where it has none ("hundreds") or none that a float can hold."""
    if not written:
        return None
    base, _, power = _TIMES_TEN.sub("^", _ERROR.sub("", written)).partition("^")
    exponent = _EXPONENT.match(power.translate(_PLAIN_SIGNS))
    scale = power[exponent.end() :] if exponent else ""
    value = read_number([*_NUMBER_PART.findall(base), *_NUMBER_PART.findall(scale), *([short] if short else [])])
    if value is None or not exponent:
        return value
    scaled = float(f"{value!r}e{int(exponent[0])}")
    return scaled if isfinite(scaled) else None
