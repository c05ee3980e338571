"""Rules for the edges of dates, which a small model often cuts where the punctuation is unusual."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.gazetteer.entity import Entity, place, tokens_of
from verify.extract.mentions.names import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

YEAR_DIGITS = 4
DASHES = frozenset({"-", "–", "—"})
RANGE = DASHES | {"to", "or"}
POINTING = frozenset({"last", "next", "this"})
PART = frozenset({"early", "earlier", "late", "later"})
POINTED = POINTING | {"today", "yesterday", "tomorrow"}
# What a model takes a part of a date for; an entity of another type that holds a date keeps it ("Black Friday").
MISTAKEN = frozenset({"DATE", "CARDINAL", "ORDINAL", "TIME", "QUANTITY", "PERSON"})
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?", re.IGNORECASE)
_YEAR = re.compile(r"1\d{3}|20\d{2}")
_NUMERIC = re.compile(r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)")


def date_ranges(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Let a date reach over both ends of a range: "6-8 weeks", "two or three years", "1914 – 18"."""
    dates = tokens_of([entity for entity in entities if entity.label == "DATE"])
    out: list[Entity] = []
    for entity in entities:
        if entity.label == "DATE":
            entity = _reaching(doc, entity, dates)
        while out and out[-1].end > entity.start:
            out.pop()
        if not out or entity.end > out[-1].end:
            out.append(entity)
    return out


def _reaching(doc: Doc, date: Entity, dates: set[int]) -> Entity:
    """Widen a number with its unit over a number before it, and a year over one after it, but not over other dates."""
    start, end, first = date.start, date.end, doc[date.start]
    if end - start > 1 and first.like_num and start >= 2 and start - 2 not in dates:
        joined = doc[start - 1].lower_ in RANGE and doc[start - 2].like_num
        return replace(date, start=start - 2) if joined else date
    if (
        end - start == 1
        and first.is_digit
        and len(first) == YEAR_DIGITS
        and end + 1 < len(doc)
        and end + 1 not in dates
    ):
        second = doc[end + 1]
        joined = doc[end].text in DASHES and second.is_digit and len(second) in (2, YEAR_DIGITS)
        return replace(date, end=end + 2) if joined else date
    return date


def calendar_dates(doc: Doc, entities: Sequence[Entity], hits: Sequence[Hit]) -> list[Entity]:
    """Make a date of a month with its day ("Nov 5th", "3 May 2021"), and of figures between strokes ("9/30/01")."""
    out = list(entities)
    for start, end in _calendar_spans(doc):
        touching = [entity for entity in out if entity.start < end and start < entity.end]
        if all(entity.label in MISTAKEN for entity in touching):
            dates = [entity for entity in touching if entity.label == "DATE"]
            first = min([start, *(date.start for date in dates)])
            last = max([end, *(date.end for date in dates)])
            out = [entity for entity in out if entity.end <= first or last <= entity.start]
            out.append(Entity(first, last, "DATE"))
    return [_pointed_at(doc, entity) for entity in sorted(out, key=place)]


def _pointed_at(doc: Doc, entity: Entity) -> Entity:
    """Take in the words that say which month or which part of it is meant: "last September", "later this week"."""
    if entity.label != "DATE":
        return entity
    start = entity.start - (entity.start > 0 and doc[entity.start - 1].lower_ in POINTING)
    start -= start > 0 and doc[start].lower_ in POINTED and doc[start - 1].lower_ in PART
    return replace(entity, start=start)


def _calendar_spans(doc: Doc) -> Iterator[tuple[int, int]]:
    months = _months()
    for token in doc:
        i = token.i
        if _NUMERIC.fullmatch(token.text):
            yield i, i + 1
        elif token.lower_.rstrip(".") in months and _is_month(token):
            start = _with_day_before(doc, i)
            end = i + 2 if i + 1 < len(doc) and _DAY.fullmatch(doc[i + 1].text) and start == i else i + 1
            if end - start > 1:
                yield start, _with_year(doc, end)


def _with_day_before(doc: Doc, month: int) -> int:
    """Return the start of a month with the day before it: "3 May", "12th of October"."""
    day = month - 2 if month > 1 and doc[month - 1].lower_ == "of" else month - 1
    return day if day >= 0 and _DAY.fullmatch(doc[day].text) else month


def _with_year(doc: Doc, end: int) -> int:
    """Return the end of a date that may go on with a year, after a comma or without."""
    at = end + 1 if end < len(doc) and doc[end].text == "," else end
    return at + 1 if at < len(doc) and _YEAR.fullmatch(doc[at].text) else end


def _is_month(token: Token) -> bool:
    """Say whether the word is written as a month: "may" and "march" need their capital."""
    return _months()[token.lower_.rstrip(".")] != "title" or token.text[:1].isupper()


@cache
def _months() -> dict[str, str]:
    """Return the names of months with the case they are to be written in."""
    return {row["word"]: row["case"] for row in lexicon.load("time_words") if row["class"] == "MONTH"}
