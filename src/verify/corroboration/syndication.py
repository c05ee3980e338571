"""Articles that are copies of others: near-duplicates by shared word sequences."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from verify.models import Article

Hashes = NDArray[np.uint32]

_WORD = re.compile(r"\w+")
_SHINGLE = 6  # words in a sequence
_SAMPLE = 4  # one of so many sequences is kept, the same ones in every article (Broder 1997, mod p)
_FEWEST = 5  # sampled sequences below which two articles are only compared whole
_BASE = np.uint64(0x9E3779B97F4A7C15)  # 2 to the 64 by the golden ratio: odd, and its bits follow no pattern
_HALF = np.uint64(32)  # bits of a hash
_COPIED = 0.7  # share of the shorter article's sequences that stand in the other one
_COMMON = 50  # a sequence that so many originals hold is boilerplate, and further ones are not looked up by it


def find_copies(articles: Sequence[Article]) -> dict[str, str]:
    """Say which articles copy another publisher's, and which one each copies.

    The original is the earliest of its copies by publication date (a dated article before an undated one) and,
    where that does not decide, by article_id. Two articles are copies where at least 70% of the sampled
    six-word sequences of the shorter one stand in the other (containment; Broder 1997). Two articles of one
    known publisher are never copies of each other in this sense.

    Args:
        articles: Articles in any order.

    Returns:
        The article_id of the original by that of its copy.
    """
    order = sorted(articles, key=_age)
    hash_of = _WordHashes()
    shingles = [_shingles(article.text, hash_of) for article in order]
    shared = _in_several(shingles)
    holders: dict[int, list[int]] = defaultdict(list)
    origin: dict[str, str] = {}
    for index, article in enumerate(order):
        own = [shingle for shingle in shingles[index].tolist() if shingle in shared]
        known = _original(index, own, order, shingles, holders)
        if known is not None:
            origin[article.article_id] = order[known].article_id
            continue
        for shingle in own:
            if len(holders[shingle]) < _COMMON:
                holders[shingle].append(index)
    return origin


def _in_several(shingles: Sequence[Hashes]) -> set[int]:
    """Return the hashes that more than one article has: most sequences of words occur once."""
    if not shingles:
        return set()
    found, counts = np.unique(np.concatenate(shingles), return_counts=True)
    return set(found[counts > 1].tolist())


def _original(
    index: int,
    own: Sequence[int],
    articles: Sequence[Article],
    shingles: Sequence[Hashes],
    holders: Mapping[int, list[int]],
) -> int | None:
    """Return the earlier article that this one shares most with, if it is a copy of it."""
    shared = Counter(other for shingle in own for other in holders.get(shingle, ()))
    for other, count in sorted(shared.items(), key=lambda item: (-item[1], articles[item[0]].article_id)):
        shorter = min(len(shingles[index]), len(shingles[other]))
        if count < _COPIED * shorter:
            continue
        if not _same_publisher(articles[index], articles[other]):
            return other
    return None


def _same_publisher(one: Article, other: Article) -> bool:
    return one.publisher_id is not None and one.publisher_id == other.publisher_id


class _WordHashes(dict[str, int]):
    """The hash of each word that was asked for."""

    def __missing__(self, word: str) -> int:
        self[word] = found = zlib.crc32(word.encode())
        return found


def _shingles(text: str, hash_of: _WordHashes) -> Hashes:
    """Return the sampled hashes of an article's word sequences, sorted, or one hash of a text too short to sample."""
    words = _WORD.findall(text.casefold())
    hashes = _sequences(np.fromiter(map(hash_of.__getitem__, words), np.uint64, len(words)))
    sampled = np.unique(hashes[hashes % _SAMPLE == 0])
    if len(sampled) >= _FEWEST:
        return sampled
    return np.array([zlib.crc32(" ".join(words).encode())] if words else [], dtype=np.uint32)


def _sequences(words: NDArray[np.uint64]) -> Hashes:
    """Return the hash of every sequence of words, from the hashes of the words (Karp and Rabin 1987)."""
    number = max(0, len(words) - _SHINGLE + 1)
    hashes = np.zeros(number, dtype=np.uint64)
    for at in range(_SHINGLE):
        hashes = hashes * _BASE + words[at : at + number]  # modulo 2 to the 64
    mixed = (hashes ^ (hashes >> _HALF)) * _BASE  # or the lowest bits would depend on those of the words alone
    return (mixed >> _HALF).astype(np.uint32)


def _age(article: Article) -> tuple[bool, datetime, str]:
    """Return what articles are sorted by: the earliest first, undated ones last."""
    published = article.published_at
    if published is None:
        return True, datetime.max.replace(tzinfo=UTC), article.article_id
    if not isinstance(published, datetime):
        published = datetime.combine(published, time.min)
    return False, published if published.tzinfo else published.replace(tzinfo=UTC), article.article_id
