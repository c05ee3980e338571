"""The text that the spaCy pipeline reads, and the way back from it to the raw text.

Markup inside a line, citation marks, line breaks and invisible characters mislead a parser, so they are left out;
tables of contents and page furniture are left out whole. Every character that stays knows where it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verify.models import Block, Span
from verify.terms import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

SEPARATOR = "\n\n"  # between blocks; the pipelines start a sentence behind it
_READ = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.QUOTE})

# What is dropped. Each quantifier is bounded, and what a pair of marks may hold has no line break in it, so that a
# lonely mark in a long text costs nothing.
_MARKUP = re.compile(
    r"""
      !\[[^\[\]\n]{0,300}\]\([^()\s]{0,500}\)                # an image
    | \[(?=[^\[\]\n]{1,300}\]\([^()\s]{1,500}\))             # the bracket that opens a link
    | (?<=[^\s\]])\]\([^()\s]{1,500}\)                       # the rest of a link
    | (?<=[\w.,;:!?)"'”’])\[(?:\^?\d{1,3}|[a-z]|note\ \d{1,3}|citation\ needed)\]  # a citation mark
    | (?<!\S)<https?://[^\s<>]{1,500}>                       # an address in angle brackets
    | (?<![\w*\\])\*{1,3}(?=\S)(?=[^*\n]{1,300}\*)           # stars that open an emphasis
    | (?<=[^\s*])\*{1,3}(?![\w*])                            # stars that close one
    | (?<![\w_\\])_{1,2}(?=[^\s_])(?=[^_\n]{1,300}_(?:\W|_|$))  # underscores that open an emphasis
    | (?<=[^\s_])_{1,2}(?![\w_])                             # underscores that close one
    | `{1,3}                                                 # marks of code
    | (?<=\n)[ \t]{0,8}(?:>[ \t]?){1,5}                      # marks of a quotation on its later lines
    | [\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+  # invisible characters
    """,
    re.VERBOSE,
)
# A character that something dropped begins with, or the line break before it: a fast search for most paragraphs, which
# have none.
_MARK = re.compile(
    "[!\\[\\]<*_`\n\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# One character for one: white space and control characters become a space, half a surrogate pair a mark of its own.
_SPACES = dict.fromkeys((*range(0x20), *range(0x7F, 0xA1), *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F), " ")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """The text to analyse.

    `_starts` and `_raw` say where stretches of the text begin in it and in the raw text, and `_lengths` how many
    characters they have; what lies between two stretches is a separator.
    """

    text: str
    blocks: tuple[Block, ...]  # in offsets of `text`
    _starts: tuple[int, ...] = ()
    _raw: tuple[int, ...] = ()
    _lengths: tuple[int, ...] = ()

    def to_raw(self, span: Span) -> Span:
        """Return the raw characters of a span of the text.

        Args:
            span: Half-open character offsets into `text`, not empty, its ends not inside a separator.

        Returns:
            Half-open character offsets into the raw text. Dropped markup between the first and the last character
            is inside, markup around them is not.
        """
        return self.mover()(span)

    def mover(self) -> Callable[[Span], Span]:
        """Return `to_raw` for many spans: it looks each end up in a list."""
        raw = self._raw_offsets()

        def move(span: Span) -> Span:
            start = raw[span.start]
            return Span(start, max(start, raw[span.end - 1] + 1 if span.end > span.start else start))

        return move

    def _raw_offsets(self) -> list[int]:
        """Return where each character came from; a separator comes from the end of the stretch before it."""
        offsets: list[int] = []
        for start, raw, length in zip(self._starts, self._raw, self._lengths, strict=True):
            end = offsets[-1] + 1 if offsets else 0
            offsets += [end] * (start - len(offsets))
            offsets += range(raw, raw + length)
        return [*offsets, offsets[-1] + 1 if offsets else 0]


def make_reading(text: str, blocks: Sequence[Block]) -> Reading:
    """Make the text to analyse from the blocks that are read.

    Args:
        text: The raw text of an article.
        blocks: Its blocks, in text order, as `clean.find_blocks` gives them.

    Returns:
        The titles, headings, paragraphs and quotations, each behind an empty line. White space inside is single
        characters, one for one; markup and invisible characters are dropped.
    """
    parts: list[str] = []
    kept: list[Block] = []
    stretches: list[tuple[int, int, int]] = []
    length = 0
    for block in blocks:
        pieces = _kept_pieces(text, block.span) if block.kind in _READ else []
        if not pieces:
            continue
        if parts:
            parts.append(SEPARATOR)
            length += len(SEPARATOR)
        begin = length
        for piece in pieces:
            stretches.append((length, piece.start, len(piece)))
            parts.append(_plain(text[piece.start : piece.end]))
            length += len(piece)
        kept.append(replace(block, span=Span(begin, length)))
    starts, raw, lengths = zip(*stretches, strict=True) if stretches else ((), (), ())
    return Reading("".join(parts), tuple(kept), starts, raw, lengths)


def _kept_pieces(text: str, span: Span) -> list[Span]:
    """Return the stretches of a block that stay, without white space at its ends."""
    first_mark = _MARK.search(text, span.start, span.end)
    dropped = _MARKUP.finditer(text, max(span.start, first_mark.start() - 1), span.end) if first_mark else ()
    pieces = list(_between(span, (match.span() for match in dropped)))
    solid = [index for index, piece in enumerate(pieces) if text[piece.start : piece.end].strip()]
    if not solid:
        return []
    pieces = pieces[solid[0] : solid[-1] + 1]
    first = text[pieces[0].start : pieces[0].end]
    pieces[0] = replace(pieces[0], start=pieces[0].end - len(first.lstrip()))
    last = text[pieces[-1].start : pieces[-1].end]
    pieces[-1] = replace(pieces[-1], end=pieces[-1].start + len(last.rstrip()))
    return pieces


def _between(span: Span, dropped: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """Yield what is left of a span between the stretches that are dropped."""
    start = span.start
    for begin, end in dropped:
        if begin > start:
            yield Span(start, begin)
        start = end
    if start < span.end:
        yield Span(start, span.end)


def _plain(piece: str) -> str:
    """Replace what a parser takes for something else, one character for one."""
    return _LONE_SURROGATE.sub("\ufffd", piece.translate(_SPACES))
