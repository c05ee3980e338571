"""Tables of contents: where their lines stand and what they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.clean.headings import MAX_HEADING
from verify.clean.lines import SENTENCE_END, Mark
from verify.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verify.clean.lines import Line

_MAX_ENTRIES = 60
_MIN_ENTRIES = 3  # a shorter list without a heading of its own is not taken for a table of contents


def find_contents(lines: Sequence[Line], text: str) -> range:
    """Find the lines of the table of contents, its own heading included.

    The list behind a line such as "Table of Contents" is one, and so is a list most of whose items stand again as
    a line of their own further down.

    Args:
        lines: The paragraphs of the text.
        text: The raw text.

    Returns:
        The indices of the lines; an empty range if there is no table of contents.
    """
    for index, line in enumerate(lines):
        if line.text.strip(":*_ ").casefold() in words("contents_headings", "phrase"):
            end = _entries_end(lines, index + 1, text)
            if end > index + 1:
                return range(index, end)
    return _repeated_list(lines)


def _entries_end(lines: Sequence[Line], begin: int, text: str) -> int:
    """Return the index behind the last entry of the list that begins here."""
    end = begin
    while end < min(len(lines), begin + _MAX_ENTRIES) and _is_entry(lines[end], text):
        end += 1
    return end


def _is_entry(line: Line, text: str) -> bool:
    if len(line.text) > MAX_HEADING:
        return False
    return line.mark is Mark.ITEM or (not SENTENCE_END.search(line.text) and text.find(line.text, line.span.end) >= 0)


def _repeated_list(lines: Sequence[Line]) -> range:
    """Find the first list most of whose items stand again as lines that are not items."""
    own = {line.text.casefold() for line in lines if line.mark in (Mark.PLAIN, Mark.HEADING)}
    begin = None
    for index in range(len(lines) + 1):
        if index < len(lines) and lines[index].mark is Mark.ITEM:
            begin = index if begin is None else begin
            continue
        if begin is not None and index - begin >= _MIN_ENTRIES:
            again = sum(line.text.casefold() in own for line in lines[begin:index])
            if 2 * again > index - begin:
                return range(begin, index)
        begin = None
    return range(0)
