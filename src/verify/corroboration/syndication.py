"""Articles that are copies of others: near-duplicates by shared word sequences."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verify.models import AnalysedArticle, Article

_WORD = re.compile(r"\w+")
_SHINGLE = 6  # words in a sequence
_SAMPLE = 4  # one of so many sequences is kept, the same ones in every article (Broder 1997, mod p)
_FEWEST = 5  # sampled sequences below which two articles are only compared whole
_COPIED = 0.7  # share of the shorter article's sequences that stand in the other one
_COMMON = 50  # a sequence that so many originals hold is boilerplate, and further ones are not looked up by it


def mark_syndicated(articles: Sequence[AnalysedArticle]) -> list[AnalysedArticle]:
    """Say of each article that copies another publisher's which one it copies.

    The original is the earliest of its copies by publication date (a dated article before an undated one) and,
    where that does not decide, by article_id. Two articles are copies where at least 70% of the sampled
    six-word sequences of the shorter one stand in the other (containment; Broder 1997). Two articles of one
    known publisher are never copies of each other in this sense.

    Args:
        articles: Analysed articles in any order.

    Returns:
        The same articles in the same order, `syndicated_from` set anew on each.
    """
    order = sorted(range(len(articles)), key=lambda index: _age(articles[index].article))
    shingles = [_shingles(analysed.article.text) for analysed in articles]
    holders: dict[int, list[int]] = defaultdict(list)
    origin: dict[int, int] = {}
    for index in order:
        known = _original(index, articles, shingles, holders)
        if known is not None:
            origin[index] = known
            continue
        for shingle in shingles[index]:
            if len(holders[shingle]) < _COMMON:
                holders[shingle].append(index)
    return [
        replace(analysed, syndicated_from=articles[origin[index]].article.article_id if index in origin else None)
        for index, analysed in enumerate(articles)
    ]


def _original(
    index: int, articles: Sequence[AnalysedArticle], shingles: list[frozenset[int]], holders: dict[int, list[int]]
) -> int | None:
    """Return the earlier article that this one shares most with, if it is a copy of it."""
    shared = Counter(other for shingle in shingles[index] for other in holders.get(shingle, ()))
    for other, count in sorted(shared.items(), key=lambda item: (-item[1], articles[item[0]].article.article_id)):
        shorter = min(len(shingles[index]), len(shingles[other]))
        if count < _COPIED * shorter:
            continue
        if not _same_publisher(articles[index].article, articles[other].article):
            return other
    return None


def _same_publisher(one: Article, other: Article) -> bool:
    return one.publisher_id is not None and one.publisher_id == other.publisher_id


def _shingles(text: str) -> frozenset[int]:
    """Return the sampled hashes of an article's word sequences, or one hash of a text too short to sample."""
    words = _WORD.findall(text.casefold())
    joined = (" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
    sampled = frozenset(found for found in (zlib.crc32(part.encode()) for part in joined) if not found % _SAMPLE)
    if len(sampled) >= _FEWEST:
        return sampled
    return frozenset({zlib.crc32(" ".join(words).encode())}) if words else frozenset()


def _age(article: Article) -> tuple[bool, datetime, str]:
    """Return what articles are sorted by: the earliest first, undated ones last."""
    published = article.published_at
    if published is None:
        return True, datetime.max.replace(tzinfo=UTC), article.article_id
    if not isinstance(published, datetime):
        published = datetime.combine(published, time.min)
    return False, published if published.tzinfo else published.replace(tzinfo=UTC), article.article_id
