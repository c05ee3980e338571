"""Tables that count over all articles: `articles`, `actors` and `sources`.

Articles go in one by one and none of them is kept. A name costs its text once and then four bytes wherever it stands,
because a corpus of ten thousand articles names somebody a million times.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from verify.models import Article
from verify.tables.counts import Counts
from verify.tables.frame import Columns, to_frame
from verify.terms import ActorKind, SourceKind

_NOBODY = ""  # the publisher of an article that names none


class Census:
    """Count the articles, the names and the sources of a corpus."""

    def __init__(self) -> None:
        self._articles = Columns()
        self._actors, self._sources, self._texts, self._publishers = _Numbers(), _Numbers(), _Numbers(), _Numbers()
        self._actor_kinds: dict[int, tuple[ActorKind, str]] = {}  # and codes, by the number of the actor
        self._source_kinds: dict[int, SourceKind] = {}
        self._mentions = _Rows("key", "text", "article", "times")
        self._attributions = _Rows("key", "name", "text", "article", "publisher", "times")
        self._claims_of_actors, self._claims_of_sources = _Rows("key", "times"), _Rows("key", "times")

    def add(self, article: Article, counts: Counts, syndicated_from: str | None = None) -> None:
        """Take in the counts of one article, its actors named as in all others.

        Args:
            article: The article.
            counts: From `tables.count`.
            syndicated_from: The article_id of the text that this one copies.
        """
        at = len(self._articles)
        self._articles.add(_article(article, counts.claims, syndicated_from))
        for named in counts.names:
            number = self._actors.of(named.actor_id)
            self._actor_kinds.setdefault(number, (named.kind, named.code))
            self._mentions.add(number, self._texts.of(named.name), at, named.times)
        for claimed in counts.claims_of_actors:
            self._claims_of_actors.add(self._actors.of(claimed.key), claimed.times)
        publisher = self._publishers.of(article.publisher_id or _NOBODY)
        for cited in counts.sources:
            number = self._sources.of(cited.source_id)
            self._source_kinds.setdefault(number, cited.kind)
            name, words = self._texts.of(cited.name), self._texts.of(cited.words)
            self._attributions.add(number, name, words, at, publisher, cited.times)
        for claimed in counts.claims_of_sources:
            self._claims_of_sources.add(self._sources.of(claimed.key), claimed.times)

    def frames(self) -> dict[str, pd.DataFrame]:
        """Make the tables of what was counted; the order of the articles does not change them."""
        return {
            "articles": to_frame("articles", self._articles.cells),
            "actors": self._actors_frame(),
            "sources": self._sources_frame(),
        }

    def _actors_frame(self) -> pd.DataFrame:
        mentions, ids = self._mentions.frame(), self._actors.texts()
        claims = _sums(self._claims_of_actors.frame(), len(ids))
        kinds = [self._actor_kinds[number] for number in range(len(ids))]
        cells: dict[str, list[Any]] = {
            "actor_id": ids,
            "name": self._most_frequent(mentions),
            "actor_kind": [kind for kind, _ in kinds],
            "code": [code for _, code in kinds],
            "n_mentions": _sums(mentions, len(ids)),
            "n_claims": claims,
            "n_articles": _different(mentions, "article", len(ids)),
        }
        return to_frame("actors", cells)

    def _sources_frame(self) -> pd.DataFrame:
        attributions, ids = self._attributions.frame(), self._sources.texts()
        nobody = self._publishers.of(_NOBODY)
        cells: dict[str, list[Any]] = {
            "source_id": ids,
            "source_name": self._first(attributions),
            "source_text": self._most_frequent(attributions),
            "source_kind": [self._source_kinds[number] for number in range(len(ids))],
            "n_attributions": _sums(attributions, len(ids)),
            "n_claims": _sums(self._claims_of_sources.frame(), len(ids)),
            "n_articles": _different(attributions, "article", len(ids)),
            "n_publishers": _different(attributions[attributions["publisher"] != nobody], "publisher", len(ids)),
        }
        return to_frame("sources", cells)

    def _most_frequent(self, rows: pd.DataFrame) -> list[str]:
        """Return the most frequent text of each key, of equally frequent ones the first in code point order."""
        counts = rows.groupby(["key", "text"])["times"].sum().reset_index()
        counts["rank"] = self._texts.ranks()[counts["text"]]
        first = counts.sort_values(["key", "times", "rank"], ascending=[True, False, True]).drop_duplicates("key")
        return self._texts.named(first["text"])

    def _first(self, rows: pd.DataFrame) -> list[str]:
        """Return the first name of each key in code point order."""
        ranked = rows.assign(rank=self._texts.ranks()[rows["name"]]).sort_values(["key", "rank"])
        return self._texts.named(ranked.drop_duplicates("key")["name"])


class _Numbers:
    """Texts by number, each once, from 0 on."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def of(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def texts(self) -> list[str]:
        return list(self._numbers)

    def named(self, numbers: Iterable[int]) -> list[str]:
        texts = self.texts()
        return [texts[number] for number in numbers]

    def ranks(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Return the place of each text in code point order, by its number."""
        texts = self.texts()
        ranks = np.empty(len(texts), dtype=np.int64)
        ranks[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
        return ranks


class _Rows:
    """Rows of numbers, by column."""

    def __init__(self, *names: str) -> None:
        self._columns = {name: array("I") for name in names}

    def add(self, *numbers: int) -> None:
        for column, number in zip(self._columns.values(), numbers, strict=True):
            column.append(number)

    def frame(self) -> pd.DataFrame:
        cells = {name: np.frombuffer(column, dtype=np.uint32) for name, column in self._columns.items()}
        return pd.DataFrame(cells).astype("int64")


def _sums(rows: pd.DataFrame, number: int) -> list[int]:
    """Return the sum of `times` of each key from 0 to a number."""
    return rows.groupby("key")["times"].sum().reindex(range(number), fill_value=0).tolist()


def _different(rows: pd.DataFrame, column: str, number: int) -> list[int]:
    """Return how many different values each key from 0 to a number has."""
    return rows.groupby("key")[column].nunique().reindex(range(number), fill_value=0).tolist()


def _article(article: Article, n_claims: int, syndicated_from: str | None) -> dict[str, object]:
    return {
        "article_id": article.article_id,
        "path": article.path,
        "row": article.row,
        "url": article.url,
        "publisher_id": article.publisher_id,
        "title": article.title,
        "byline": article.byline,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "language": article.language,
        "text_sha256": article.text_sha256,
        "n_words": len(article.text.split()),
        "n_claims": n_claims,
        "syndicated_from": syndicated_from,
    }
