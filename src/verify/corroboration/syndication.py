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
    from collections.abc import Iterator, Mapping, Sequence

    from verify.models import Article

Hashes = NDArray[np.uint32]

_WORD = re.compile(r"\w+")
_SHINGLE = 6  # words in a sequence
_SAMPLE = 4  # articles are looked up by one of so many sequences, the same ones in every article (Broder 1997, mod p)
_FEWEST = 5  # sampled sequences below which two articles are only compared whole
_BASE = np.uint64(0x9E3779B97F4A7C15)  # 2 to the 64 by the golden ratio: odd, and its bits follow no pattern
_HALF = np.uint64(32)  # bits of a hash
_COPIED = 0.7  # share of the shorter article's sequences that stand in the other one
_LIKELY = 0.5  # the same of the sampled ones, from which on all are compared
_COMMON = 50  # a sequence that so many originals hold is boilerplate, and further ones are not looked up by it


def find_copies(articles: Sequence[Article]) -> dict[str, str]:
    """Say which articles copy another publisher's, and which one each copies.

    The original is the earliest of its copies by publication date (a dated article before an undated one) and,
    where that does not decide, by article_id. Two articles are copies where at least 70% of the six-word
    sequences of the shorter one stand in the other (containment; Broder 1997); which pairs are compared is found by a
    sample of the sequences. Two articles of one known publisher are never copies of each other in this sense.

    Args:
        articles: Articles in any order.

    Returns:
        The article_id of the original by that of its copy.
    """
    order = sorted(articles, key=_age)
    hash_of = _WordHashes()
    shingles = [_shingles(article.text, hash_of) for article in order]
    sampled = [_sample(found) for found in shingles]
    shared = _in_several(sampled)
    holders: dict[int, list[int]] = defaultdict(list)
    origin: dict[str, str] = {}
    for index, article in enumerate(order):
        own = [shingle for shingle in sampled[index].tolist() if shingle in shared]
        likely = _likely(index, own, order, sampled, holders)
        known = next((other for other in likely if _is_copy(shingles[index], shingles[other])), None)
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


def _likely(
    index: int,
    own: Sequence[int],
    articles: Sequence[Article],
    sampled: Sequence[Hashes],
    holders: Mapping[int, list[int]],
) -> Iterator[int]:
    """Yield the earlier articles that this one can be a copy of, those first that it shares most with."""
    shared = Counter(other for shingle in own for other in holders.get(shingle, ()))
    for other, count in sorted(shared.items(), key=lambda item: (-item[1], articles[item[0]].article_id)):
        shorter = min(len(sampled[index]), len(sampled[other]))
        if count >= _LIKELY * shorter and not _same_publisher(articles[index], articles[other]):
            yield other


def _is_copy(one: Hashes, other: Hashes) -> bool:
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared >= _COPIED * min(len(one), len(other))


def _same_publisher(one: Article, other: Article) -> bool:
    return one.publisher_id is not None and one.publisher_id == other.publisher_id


class _WordHashes(dict[str, int]):
    """The hash of each word that was asked for."""

    def __missing__(self, word: str) -> int:
        self[word] = found = zlib.crc32(word.encode())
        return found


def _shingles(text: str, hash_of: _WordHashes) -> Hashes:
    """Return the hashes of an article's word sequences, each once and sorted, or one of a text too short to sample."""
    words = _WORD.findall(text.casefold())
    hashes = np.unique(_sequences(np.fromiter(map(hash_of.__getitem__, words), np.uint64, len(words))))
    if np.count_nonzero(hashes % _SAMPLE == 0) >= _FEWEST:
        return hashes
    return np.array([zlib.crc32(" ".join(words).encode())] if words else [], dtype=np.uint32)


def _sample(hashes: Hashes) -> Hashes:
    return hashes if len(hashes) == 1 else hashes[hashes % _SAMPLE == 0]


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
