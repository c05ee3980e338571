"""Text of the page rather than of the article: calls to the reader, links, image addresses, credits, legal lines."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from verify.lexicon import load
from verify.models import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MAX_CALL = 400  # characters; a longer sentence is not searched for a call to the reader
_GAP, _MAX_GAP = "...", 4
_MAX_LABEL, _MAX_SHORT_LABEL = 6, 4  # words
_WORD = re.compile(r"[a-z]+(?:[.'][a-z]+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}", re.ASCII)
_IMAGE = re.compile(r"\S{1,400}\.(?:jpe?g|png|gif|webp|svg|mp4)\b\S*", re.IGNORECASE)
_SIGN = re.compile(r"(?:©|\(c\) ?\d{4}\b|[►▶▼»«‹›☰✕×])", re.IGNORECASE)
_BYLINE = re.compile(r"(?:By|BY|by)[: ] {0,2}[A-Z][\w.'’-]*(?:(?: |, | and | & )[A-Z][\w.'’-]*){0,7}$")
_REPORTER = re.compile(r"\((?:Additional reporting|Reporting|Editing|Writing|Compiled) by\b[^()]{0,300}\)$")
_SENTENCE_START = re.compile(r"(?:^|(?<=[.!?…])[\"'”’)]{0,2}\s+)(?=\S)")


def is_boilerplate(line: str) -> bool:
    """Say whether a line is page furniture by its own words and form.

    Args:
        line: One line without its mark and the white space around it.

    Returns:
        True for a line without a word, one that is only an address, an image or a byline, a copyright line, and
        one that holds a phrase of the word list `boilerplate` at the place the list gives.
    """
    if not any(c.isalpha() for c in line) or _SIGN.match(line):
        return True
    if len(line) <= _MAX_CALL and (_is_form(line) or _is_mostly_calls(line)):
        return True
    return _is_label(line[:_MAX_CALL])


def is_call(sentence: str) -> bool:
    """Say whether a sentence speaks to the reader of the page: it asks to share, comment, subscribe or read on.

    Words in quotation marks are somebody's, so a sentence that begins with one is never a call.
    """
    if len(sentence) > _MAX_CALL or sentence[:1] in "\"'“‘«":
        return False
    found = _words(sentence)
    if not found:
        return False
    if any(_fits(found, 0, phrase) for phrase in _phrases("begin").get(found[0], ())):
        return True
    inside = _phrases("inside")
    return any(_fits(found, i, phrase) for i, word in enumerate(found) for phrase in inside.get(word, ()))


def closing_calls(paragraph: str) -> int:
    """Return the offset at which the calls begin that close a paragraph; its length if it ends without one.

    A paragraph of one sentence is left to `is_boilerplate`.
    """
    begin = len(paragraph)
    sentences = _sentences(paragraph)
    for start, sentence in reversed(sentences if len(sentences) > 1 else []):
        if not (is_call(sentence) or _ADDRESS.fullmatch(sentence) or _REPORTER.match(sentence)):
            break
        begin = start
    return begin


def _is_label(line: str) -> bool:
    """Say whether a line is, or opens with, a label: "Updated 11 Jan", "Related Tutorials", "Disclaimer: ..."."""
    head, colon, _ = line.partition(":")
    found = _words(head if colon else line)
    if len(found) > _MAX_LABEL:
        return False
    bare = tuple(word for word in found if word not in _date_words())
    is_whole = len(found) == len(_words(line))
    if not bare or bare in _phrases("line").get(bare[0], ()):
        return is_whole
    if colon and bare in _phrases("begin").get(bare[0], ()):
        return True
    is_short = is_whole and len(found) <= _MAX_SHORT_LABEL and line[-1] not in ".?!"
    return is_short and any((word,) in _phrases("label").get(word, ()) for word in (found[0], found[-1]))


def find_furniture(text: str, span: Span) -> list[Span]:
    """Find the words of the page that stand between two sentences of a paragraph."""
    return [Span(*match.span()) for match in _cuts().finditer(text, span.start, span.end)]


@cache
def _cuts() -> re.Pattern[str]:
    phrases = sorted((row["phrase"] for row in load("boilerplate") if row["place"] == "cut"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, phrases)), re.IGNORECASE)


def _is_mostly_calls(line: str) -> bool:
    """Say whether a line opens with a call to the reader and at least half of its sentences are calls."""
    sentences = [sentence for _, sentence in _sentences(line)]
    return is_call(sentences[0]) and 2 * sum(map(is_call, sentences)) >= len(sentences)


def _sentences(paragraph: str) -> list[tuple[int, str]]:
    """Return the sentences of a paragraph with their offsets, cut at full stops alone."""
    starts = [match.end() for match in _SENTENCE_START.finditer(paragraph)]
    ends = [*starts[1:], len(paragraph)]
    return [(start, paragraph[start:end].rstrip()) for start, end in zip(starts, ends, strict=True)]


def _is_form(line: str) -> bool:
    """Say whether the form of a line shows that it is an address, an image, a byline or a legal line."""
    rest = _IMAGE.sub("", _ADDRESS.sub("", line))
    is_address = rest != line and not any(c.isalpha() for c in rest)
    return is_address or any(p.match(line) for p in (_IMAGE, _BYLINE, _REPORTER))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("’", "'")) or [""]


def _fits(found: Sequence[str], start: int, phrase: Sequence[str]) -> bool:
    """Say whether the phrase stands in the words from `start` on."""
    at = start
    for index, part in enumerate(phrase):
        if part == _GAP:
            rest = phrase[index + 1 :]
            return any(_fits(found, skip, rest) for skip in range(at, min(at + _MAX_GAP, len(found)) + 1))
        if at >= len(found) or found[at] != part:
            return False
        at += 1
    return True


@cache
def _phrases(place: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases of one place by their first word."""
    index: dict[str, tuple[tuple[str, ...], ...]] = {}
    for row in load("boilerplate"):
        if row["place"] == place:
            phrase = tuple(row["phrase"].split())
            index[phrase[0]] = (*index.get(phrase[0], ()), phrase)
    return index


@cache
def _date_words() -> frozenset[str]:
    """The words of a date that may stand beside a whole-line phrase, as in "Updated 11 Jan"."""
    names = "january february march april may june july august september october november december"
    others = {"sept", "am", "pm", "on", "at", "st", "nd", "rd", "th", "gmt", "utc", "est", "edt"}
    return frozenset(names.split()) | {name[:3] for name in names.split()} | others
