"""The analyses of a run, from the extraction to the tables."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from verify.actors import Names
from verify.calls import Call, Calls, find_calls
from verify.memory import Known, decode, encode
from verify.models import AnalysedArticle, Analysis, Article, Issue

PART = 1_000_000  # characters of articles whose tables are made together: about 150 articles, and 150 MB
logger = logging.getLogger(__name__)


class Findings:
    """Hold the analyses of all articles: a few as they are, many as bytes that are thirty times smaller.

    Records of ten thousand articles would take four gigabytes. As bytes they take a hundred and thirty megabytes, and
    to read them again costs a thirtieth of what it cost to make them. Those of earlier runs come as bytes, and most of
    them are never read.

    Args:
        part: Characters of articles that may lie as they are, and that `parts` gives at once; `PART` by default.
        analyse: Called with an article whose bytes cannot be read after all. They came from the file of an earlier run
            with the right checksum, so another hand made them; without it, reading them raises a ValueError.
    """

    def __init__(self, part: int = 0, analyse: Callable[[Article], AnalysedArticle] | None = None) -> None:
        self._part = part or PART
        self._analyse = analyse
        self._articles: dict[str, Article] = {}
        self._loose: dict[str, AnalysedArticle] = {}
        self._packed: dict[str, bytes] = {}
        self._calls: dict[str, tuple[Call, ...]] = {}
        self._shared: dict[Call, Call] = {}  # articles call the same people over and over
        self._length = 0
        self.names = Names()
        self.issues: list[Issue] = []  # all that could not be read or analysed

    def __len__(self) -> int:
        return len(self._articles)

    def __getitem__(self, article_id: str) -> AnalysedArticle:
        if article_id in self._loose:
            return self._loose[article_id]
        article = self._articles[article_id]
        try:
            analysis = decode(self._packed[article_id], Analysis)
        except ValueError as error:
            if self._analyse is None:
                raise
            logger.debug("what was kept of an earlier run is %s; %s is analysed again", error, article.path)
            self._loose[article_id] = self._analyse(article)
            return self._loose[article_id]
        return AnalysedArticle(article, replace(analysis, text=article.text))

    def __iter__(self) -> Iterator[AnalysedArticle]:
        """Yield the articles as they were analysed, in the order of their ids."""
        return (self[article_id] for article_id in sorted(self._articles))

    @property
    def articles(self) -> list[Article]:
        """All articles that were analysed, in the order of their ids."""
        return [self._articles[article_id] for article_id in sorted(self._articles)]

    def add(self, analysed: AnalysedArticle, known: Known | None = None) -> None:
        """Take in one article.

        Args:
            analysed: The article, as it comes from the extraction.
            known: What `Memory.keep` made of it, where it was kept.
        """
        article = analysed.article
        self._take(article, find_calls(analysed.analysis) if known is None else known.calls)
        self._loose[article.article_id] = analysed
        self._length += len(article.text) + 1
        if known is not None:
            self._packed[article.article_id] = known.analysis
        if self._length > self._part:
            self._pack()

    def add_known(self, article: Article, known: Known) -> None:
        """Take in one article that an earlier run has analysed."""
        self._take(article, known.calls)
        self._packed[article.article_id] = known.analysis

    def named(self, article_id: str) -> list[tuple[str, bool]]:
        """Return how the corpus names the persons and organisations of an article, without reading its analysis."""
        return [self.names.settle(call) for call in self._calls[article_id]]

    def settled(self, article_id: str, copies: Mapping[str, str]) -> AnalysedArticle:
        """Return an article with its actors named as in all others.

        Args:
            article_id: Of the article.
            copies: The article_id of the original by that of its copy.
        """
        analysed, original = self.names.rename(self[article_id]), copies.get(article_id)
        return analysed if analysed.syndicated_from == original else replace(analysed, syndicated_from=original)

    def forget(self, article_ids: Iterable[str]) -> None:
        """Let go of the analyses of some articles; nothing but which articles they are can be asked of them any more.

        Args:
            article_ids: Of articles whose tables are made.
        """
        for article_id in article_ids:
            for held in (self._loose, self._packed, self._calls):
                held.pop(article_id, None)

    def parts(self) -> Iterator[list[str]]:
        """Yield the ids of all articles in order, so many at a time that their tables fit in memory.

        No articles are one part.
        """
        part: list[str] = []
        length = 0
        for article_id in sorted(self._articles):
            size = len(self._articles[article_id].text) + 1
            if part and length + size > self._part:
                yield part
                part, length = [], 0
            part.append(article_id)
            length += size
        yield part

    def _take(self, article: Article, calls: Calls) -> None:
        self._articles[article.article_id] = article
        self._calls[article.article_id] = tuple(self._shared.setdefault(call, call) for call in calls.calls)
        self.names.add(calls)

    def _pack(self) -> None:
        """Leave the articles in bytes alone; one whose records cannot be encoded stays as it is."""
        for article_id, analysed in list(self._loose.items()):
            if article_id not in self._packed:
                try:
                    self._packed[article_id] = encode(replace(analysed.analysis, text=""))
                except TypeError:  # a mistake in the extraction costs memory, not the run
                    continue
            del self._loose[article_id]
