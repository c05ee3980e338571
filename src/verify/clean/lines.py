"""The lines of a text, the marks they begin with, and paragraphs joined again where lines were hard-wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from verify.models import Span


class Mark(Enum):
    """What the first characters of a line say about it (CommonMark, and bullets seen in plain text)."""

    PLAIN = auto()
    HEADING = auto()
    ITEM = auto()
    QUOTE = auto()
    TABLE = auto()
    CODE = auto()
    RULE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or lines joined to a paragraph, without its mark and the white space around it."""

    span: Span
    text: str
    mark: Mark = Mark.PLAIN
    is_after_gap: bool = False  # an empty line or a rule stands before it


SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]*_]{0,4}$")
_MARKS = (
    (Mark.HEADING, re.compile(r"#{1,6}[ \t]+")),
    (Mark.QUOTE, re.compile(r"(?:>[ \t]?){1,5}")),
    (Mark.ITEM, re.compile(r"(?:[-*+•‣▪●◦·–]|\d{1,2}[.)])[ \t\u00a0]+(?=\S)")),
    (Mark.TABLE, re.compile(r"\|(?=.*\|$)")),
)
_RULE = re.compile(r"(?:[-*_=~•·#][ \t]{0,3}){3,200}$")
_CLOSED = frozenset('.!?…:"”')  # a line in small letters behind these begins anew
_FENCE = ("```", "~~~")
_MIN_WRAPPED, _MAX_WRAPPED = 40, 100  # the width of mail and wire texts is 60 to 80 characters


def read_lines(text: str) -> list[Line]:
    """Split a text into its lines that are not empty.

    Args:
        text: The raw text of an article; offsets count its characters.

    Returns:
        The lines in order. A line underlined with `===` or `---` has the mark of a heading, and lines between
        code fences have the mark of code; rules, fences and empty lines are left out.
    """
    lines: list[Line] = []
    start, is_after_gap, is_code = 0, True, False
    for raw in text.splitlines(keepends=True):
        line = _read_line(raw, start)
        start += len(raw)
        is_fence = line.text.startswith(_FENCE)
        is_code ^= is_fence
        if line.mark is Mark.RULE and not is_after_gap and lines[-1].mark is Mark.PLAIN and line.text[0] in "=-":
            lines[-1] = replace(lines[-1], mark=Mark.HEADING)
        if is_fence or not line.text or line.mark is Mark.RULE:
            is_after_gap = True
            continue
        if is_code or is_after_gap:
            line = replace(line, mark=Mark.CODE if is_code else line.mark, is_after_gap=is_after_gap)
        lines.append(line)
        is_after_gap = False
    return lines


def _read_line(raw: str, start: int) -> Line:
    """Read the mark of one line; `start` is the offset of the line in the text."""
    begin, end = len(raw) - len(raw.lstrip()), len(raw.rstrip())
    if _RULE.match(raw, begin, end):
        return Line(Span(start + begin, start + end), raw[begin:end], Mark.RULE)
    mark, begin = _read_mark(raw, begin, end)
    if mark is Mark.HEADING:
        end = begin + len(raw[begin:end].rstrip("# \t"))
    return Line(Span(start + begin, start + end), raw[begin:end], mark)


def _read_mark(raw: str, begin: int, end: int) -> tuple[Mark, int]:
    """Return the mark that a line begins with and the offset of the words behind it."""
    if raw[begin : begin + 1].isalpha():
        return Mark.PLAIN, begin
    for mark, pattern in _MARKS:
        if found := pattern.match(raw, begin, end):
            rest = raw[found.end() : end]
            return mark, end - len(rest.lstrip())
    return Mark.PLAIN, min(begin, end)


def join_lines(lines: list[Line], text: str) -> list[Line]:
    """Join the lines that one paragraph was broken into.

    Args:
        lines: The lines of a text, from `read_lines`.
        text: The same text.

    Returns:
        Paragraphs in order; the text of a joined one is the raw text, line breaks included.
    """
    width = _wrapped_width(lines)
    joined: list[Line] = []
    last = ""  # the last single line, which decides whether the next one goes on
    for line in lines:
        if joined and _goes_on(joined[-1], last, line, width):
            span = Span(joined[-1].span.start, line.span.end)
            joined[-1] = replace(joined[-1], span=span)
        else:
            joined.append(line)
        last = line.text
    return [_with_text(line, text) for line in joined]


def _with_text(line: Line, text: str) -> Line:
    """Give a joined paragraph the raw text of its span."""
    if len(line.span) == len(line.text):
        return line
    return replace(line, text=text[line.span.start : line.span.end])


def _wrapped_width(lines: list[Line]) -> int:
    """Return the width at which the text was wrapped, 0 where each line is a paragraph.

    In a wrapped text most lines end inside a sentence, and often the next one begins with a small letter; the lines
    of a menu do the first as well, but not the second.
    """
    pairs = [(a.text, b.text) for a, b in pairwise(lines) if not b.is_after_gap and b.mark in (Mark.PLAIN, Mark.QUOTE)]
    broken = [(a, b) for a, b in pairs if _MIN_WRAPPED <= len(a) <= _MAX_WRAPPED and not SENTENCE_END.search(a)]
    n_small = sum(b[0].islower() for _, b in broken)
    is_wrapped = len(broken) >= 2 and 2 * len(broken) >= len(pairs) and 3 * n_small >= len(broken)
    return max(len(a) for a, _ in broken) if is_wrapped else 0


def _goes_on(before: Line, last: str, line: Line, width: int) -> bool:
    """Say whether a line goes on with the paragraph before it."""
    is_same = line.mark is before.mark or (line.mark is Mark.PLAIN and before.mark is Mark.ITEM)
    is_link = line.text.startswith(("http", "www."))
    if line.is_after_gap or is_link or not is_same or line.mark not in (Mark.PLAIN, Mark.QUOTE):
        return False
    if before.mark is Mark.QUOTE:
        return True
    if width:
        return len(last) >= 0.7 * width or line.text[0].islower()
    return line.text[0].islower() and len(last) >= _MIN_WRAPPED // 2 and last[-1] not in _CLOSED
