"""Articles of one claim each, for tests of corroboration and flags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from verify.models import AnalysedArticle, Analysis, Article, Claim, Mention, Phrase, Quantity, Span, Time, content_id
from verify.terms import ActorKind, ClaimKind, TimePrecision, TimeType

CODES = {"Norway": "NOR", "Chile": "CHL", "Peru": "PER", "Lima": "PER", "Oslo": "NOR", "Peruvian": "PER"}


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def names_in(text: str) -> tuple[Mention, ...]:
    found = [(span_of(text, word), word, code) for word, code in CODES.items() if word in text]
    return tuple(Mention(span, word, "GPE", ActorKind.COUNTRY, code, code) for span, word, code in sorted(found))


def claim(text: str, head: str, *, subject: str = "", **fields: Any) -> Claim:
    """One claim that covers the whole text."""
    whole, at = Span(0, len(text)), span_of(text, head)
    base = Claim(
        sentence=0,
        spans=(whole,),
        text=text,
        head=at,
        proposition=text,
        subject=Phrase((span_of(text, subject),), subject) if subject else None,
        predicate=Phrase((at,), head),
        object=None,
        kind=ClaimKind.EVENT,
        mentions=names_in(text),
    )
    return replace(base, **fields)


def article(
    name: str,
    claims: Iterable[Claim],
    *,
    publisher: str | None = "a",
    published_at: date | datetime | None = None,
    text: str = "",
) -> AnalysedArticle:
    claims = tuple(claims)
    words = text or (claims[0].text if claims else "")
    record = Article(content_id("d", name), f"{name}.txt", words, publisher_id=publisher, published_at=published_at)
    return AnalysedArticle(record, Analysis(text=words, claims=claims))


def day(text: str, words: str, on: date, **fields: Any) -> Time:
    base = Time(span_of(text, words), words, TimeType.DATE, on.isoformat(), on.isoformat(), on, on, TimePrecision.DAY)
    return replace(base, **fields)


def count(text: str, words: str, value: float, counted: str = "", unit: str = "", **fields: Any) -> Quantity:
    return replace(Quantity(span_of(text, words), words, value, unit=unit, counted=counted), **fields)
