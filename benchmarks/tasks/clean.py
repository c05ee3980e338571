"""Boilerplate: `lines` of a page -> `labels`, 1 for text of the article and 0 for furniture of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verify.clean import find_blocks
from verify.terms import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

_LEFT_OUT = frozenset({BlockKind.BOILERPLATE, BlockKind.CONTENTS})


def predict_all(rows: list[dict[str, Any]], nlp: Language) -> Iterator[dict[str, Any]]:
    """Yield a label for each line: 1 where a block of the article touches it.

    Args:
        rows: Records with `id` and `lines`, the lines of a page in order.
        nlp: Not used; blocks are found before any language work.
    """
    del nlp
    for row in rows:
        yield {"id": row["id"], "labels": _labels([" ".join(line.split()) for line in row["lines"]])}


def _labels(lines: list[str]) -> list[int]:
    blocks = [block for block in find_blocks("\n".join(lines)) if block.kind not in _LEFT_OUT]
    labels, start, index = [], 0, 0
    for line in lines:
        end = start + len(line)
        while index < len(blocks) and blocks[index].span.end <= start:
            index += 1
        labels.append(int(index < len(blocks) and blocks[index].span.start < end))
        start = end + 1
    return labels
