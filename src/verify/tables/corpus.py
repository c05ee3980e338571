"""Rows that count over all articles: `actors` and `sources`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from verify.models import AnalysedArticle, Mention
from verify.tables.frame import Cells, Columns
from verify.tables.ids import ItemIds, source_id
from verify.terms import SourceKind


@dataclass(slots=True)
class _Actor:
    mention: Mention
    names: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    n_claims: int = 0


@dataclass(slots=True)
class _Source:
    name: str
    kind: SourceKind
    words: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    publishers: set[str] = field(default_factory=set)
    n_attributions: int = 0
    n_claims: int = 0


class Corpus:
    """Counts that grow by one article after the other."""

    def __init__(self) -> None:
        self._actors: dict[str, _Actor] = {}
        self._sources: dict[str, _Source] = {}

    def add(self, analysed: AnalysedArticle, ids: ItemIds) -> None:
        """Count the names and the sources of one article."""
        self._count_mentions(analysed, ids)
        self._count_attributions(analysed, ids)
        for claim in analysed.analysis.claims:
            for actor_id in {mention.actor_id for mention in claim.mentions}:
                self._actors[actor_id].n_claims += 1
            if claim.source and (key := source_id(claim.source)):
                self._sources[key].n_claims += 1

    def _count_mentions(self, analysed: AnalysedArticle, ids: ItemIds) -> None:
        for mention in ids.mentions:
            actor = self._actors.setdefault(mention.actor_id, _Actor(mention))
            actor.names[mention.name] += 1
            actor.articles.add(analysed.article.article_id)

    def _count_attributions(self, analysed: AnalysedArticle, ids: ItemIds) -> None:
        for found in ids.attributions:
            if not (key := source_id(found)):
                continue
            source = self._sources.setdefault(key, _Source(found.source_name, found.source_kind))
            source.name = min(source.name, found.source_name)
            source.words[found.source_text or found.source_name] += 1
            source.articles.add(analysed.article.article_id)
            if analysed.article.publisher_id:
                source.publishers.add(analysed.article.publisher_id)
            source.n_attributions += 1

    def actors(self) -> Cells:
        """Return the cells of `actors`."""
        columns = Columns()
        for key, actor in self._actors.items():
            columns.add(
                {
                    "actor_id": key,
                    "name": _most_frequent(actor.names),
                    "actor_kind": actor.mention.kind,
                    "code": actor.mention.code,
                    "n_mentions": actor.names.total(),
                    "n_claims": actor.n_claims,
                    "n_articles": len(actor.articles),
                }
            )
        return columns.cells

    def sources(self) -> Cells:
        """Return the cells of `sources`."""
        columns = Columns()
        for key, source in self._sources.items():
            columns.add(
                {
                    "source_id": key,
                    "source_name": source.name,
                    "source_text": _most_frequent(source.words),
                    "source_kind": source.kind,
                    "n_attributions": source.n_attributions,
                    "n_claims": source.n_claims,
                    "n_articles": len(source.articles),
                    "n_publishers": len(source.publishers),
                }
            )
        return columns.cells


def _most_frequent(words: Counter[str]) -> str:
    """Return the most frequent form, of equally frequent ones the first in code point order."""
    return min(words, key=lambda word: (-words[word], word))
