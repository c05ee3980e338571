"""Put the rules together: the blocks of a text, in order, with exact raw offsets."""

from __future__ import annotations

import re
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from verify.clean.boilerplate import closing_calls, find_furniture, is_boilerplate
from verify.clean.contents import find_contents
from verify.clean.datelines import find_dateline
from verify.clean.headings import find_glued, is_title_case, looks_like_heading
from verify.clean.lines import SENTENCE_END, Line, Mark, join_lines, read_lines
from verify.models import Block, Span
from verify.terms import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE})
_BREAK = re.compile(r"\s(?:\*[ ]?){3,10}\s")  # a break between sections inside a line
_MAX_HEADING_RUN = 2  # more short lines one under the other are a menu
_ENDS = frozenset(".!?…:;,\"'”’)]*_")
_MAX_SHORT_TEXT = 3  # lines
_MIN_ITEM = 4  # words; shorter items are links or labels


def find_blocks(text: str, title: str | None = None) -> tuple[Block, ...]:
    """Cut a text into blocks.

    Args:
        text: The raw text of an article; nothing in it is changed.
        title: The title given with the article, if any; the line that repeats it is the title block.

    Returns:
        Blocks in text order, without overlaps, their spans half-open character offsets without white space or
        marks (`#`, `-`, `>`) around them. Each block of running text names the heading above it as its section.
        White space, marks, rules and code fences belong to no block.
    """
    lines = join_lines(read_lines(text), text)
    contents = find_contents(lines, text)
    entries = frozenset(line.text for line in lines[contents.start + 1 : contents.stop])
    kinds = [
        kinded
        for index, line in enumerate(lines)
        for kinded in ([(line, BlockKind.CONTENTS)] if index in contents else _classify(lines, index, text, entries))
    ]
    kinds = _demote_loose(_demote_headings(_mark_title(kinds, title)))
    return _with_sections(_promote_short_text(kinds), text)


def has_prose(blocks: Iterable[Block]) -> bool:
    """Say whether there is running text among the blocks."""
    return any(block.kind in _PROSE for block in blocks)


def _classify(lines: Sequence[Line], index: int, text: str, entries: Set[str]) -> Iterator[tuple[Line, BlockKind]]:
    """Yield the pieces of a paragraph with their kinds: glued headings and closing calls are cut off."""
    line = lines[index]
    kind = _kind_of(line, entries)
    if kind not in _PROSE:
        yield line, kind
        return
    for piece, cut_kind in _cut(line, text, entries, is_last=index + 1 == len(lines)):
        if cut_kind is not None:
            yield piece, cut_kind
        else:
            yield from _cut_calls(piece, kind)


def _kind_of(line: Line, entries: Set[str]) -> BlockKind:
    """Return the kind of a paragraph by its mark, its words and its form."""
    if line.mark in (Mark.TABLE, Mark.CODE) or is_boilerplate(line.text):
        return BlockKind.BOILERPLATE
    if line.mark is Mark.HEADING or line.text in entries:
        return BlockKind.HEADING
    if line.mark is Mark.QUOTE:
        return BlockKind.QUOTE
    if line.mark is Mark.ITEM:
        return BlockKind.BOILERPLATE if _is_label(line.text) else BlockKind.PARAGRAPH
    return BlockKind.HEADING if looks_like_heading(line.text) else BlockKind.PARAGRAPH


def _is_label(item: str) -> bool:
    """Say whether a list item is a link or a label rather than a sentence."""
    return not SENTENCE_END.search(item) and (len(item.split()) < _MIN_ITEM or is_title_case(item))


def _cut(line: Line, text: str, entries: Set[str], *, is_last: bool) -> Iterator[tuple[Line, BlockKind | None]]:
    """Yield a dateline, glued headings and furniture with their kinds, and what is left of the paragraph without."""
    cuts: list[tuple[Span, BlockKind | None]] = [
        *((Span(*m.span()), None) for m in _BREAK.finditer(text, line.span.start, line.span.end)),
        *((span, BlockKind.BOILERPLATE) for span in find_furniture(text, line.span)),
        *((span, BlockKind.PARAGRAPH) for span in find_dateline(text, line.span)),
        *((span, BlockKind.HEADING) for span in find_glued(text, line.span, entries, is_last=is_last)),
    ]
    if not cuts:
        yield line, None
        return
    start = line.span.start
    for cut, kind in sorted(cuts, key=itemgetter(0)):
        if cut.start < start:
            continue
        yield from ((piece, None) for piece in _strip(line, text, start, cut.start))
        if kind is not None:
            yield from ((piece, kind) for piece in _strip(line, text, cut.start, cut.end))
        start = cut.end
    yield from ((piece, None) for piece in _strip(line, text, start, line.span.end))


