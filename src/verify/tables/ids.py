"""Ids of the things found in an article: hashes of content, never of offsets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from verify.models import (
    AnalysedArticle,
    Attribution,
    Claim,
    Hedge,
    Mention,
    Quantity,
    Span,
    Time,
    content_id,
    cover,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ItemIds:
    """The id of each thing found in one article, whether a claim holds it or not, in text order."""

    attributions: dict[Attribution, str]
    times: dict[Time, str]
    mentions: dict[Mention, str]
    hedges: dict[Hedge, str]
    quantities: dict[Quantity, str]


def item_ids(analysed: AnalysedArticle) -> ItemIds:
    """Give an id to every attribution, time, mention, hedge and quantity of an article.

    An id hashes the article, what identifies the thing and the occurrence number of both, so that it stays the
    same when another paragraph changes.
    """
    article_id, found = analysed.article.article_id, analysed.analysis
    claims = found.claims

    def number(prefix: str, own: Iterable[T], of_claims: Iterable[T], key: Callable[[T], Any]) -> dict[T, str]:
        return _numbered(prefix, article_id, dict.fromkeys([*own, *of_claims]), key)

    return ItemIds(
        attributions=number("b", found.attributions, (x for c in claims for x in c.attributions), _attribution_key),
        times=number("t", found.times, (x for c in claims for x in c.times), lambda x: (x.span, x.text, x.value)),
        mentions=number("m", found.mentions, (x for c in claims for x in _mentions(c)), _mention_key),
        hedges=number(
            "h", found.hedges, (x for c in claims for x in c.hedges), lambda x: (x.span, x.text, x.hedge_class)
        ),
        quantities=number("q", found.quantities, (x for c in claims for x in c.quantities), lambda x: (x.span, x.text)),
    )


def _mentions(claim: Claim) -> Iterator[Mention]:
    yield from claim.mentions
    yield from (taking_part.mention for taking_part in claim.participants)


def attribution_cover(attribution: Attribution) -> Span:
    """Return the smallest span that holds all roles of an attribution."""
    return cover(attribution.source + attribution.cue + attribution.content)


def source_id(attribution: Attribution) -> str | None:
    """Return the id of a source over all articles, None where nobody is named or described."""
    words = attribution.source_name or attribution.source_text
    return content_id("s", attribution.source_kind, words.casefold()) if words else None


def _attribution_key(found: Attribution) -> tuple[object, ...]:
    return attribution_cover(found), found.source, found.cue, found.source_text, found.cue_text


def _mention_key(found: Mention) -> tuple[object, ...]:
    return found.span, found.text, found.actor_id


def _numbered(prefix: str, article_id: str, records: Iterable[T], key: Callable[[T], Any]) -> dict[T, str]:
    seen: dict[tuple[object, ...], int] = {}
    ids = {}
    for record in sorted(records, key=key):
        words = tuple(part for part in key(record) if isinstance(part, str))
        seen[words] = seen.get(words, 0) + 1
        ids[record] = content_id(prefix, article_id, *words, seen[words])
    return ids
