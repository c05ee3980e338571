"""Predict the time expressions of an article: `text` and `dct` in, `timex` out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from spacy.language import Language

from verify.extract.times.find import find_times
from verify.models import Time

_YEARS = re.compile(r"(\d{4})/(\d{4})")
_BETWEEN = re.compile(r"\s*(?:\b(?:to|and|through|until|till)\b|[-–—/])\s*")


def predict_all(rows: list[dict[str, Any]], nlp: Language) -> Iterator[dict[str, Any]]:
    """Yield one prediction a row, in order."""
    docs = nlp.pipe(row["text"] for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        published = date.fromisoformat(row["dct"][:10]) if row.get("dct") else None
        found = find_times(doc, published_at=published)
        yield {"id": row["id"], "timex": [timex for time in found for timex in _timexes(time)]}


def _timexes(time: Time) -> list[dict[str, Any]]:
    """Write a time as TIMEX3 has it, where an interval is no value: two years are a duration, other ends two dates."""
    years, ends = _YEARS.fullmatch(time.value), list(_BETWEEN.finditer(time.text))
    if years:
        return [_timex(time.span.start, time.span.end, "DURATION", f"P{int(years[2]) - int(years[1])}Y")]
    if "/" not in time.value or not ends:
        return [_timex(time.span.start, time.span.end, str(time.type), time.value)]
    first, last = time.value.split("/", 1)
    begin = time.span.start + len(time.text) - len(re.sub(r"^(?:from|between)\s+", "", time.text, flags=re.IGNORECASE))
    middle = [time.span.start + offset for offset in ends[-1].span()]
    return [_timex(begin, middle[0], "DATE", first), _timex(middle[1], time.span.end, "DATE", last)]


def _timex(start: int, end: int, kind: str, value: str) -> dict[str, Any]:
    return {"start": start, "end": end, "type": kind, "value": value}
