"""Cut text into the words that the time grammar reads, each with its classes from the lexicon or its shape.

A word may have several classes ("second" is an ordinal and a unit, "11" a number, a day and an hour); the grammar
tries them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from verify import lexicon
from verify.extract.quantities.numbers import is_number_word, read_number

if TYPE_CHECKING:
    from verify.extract.times.answer import Meaning

Classes = Mapping[str, str]  # class -> the value that builders read
NOTHING: Classes = MappingProxyType({})
# Classes that a word may turn out not to have in its sentence (times_guards): "may" as a verb, 2000 as a count.
DOUBTFUL = frozenset(
    {
        "MONTH",
        "WEEKDAY",
        "SEASON",
        "YEAR",
        "BARE_YEAR",
        "PAST_NOUN",
        "FUTURE_NOUN",
        "PART",
        "VAGUE",
        "TOWARDS",
        "DECADE",
        "DEICTIC",
    }
)
_TRIGGERS = DOUBTFUL | {
    "ISO_DATE", "NUMERIC_DATE", "CLOCK", "DECADE", "DECADE_WORD", "QUARTER", "FISCAL", "ORDINAL", "UNIT", "UNITS",
    "DEICTIC", "WEEKEND", "OVERNIGHT", "WEEKDAYS", "WEEKDAY_SHORT", "MILITARY", "AMPM", "NOON", "FREQUENCY", "APOS",
    "LONG", "=later",
    "=being", "=present", "=tonight", "=moment", "=term",
}  # fmt: skip
_WORD = re.compile(
    r"[^\W\d_]{2,}+(?!\d)"  # most words, and so the first to be tried; what follows would read them alike
    r"|\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\w)"  # 2024-03-11T08:30Z
    r"|\d{1,2}(?:/\d{1,2}/|\.\d{1,2}\.)(?:\d{4}|\d\d)(?!\w)"  # 3/11/2024
    r"|\d{1,2}:\d\d(?::\d\d)?(?!\d)"  # 08:30
    r"|(?:1[0-9]|20)?\d0['’]?s(?!\w)"  # 1990s
    r"|\d{1,2}(?:st|nd|rd|th)(?!\w)"  # 21st
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,])"  # 1,500
    r"|\d+(?:\.\d+)?"
    r"|(?:[ap]\.m\b\.?)"  # p.m.
    r"|[QHqh][1-4](?!\w)|[1-4][QHqh](?!\w)|FY(?:\d{4}|\d\d)(?!\w)"
    r"|['’]s(?!\w)"
    r"|[^\W\d_]+"
    r"|[^\w\s]",
    re.IGNORECASE,
)
_SHAPES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "ISO_DATE"),
    (re.compile(r"\d{1,2}([/.])\d{1,2}\1\d+"), "NUMERIC_DATE"),
    (re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d"), "CLOCK"),
    (re.compile(r"\d+['’]?s$", re.IGNORECASE), "DECADE"),
    (re.compile(r"[QH][1-4]|[1-4][QH]", re.IGNORECASE), "QUARTER"),
    (re.compile(r"FY\d+"), "FISCAL"),
)
_PUNCTUATION = {
    ",": "COMMA", ".": "DOT", "-": "DASH", "–": "DASH", "—": "DASH", "/": "SLASH", "'": "APOS", "’": "APOS",
    "'s": "POSSESSIVE", "’s": "POSSESSIVE",
}  # fmt: skip


class Word(NamedTuple):
    """A word, or a stretch of words that a rule has made one; offsets are half-open characters."""

    start: int
    end: int
    text: str
    classes: Classes
    meaning: Meaning | None = None


def may_hold_time(text: str, start: int, end: int) -> bool:
    """Say whether a sentence has a word that time expressions are made of, not only numbers and small words."""
    return any(map(_is_trigger, _WORD.findall(text, start, end)))


@lru_cache(maxsize=50_000)
def _is_trigger(word: str) -> bool:
    return not _TRIGGERS.isdisjoint(classify(word))


def read_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Cut a stretch of text into words.

    Args:
        text: The text of the document.
        start: Where to begin, in characters.
        end: Where to stop; the text's end if None.

    Returns:
        The words in order, with offsets into `text`. Words that mean nothing to the grammar have no class.
    """
    stop = len(text) if end is None else end
    return [Word(m.start(), m.end(), m[0], classify(m[0])) for m in _WORD.finditer(text, start, stop)]


@lru_cache(maxsize=50_000)
def classify(word: str) -> Classes:
    """Return the classes of a word with their values; every known word also has the class `=word` (itself)."""
    if word[0].isdecimal():
        return MappingProxyType(_digit_classes(word))
    lower = word.lower()
    if lower in _PUNCTUATION:
        return MappingProxyType({_PUNCTUATION[lower]: word})
    classes = {f"={lower}": word}
    for row in _rows().get(lower, ()):
        if not _has_case(word, row["case"]):
            continue
        classes[row["class"]] = row["value"]
    for shape, name in _SHAPES:
        if shape.fullmatch(word):
            classes[name] = word
    return MappingProxyType(classes)


