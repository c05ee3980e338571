"""Stretches in quotation marks, also where a mark is missing or a quotation runs over paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from verify.models import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

MARKS: Final = re.compile(r"(?<!\d['’]\d)(?<!\d['’]\d\d)[\"“”„«»]|``|''|‘(?=\w)|(?<=[\w.,!?…])’(?!\w)")
POSSIBLE: Final = re.compile("[\"“”„«»‘’]|``|''")  # what `MARKS` begins with: a fast search, as most text has none
OPENING: Final = frozenset({"“", "„", "«", "``", "‘"})
CLOSING: Final = frozenset({"”", "»", "’"})
SENTENCE_END: Final = re.compile(r"[.!?…]\s")
PARAGRAPH: Final = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """The tokens of one quotation with its marks, half-open."""

    start: int
    end: int

    def __contains__(self, token: int) -> bool:
        return self.start <= token < self.end


def find_quotations(doc: Doc) -> list[Quotation]:
    """Return the outermost quotations of a document in text order; they never overlap.

    Marks may be straight, curly, angular or typed as two apostrophes, and single where no double ones stand
    in the paragraph. A quotation whose closing mark is missing ends with its paragraph, or before the mark
    that opens the next one; this is also how a quotation over several paragraphs is set, each of which begins
    with an opening mark. A closing mark without an opening one closes a quotation that began with its sentence.

    Args:
        doc: Any tokenized document.
    """
    starts = [token.idx for token in doc]
    found = []
    for paragraph in PARAGRAPH.finditer(doc.text):
        for span in _quoted(paragraph.group(), paragraph.start()):
            start, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
            if end > start:
                found.append(Quotation(start, end))
    return found


def _quoted(text: str, offset: int) -> Iterator[Span]:
    """Yield the quoted stretches of one paragraph in characters of the whole text."""
    opened: re.Match[str] | None = None
    done = 0
    for mark in _marks(text):
        if opened is None and _opens(text, mark):
            opened = mark
        elif opened is None:
            start = _sentence_start(text, done, mark.start())
            if done == 0 and mark.end() - start > 2:
                yield Span(offset + start, offset + mark.end())
            done = mark.end()
        elif _closes(text, mark, opened):
            yield Span(offset + opened.start(), offset + mark.end())
            opened, done = None, mark.end()
        elif mark.group() == opened.group():
            end = _sentence_start(text, opened.end(), mark.start())
            yield Span(offset + opened.start(), offset + (end if end > opened.end() else mark.start()))
            opened = mark
    if opened is not None and len(text) - opened.end() > 1:
        yield Span(offset + opened.start(), offset + len(text))


def _marks(text: str) -> list[re.Match[str]]:
    """Return the marks that can delimit: double ones, and single ones only where there is no other."""
    marks = [mark for place in POSSIBLE.finditer(text) if (mark := MARKS.match(text, place.start()))]
    double = [mark for mark in marks if mark.group() not in "‘’"]
    single = marks if any(mark.group() == "‘" for mark in marks) else []
    return double or single


def _opens(text: str, mark: re.Match[str]) -> bool:
    """Say whether a mark begins a quotation, by its shape or else by the characters beside it."""
    if mark.group() in OPENING:
        return True
    if mark.group() in CLOSING:
        return False
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return bool(after.strip()) and (not before.strip() or (not before.isalnum() and before not in ".,!?…%’'"))


def _closes(text: str, mark: re.Match[str], opened: re.Match[str]) -> bool:
    """Say whether a mark ends the quotation that is open; a nested one never does."""
    if mark.group() in OPENING:
        return False
    if mark.group() in CLOSING:
        return opened.group() in OPENING or opened.group() == '"'
    return not (mark.group() == opened.group() and _opens(text, mark) and text[mark.start() - 1 : mark.start()] == " ")


def _sentence_start(text: str, start: int, end: int) -> int:
    """Return where the last sentence between two positions begins, `start` if there is but one."""
    ends = [match.end() for match in SENTENCE_END.finditer(text, start, end - 1 if end > start else end)]
    return ends[-1] if ends else start
