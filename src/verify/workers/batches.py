"""Batches of files or articles: near the same length, in the order of the corpus."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from verify.models import Article

T = TypeVar("T")


def length(article: Article) -> int:
    """Return how much work an article is, in characters."""
    return len(article.text) + 1


def cut(
    items: Sequence[T], most: int, at_once: int = 1, size: Callable[[T], int] = lambda item: 1
) -> list[Sequence[T]]:
    """Cut a sequence into batches of about the same size, so that no worker waits long for another at the end.

    Args:
        items: Files or articles; each batch is a stretch of them.
        most: The most items in a batch.
        at_once: How many batches are worked on at once. The number of batches aims at a multiple of it.
        size: How much work an item is; one for each by default.
    """
    if not items:
        return []
    number = math.ceil(len(items) / most)
    number = min(len(items), math.ceil(number / at_once) * at_once)
    share = sum(size(item) for item in items) / number
    return list(_stretches(items, most, share, size))


def _stretches(items: Sequence[T], most: int, share: float, size: Callable[[T], int]) -> Iterator[Sequence[T]]:
    """Yield stretches that end where the items so far make up a whole number of shares, or earlier."""
    start, done, due = 0, 0, share
    for end, item in enumerate(items, 1):
        done += size(item)
        if end - start == most or done >= due or end == len(items):
            yield items[start:end]
            start = end
            while due <= done:
                due += share