def _has_case(word: str, case: str) -> bool:
    """Say whether a word is written as the lexicon asks: with a capital, in capitals, or in any way."""
    return word[:2].isupper() if case == "upper" else not case or word[0].isupper()


def _digit_classes(word: str) -> dict[str, str]:
    """Classes of a word that begins with a digit, by its shape and size."""
    for shape, name in _SHAPES:
        if shape.match(word):
            return {name: word}
    digits = word.rstrip("stndrhSTNDRH")
    if digits != word:
        return {"ORDINAL": digits, "ORDINAL_DAY": digits} | ({"DAY_NUMBER": digits} if 1 <= int(digits) <= 31 else {})
    classes = {"NUMBER": word.replace(",", "")}
    if not word.isascii() or not word.isdigit():
        return classes
    number = int(word) if len(word) <= 4 else 0
    if len(word) <= 2:
        classes |= {"TWO_DIGITS": word} if len(word) == 2 else {}
        classes |= {"DAY_NUMBER": word} if 1 <= number <= 31 else {}
        classes |= {"HOUR": word} if 0 <= number <= 24 else {}
    if len(word) == 4:
        classes |= {"YEAR": word, "BARE_YEAR": word} if 1000 <= number <= 2199 else {}
        classes |= {"MILITARY": word} if number // 100 <= 24 and number % 100 < 60 else {}
    return classes


def known_classes(literals: Iterable[str]) -> set[frozenset[str]]:
    """Return every set of classes that a word can have.

    Args:
        literals: The words that the grammar names themselves, in lower case.
    """
    words = {*_rows(), *literals, *_PUNCTUATION}
    cased = {form for word in words for form in (word.lower(), word.title(), word.upper(), word.capitalize())}
    digits = {f"{number:0{width}}" for number in range(2500) for width in (1, 2, 4)}
    ordinals = {f"{number}th" for number in range(1, 101)}
    shaped = {"2024-03-11", "3/11/2024", "08:30", "1990s", "90s", "1,500", "1.5", "Q3", "q3", "FY2024", "12000"}
    return {frozenset(classify(word)) for word in cased | digits | ordinals | shaped}


def without(classes: frozenset[str]) -> Iterator[frozenset[str]]:
    """Yield a set of classes and what is left of it when the parse takes some of its doubtful ones away."""
    doubtful = sorted(classes & DOUBTFUL)
    for count in range(len(doubtful) + 1):
        for taken in combinations(doubtful, count):
            yield classes - set(taken)


@cache
def _rows() -> Mapping[str, list[Mapping[str, str]]]:
    """The rows of the word lists under each word."""
    rows: dict[str, list[Mapping[str, str]]] = {}
    for row in lexicon.load("time_words"):
        rows.setdefault(row["word"], []).append(row)
    for row in lexicon.load("number_words"):
        if row["kind"] in ("cardinal", "scale"):
            name = "NUMBER_WORD" if row["kind"] == "cardinal" else "SCALE"
            rows.setdefault(row["word"], []).append({"class": name, "value": row["value"], "case": ""})
    return rows


def join_numbers(words: Iterable[Word]) -> Iterator[Word]:
    """Yield the words with each number of several words made one: "twenty-five", "1.5 million"."""
    run: list[Word] = []
    for word in words:
        if run and not _continues(run, word):
            yield from _joined(run)
            run = []
        if run or is_number_word(word.text) or "NUMBER" in word.classes:
            run.append(word)
        else:
            yield word
    yield from _joined(run)


def _continues(run: list[Word], word: Word) -> bool:
    """Say whether a word carries on a number; "and" and a hyphen only between number words."""
    last = run[-1]
    if last.text in ("-", "and"):
        return "NUMBER_WORD" in word.classes
    if "SCALE" in word.classes:
        return True
    if word.text == "-":
        return "NUMBER_WORD" in last.classes
    if word.text == "and":
        return "SCALE" in last.classes
    return "NUMBER_WORD" in word.classes and bool({"NUMBER_WORD", "SCALE"} & last.classes.keys())


def _joined(run: list[Word]) -> Iterator[Word]:
    """Yield a run of number words as one word, and what trails behind it."""
    trailing: list[Word] = []
    while run and run[-1].text in ("-", "and"):
        trailing.insert(0, run.pop())
    if len(run) == 1 and "NUMBER" in run[0].classes:
        yield run[0]
    elif run:
        value = read_number([word.text for word in run if word.text != "-"])
        classes = {"NUMBER": f"{value:.10g}"}
        yield Word(run[0].start, run[-1].end, "", MappingProxyType(classes))
    yield from trailing
