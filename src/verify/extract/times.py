"""Find times: dates, times of day, durations and sets, with their TIMEX3 and EDTF values.

TIMEX3 follows the TimeML 1.2.1 guidelines and ISO 24617-1, EDTF ISO 8601-2. A relative expression is anchored to the
publication date or to the date mentioned last, never to the machine's clock; without an anchor its value stays open
and it is marked vague.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from verify.extract.times_answer import Answer, Context
from verify.extract.times_cascade import BREAK
from verify.extract.times_edtf import days, edtf
from verify.extract.times_grammar import grammar
from verify.extract.times_guards import without_doubtful
from verify.extract.times_tense import direction
from verify.extract.times_words import Word, join_numbers, read_words
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
    found = []
    for word in grammar().run(list(_words(doc))):
        if word.meaning is None:
            continue
        context.direction = partial(direction, doc, word.start, word.end)
        answer = word.meaning.resolve(context)
        context.note(answer)
        found.append(_record(doc.text, word, answer))
    return found


def _words(doc: Doc) -> Iterator[Word]:
    """Yield the words of the sentences that can hold a time, with a break after each."""
    starts = [token.idx for token in doc]
    text = doc.text
    for sent in doc.sents if doc.has_annotation("SENT_START") else (doc[:],):
        words = read_words(text, sent.start_char, sent.end_char)
        for index, word in enumerate(words):
            token = bisect_left(starts, word.start)
            known = token < len(starts) and starts[token] == word.start
            words[index] = without_doubtful(words, index, doc[token] if known else None, text)
        yield from join_numbers(words)
        yield BREAK


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
