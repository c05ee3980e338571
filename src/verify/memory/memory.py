"""Articles by the bytes of their file, and analyses by what was read of the article."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from verify.articles import Corpus, InputFile
from verify.calls import Calls, find_calls
from verify.memory.records import apart, decode, encode, together
from verify.memory.store import Store
from verify.models import AnalysedArticle, Article, Issue
from verify.terms import IssueReason

K = TypeVar("K")
T = TypeVar("T")
_PASSING = frozenset({IssueReason.UNREADABLE})  # what can be another way when the same bytes are read again
MAX_VALUE = 200_000_000  # bytes of what is kept of one file of articles; SQLite holds no more than 1,000,000,000
logger = logging.getLogger(__name__)


def _nowhere(publisher_id: str | None) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier run found in an article."""

    calls: Calls  # how it calls its actors
    analysis: bytes  # encoded, without the text: most are not needed again


@dataclass(frozen=True, slots=True)
class Memory:
    """What earlier runs with the same pipeline and settings found in the same files and articles.

    An analysis does not depend on where its article stands: a renamed article keeps it, and its claims get the ids of
    the new place.
    """

    store: Store = field(default_factory=Store)
    reading: str = ""  # fingerprint of what articles depend on beside the bytes of their files
    analysing: str = ""  # fingerprint of what an analysis depends on beside its article
    country: Callable[[str | None], str] = _nowhere  # of a publisher; it decides the order of day and month
    is_blind: bool = False  # recall nothing, so that everything is found anew; keep it all the same
    _files: dict[InputFile, bytes] = field(default_factory=dict)

    def recall_files(self, files: Iterable[InputFile]) -> dict[InputFile, Corpus]:
        """Return the articles and issues of the files that are known by these names and with these bytes."""
        keys = {file: key for file in files if (key := self._file_key(file))}
        self._files.update(keys)
        return {file: part for file, key in keys.items() if (part := self._decoded(self._get(key), Corpus))}

    def keep_files(self, files: Sequence[InputFile], found: Corpus) -> None:
        """Keep the articles and issues of some files.

        A file that has changed since `recall_files` looked at it is left out, and so are two files of one name.

        Args:
            files: Files that have been read.
            found: All of their articles and issues, without what comes of comparing articles.
        """
        articles: defaultdict[str, list[Article]] = defaultdict(list)
        issues: defaultdict[str, list[Issue]] = defaultdict(list)
        for article in found.articles:
            articles[article.path].append(article)
        for issue in found.issues:
            issues[issue.path].append(issue)
        names = Counter(file.name for file in files)
        parts = {}
        for file in files:
            part = Corpus(tuple(articles[file.name]), tuple(issues[file.name]))
            if names[file.name] == 1 and not any(issue.reason in _PASSING for issue in part.issues):
                key = self._file_key(file)
                if key and key == self._files.get(file):
                    parts[key] = part
        self.store.put(_encoded(parts))

    def recall(self, article: Article) -> Known | None:
        """Return what is known of an article."""
        data = self._get(self._key(article))
        if data is None:
            return None
        calls, analysis = apart(data)
        found = self._decoded(calls, Calls)
        return None if found is None else Known(found, analysis)

    def keep(self, analysed: Iterable[AnalysedArticle]) -> dict[str, Known]:
        """Keep the analyses of some articles.

        Returns:
            What is known of them from now on, by article_id; one that cannot be kept is missing.
        """
        if not self.store.keeps:
            return {}
        found = {one.article.article_id: one for one in analysed}
        calls = {own: find_calls(one.analysis) for own, one in found.items()}
        packed = _encoded({own: replace(one.analysis, text="") for own, one in found.items()})
        beside = _encoded({own: calls[own] for own in packed})
        self.store.put({self._key(found[own].article): together(beside[own], packed[own]) for own in beside})
        return {own: Known(calls[own], packed[own]) for own in beside}

    def key_of(self, kind: str, article: Article, *depends_on: object) -> bytes:
        """Return the key of something that was made of an article.

        Args:
            kind: What it is.
            article: The article.
            depends_on: What it depends on beside the article and its analysis.
        """
        return _hash(kind, self._key(article), replace(article, text=""), *depends_on)

    def recall_bytes(self, key: bytes) -> bytes | None:
        """Return what is kept under a key of `key_of`."""
        return self._get(key)

    def keep_bytes(self, values: Mapping[bytes, bytes]) -> None:
        """Keep something by such keys."""
        self.store.put({key: value for key, value in values.items() if len(value) <= MAX_VALUE})

    def _get(self, key: bytes) -> bytes | None:
        return None if self.is_blind else self.store.get(key)

    def _decoded(self, data: bytes | None, kind: type[T]) -> T | None:
        if data is None:
            return None
        try:
            return decode(data, kind)
        except ValueError as error:  # made by another hand: its checksum is right
            logger.debug("what was kept of an earlier run is %s; it is found anew", error)
            return None

    def _key(self, article: Article) -> bytes:
        published = article.published_at.isoformat() if article.published_at else None
        country = self.country(article.publisher_id)
        return _hash("analysis", self.analysing, article.text, article.title, published, country)

    def _file_key(self, file: InputFile) -> bytes | None:
        """Hash a file and its metadata file; None where they cannot be read, which reading it will report."""
        try:
            side = (file.side_file.name, _file_hash(file.side_file)) if file.side_file else None
            return _hash("file", self.reading, file.name, _file_hash(file.path), side)
        except Exception:  # each file system has errors of its own
            return None


def _encoded(records: Mapping[K, object]) -> dict[K, bytes]:
    """Encode records that can be kept."""
    values = {}
    for key, record in records.items():
        try:
            value = encode(record)
        except TypeError as error:  # a mistake in the extraction costs time, not the run
            logger.warning("what was found is not kept: %s", error)
            continue
        if len(value) <= MAX_VALUE:
            values[key] = value
    return values


def _hash(*parts: object) -> bytes:
    return hashlib.sha256(repr(parts).encode()).digest()


def _file_hash(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