def _cut_calls(piece: Line, kind: BlockKind) -> Iterator[tuple[Line, BlockKind]]:
    """Yield a stretch of running text and the calls to the reader that close it."""
    cut = closing_calls(piece.text)
    if cut == len(piece.text):
        yield piece, kind
        return
    yield from ((part, kind) for part in _strip(piece, piece.text, 0, cut, piece.span.start))
    yield from (
        (part, BlockKind.BOILERPLATE) for part in _strip(piece, piece.text, cut, len(piece.text), piece.span.start)
    )


def _strip(line: Line, text: str, start: int, end: int, offset: int = 0) -> Iterator[Line]:
    """Yield the part of a line without white space around it, if anything is left."""
    part = text[start:end]
    lead = len(part) - len(part.lstrip())
    if part := part.strip():
        begin = offset + start + lead
        yield replace(line, span=Span(begin, begin + len(part)), text=part)


def _mark_title(kinds: list[tuple[Line, BlockKind]], title: str | None) -> list[tuple[Line, BlockKind]]:
    """Turn the line that repeats the given title, or else a heading that opens the text, into the title."""
    wanted = _bare(title) if title else ""
    for index, (line, kind) in enumerate(kinds[:5]):
        is_title = _bare(line.text) == wanted if wanted else index == 0 and kind is BlockKind.HEADING
        if is_title:
            return [*kinds[:index], (line, BlockKind.TITLE), *kinds[index + 1 :]]
    return kinds


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .*_#\"'“”‘’")


def _demote_headings(kinds: list[tuple[Line, BlockKind]]) -> list[tuple[Line, BlockKind]]:
    """Turn headings with no running text under them into boilerplate: they are links, labels or a menu."""
    result = list(kinds)
    run: int | None = None  # how many headings stand between here and the running text below; None at the end
    for index in range(len(kinds) - 1, -1, -1):
        line, kind = kinds[index]
        if kind in _PROSE:
            run = 0
        elif kind is BlockKind.HEADING:
            run = None if run is None else run + 1
            if run is None or (run > _MAX_HEADING_RUN and line.mark is not Mark.HEADING):
                result[index] = (line, BlockKind.BOILERPLATE)
    return result


def _demote_loose(kinds: list[tuple[Line, BlockKind]]) -> list[tuple[Line, BlockKind]]:
    """Turn lines that do not end like a sentence and stand among such lines or boilerplate into boilerplate: links."""
    is_solid = [
        kind is not BlockKind.BOILERPLATE and (kind is not BlockKind.PARAGRAPH or _is_closed(line))
        for line, kind in kinds
    ]
    is_solid = [False, *is_solid, False]
    return [
        (line, BlockKind.BOILERPLATE if kind is BlockKind.PARAGRAPH and not any(is_solid[i : i + 3]) else kind)
        for i, (line, kind) in enumerate(kinds)
    ]


def _is_closed(line: Line) -> bool:
    return line.mark is Mark.ITEM or line.text[-1] in _ENDS


def _promote_short_text(kinds: list[tuple[Line, BlockKind]]) -> list[tuple[Line, BlockKind]]:
    """Where a text is a few lines that look like headings and nothing else, take them for running text."""
    if len(kinds) > _MAX_SHORT_TEXT or any(kind in _PROSE for _, kind in kinds):
        return kinds
    return [
        (line, BlockKind.PARAGRAPH if line.mark is Mark.PLAIN and not is_boilerplate(line.text) else kind)
        for line, kind in kinds
    ]


def _with_sections(kinds: Iterable[tuple[Line, BlockKind]], text: str) -> tuple[Block, ...]:
    """Make the blocks, each with the words of the last heading above it."""
    blocks, section = [], ""
    for line, kind in kinds:
        blocks.append(Block(kind, line.span, "" if kind is BlockKind.TITLE else section))
        if kind is BlockKind.HEADING:
            section = " ".join(text[line.span.start : line.span.end].split()).strip("*_ ")
    return tuple(blocks)
