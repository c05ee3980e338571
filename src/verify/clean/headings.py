"""What a heading looks like, on a line of its own or glued to the sentence before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verify.clean.lines import SENTENCE_END
from verify.lexicon import words
from verify.models import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

MAX_HEADING = 120  # characters
_MAX_PLAIN_HEADING = 8  # words of a heading that is written like a sentence
_WORD = re.compile(r"[^\W_][\w'’.&/-]*")
_QUOTES = frozenset("\"“'‘«")
_SPEAKER = re.compile(r"[A-Z][A-Z. ]{0,30}: ")  # of a transcript: "Q: ", "MR. HILL: "
# A full stop after a small letter, a digit or a bracket, and a capital directly behind it. A capital before the full
# stop is an abbreviation, as in "U.S.Navy".
_GLUE = re.compile(r"[a-z0-9%)\]][.!?…][\"'”’)\]*]{0,3}(?=[A-Z][\w'’]|A [A-Z])")


def is_title_case(text: str) -> bool:
    """Say whether every word begins with a capital or a digit, save small function words inside."""
    found = _WORD.findall(text)
    if not found or not _is_capital(found[0]):
        return False
    small = words("title_case", "word")
    return all(_is_capital(word) or word.casefold() in small for word in found[1:])


def is_all_caps(text: str) -> bool:
    """Say whether there are letters and none is small."""
    return text.isupper() and sum(c.isalpha() for c in text) > 2


def looks_like_heading(text: str) -> bool:
    """Say whether a line could be a heading, its place aside.

    Args:
        text: The line without its mark; `*stars*` around it may stand.

    Returns:
        True for a short line in title case or capitals, and for a very short one that does not end like a sentence.
    """
    bare = text.strip("*_ ")
    if not bare or len(bare) > MAX_HEADING or bare[-1] in ":;,—–-":
        return False
    found = _WORD.findall(bare)
    if SENTENCE_END.search(bare) and bare[-1] != "?":
        return is_all_caps(bare) and len(found) <= 6
    if is_title_case(bare) or is_all_caps(bare):
        return True
    is_few = len(found) <= (2 if bare[-1] == "?" else 1) * _MAX_PLAIN_HEADING
    is_speech = bare[0] in _QUOTES or _SPEAKER.match(bare)
    return is_few and not is_speech and not bare[0].islower() and not _GLUE.search(bare)


def find_glued(text: str, line: Span, entries: Set[str], *, is_last: bool) -> Iterator[Span]:
    """Find the headings of a line that stand directly behind the full stop of a sentence.

    A heading is an entry of the table of contents, or words in title case up to the end of the line or up to a
    capitalised function word that opens the next sentence, or a few words up to the end of the line.

    Args:
        text: The raw text.
        line: The line or paragraph to search.
        entries: The entries of the article's table of contents.
        is_last: Whether no other line follows, so that the end of the line closes no section.

    Yields:
        The spans of the headings in order.
    """
    begin = line.start
    for glue in _GLUE.finditer(text, line.start, line.end):
        start = glue.end()
        if start < begin or is_title_case(text[max(begin, start - MAX_HEADING // 2) : start]):
            continue
        end = _entry_end(text, start, line.end, entries) or _heading_end(text, start, line.end, is_last=is_last)
        if end:
            yield Span(start, end)
            begin = end


def _entry_end(text: str, start: int, limit: int, entries: Set[str]) -> int:
    """Return where the longest entry of the table of contents that stands here ends, 0 if none does."""
    here = text[start : min(limit, start + 2 * MAX_HEADING)]
    fits = [len(entry) for entry in entries if here.startswith(entry)]
    return start + max(fits) if fits else 0


def _heading_end(text: str, start: int, limit: int, *, is_last: bool) -> int:
    """Return where the heading that begins here ends, 0 if none does."""
    rest = text[start : min(limit, start + MAX_HEADING + 1)]
    if start + len(rest) == limit and not is_last and "\n" not in rest and not SENTENCE_END.search(rest):
        few = len(_WORD.findall(rest)) <= _MAX_PLAIN_HEADING and rest[-1] not in ":;,—–-"
        if few or is_title_case(rest):
            return limit
    run = _run_before_opener(rest)
    return start + run if run else 0


def _run_before_opener(rest: str) -> int:
    """Return the length of the words in title case before a capitalised function word that opens a sentence."""
    small, openers = words("title_case", "word"), words("sentence_openers", "word")
    end = count = 0
    for word in _WORD.finditer(rest):
        if count >= 2 and word[0] in openers and rest[word.end() : word.end() + 2].strip()[:1].islower():
            return end
        if rest[end : word.start()].strip(" :,&'’-–") or not (_is_capital(word[0]) or word[0] in small):
            return 0
        end, count = word.end(), count + 1
    return 0


def _is_capital(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()
