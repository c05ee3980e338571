"""Datelines: the place, day and agency that open a news report, as in "OSLO, 4 April 2023 (Example Wire) —"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verify.models import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# A place in capitals, or one with an agency in brackets; then a dash, and a capital or a quotation mark behind it.
_DATELINE = re.compile(
    r"""
    (?: [A-Z][A-Z.'’-]{2,30}(?:[ ][A-Z][A-Z.'’-]{1,30}){0,3}   # SAN SALVADOR
        (?:,[ ][A-Z0-9][\w.'’ ]{1,30}){0,3}                     # , El Salvador, 4 April 2023
        (?:[ ]\([A-Z][^()\n]{1,40}\))?                          # (Example Wire)
      | [A-Z][\w.'’-]{1,30}(?:,?[ ][A-Z0-9][\w.'’-]{0,30}){0,5}[ ]\([A-Z][^()\n]{1,40}\)
    )
    \s?(?:[—–]|\s--?(?=\s))
    (?=\s?[A-Z"“'‘])
    """,
    re.VERBOSE,
)


def find_dateline(text: str, paragraph: Span) -> Iterator[Span]:
    """Yield the dateline that opens a paragraph, with its dash, if there is one."""
    found = _DATELINE.match(text, paragraph.start, paragraph.end)
    if found and found.end() < paragraph.end:
        yield Span(*found.span())
