"""Find times: dates, times of day, durations and sets, with their TIMEX3 and EDTF values.

TIMEX3 follows the TimeML 1.2.1 guidelines and ISO 24617-1, EDTF ISO 8601-2. A relative expression is anchored to the
publication date or to the date mentioned last, never to the machine's clock; without an anchor its value stays open
and it is marked vague.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from verify.extract.times.answer import Answer, Context
from verify.extract.times.cascade import BREAK
from verify.extract.times.edtf import days, edtf
from verify.extract.times.grammar import grammar
from verify.extract.times.guards import without_doubtful
from verify.extract.times.holidays import LONGEST_LEAD, named_day
from verify.extract.times.tense import direction
from verify.extract.times.words import DOUBTFUL, Word, join_numbers, may_hold_time, read_words
from verify.models import Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_times(doc: Doc, *, published_at: date | datetime | None = None, country: str = "") -> list[Time]:
    """Find every time expression of a document.

    Args:
        doc: A parsed document; without tags and parse the values are less certain, the spans almost the same.
        published_at: When the article was published; without it, relative expressions stay open.
        country: ISO 3166-1 alpha-2 code of the publisher's country, which decides the order of 03/04/2024.

    Returns:
        The times in text order, without overlaps, with character spans of the document.
    """
    published = published_at.date() if isinstance(published_at, datetime) else published_at
    context = Context(published, country)
    has_parse = bool(doc.to_array("DEP").any())
    found = []
    text = doc.text  # spaCy joins the tokens anew at each call
    starts: list[int] = doc.to_array("IDX").tolist()
    for word in grammar().run(list(_words(doc, text, starts))):
        if word.meaning is None:
            continue
        if has_parse:
            context.direction = partial(direction, doc, *_tokens(starts, word))
        answer = named_day(word.meaning, text[max(0, word.start - LONGEST_LEAD) : word.start]).resolve(context)
        context.note(answer)
        found.append(_record(text, word, answer))
    return found


def _words(doc: Doc, text: str, starts: list[int]) -> Iterator[Word]:
    """Yield the words of the sentences that can hold a time, with a break after each."""
    for begin, end in _sentences(doc, starts, len(text)):
        if not may_hold_time(text, begin, end):
            continue
        words = read_words(text, begin, end)
        for index in [index for index, word in enumerate(words) if not DOUBTFUL.isdisjoint(word.classes)]:
            token = bisect_left(starts, words[index].start)
            known = token < len(starts) and starts[token] == words[index].start
            words[index] = without_doubtful(words, index, doc[token] if known else None, text)
        yield from join_numbers(words)
        yield BREAK


def _tokens(starts: list[int], word: Word) -> tuple[int, int]:
    """Return the first and the last token of a stretch of text, given where each token begins."""
    return max(bisect_right(starts, word.start) - 1, 0), max(bisect_left(starts, word.end) - 1, 0)


def _sentences(doc: Doc, starts: list[int], length: int) -> Iterator[tuple[int, int]]:
    """Yield the first character of each sentence and that of the next; one for a document without sentences."""
    marks = doc.to_array("SENT_START").tolist()
    begins = [starts[index] for index, mark in enumerate(marks) if mark == 1 or index == 0]
    yield from pairwise([*begins, length])


def _record(text: str, word: Word, answer: Answer) -> Time:
    start, end = days(answer)
    return Time(
        span=Span(word.start, word.end),
        text=text[word.start : word.end],
        type=answer.type,
        value=answer.value,
        edtf=edtf(answer),
        start=start,
        end=end,
        precision=answer.precision,
        anchor=answer.anchor,
        mod=answer.mod,
        is_inferred=answer.is_inferred,
        is_ambiguous=answer.is_ambiguous,
        is_vague=answer.is_vague,
    )
