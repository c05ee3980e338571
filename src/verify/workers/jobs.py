"""What a worker does to a batch, and what it must know for it.

A worker gets files or articles and gives back frozen records. A parsed `Doc` never leaves the process that made it:
it is large, and the attributes that spaCy users set on it do not pickle.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from verify import fingerprint, nlp, stages
from verify.articles import Corpus, InputFile
from verify.articles.corpus import join
from verify.context import Extracted, Run
from verify.errors import WorkerError
from verify.models import Article, Issue
from verify.provenance import PLACES
from verify.publishers import Publishers
from verify.settings import OPERATION, Settings
from verify.terms import IssueReason, IssueSeverity
from verify.workers.logs import kept

if TYPE_CHECKING:
    from spacy.language import Language

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a worker must know; it holds no secret and no place but the pipeline's."""

    settings: Settings
    publishers: Publishers
    fingerprint: str  # of the program, its libraries and the pipeline, which must be the same everywhere


@dataclass(frozen=True, slots=True)
class Job(Generic[T, R]):
    """A kind of work on a batch."""

    name: str
    do: Callable[[Sequence[T], Run], R]
    join: Callable[[Sequence[R]], R]  # the results of parts of a batch, as if it had been done whole
    give_up: Callable[[T, str], R]  # the result for one item that ended every process that took it


def extract(batch: Sequence[Article], run: Run) -> Extracted:
    """Clean, parse and extract a batch of articles."""
    cleaned = stages.clean(batch)
    return stages.extract(cleaned, stages.annotate(cleaned, run), run)


def extract_told(batch: Sequence[Article], told: Brief) -> tuple[Extracted, list[logging.LogRecord]]:
    """Clean, parse and extract a batch on another machine; its log lines come back with the records.

    One batch at a time in a process: a spaCy pipeline is not made for several threads.
    """
    with _WORKING, kept() as records:
        return extract(batch, open_run(told)), records


def _unread(file: InputFile, why: str) -> Corpus:
    detail = f"the file was given up: {why}"
    return Corpus(issues=(Issue(file.name, IssueReason.UNREADABLE, IssueSeverity.ERROR, detail),))


def _unextracted(article: Article, why: str) -> Extracted:
    return Extracted(issues=(stages.failed(article, f"the article was given up: {why}"),))


def _add(parts: Sequence[Extracted]) -> Extracted:
    return sum(parts, Extracted())


READ: Job[InputFile, Corpus] = Job("read", stages.read, join, _unread)
EXTRACT: Job[Article, Extracted] = Job("extract", extract, _add, _unextracted)
JOBS: dict[str, Job[Any, Any]] = {job.name: job for job in (READ, EXTRACT)}


def brief(run: Run) -> Brief:
    """Return what a worker must know of a run."""
    kept = run.settings.model_dump(exclude=set(OPERATION | PLACES - {"model"}), exclude_defaults=True)
    return Brief(Settings(**kept), run.publishers, run.fingerprint)


def open_run(told: Brief) -> Run:
    """Return the run that a brief stands for; a process loads a pipeline once and keeps it.

    Raises:
        ModelError: The pipeline cannot be loaded here.
        WorkerError: The program, libraries or pipeline here are not those of the run: another machine was set up
            otherwise, or files have changed since the run began.
    """
    with _LOADING:
        if told.fingerprint not in _LOADED:
            if fingerprint.of_pipeline(told.settings) != told.fingerprint:
                raise WorkerError(
                    "A worker has another version of the program, its libraries or the spaCy pipeline than the run",
                    "Install the same lock file and pipeline everywhere, and start the run and its workers again.",
                )
            _LOADED.clear()
            _LOADED[told.fingerprint] = nlp.load(told.settings.model)
        return Run(told.settings, _LOADED[told.fingerprint], told.publishers)


_LOADING, _WORKING = threading.Lock(), threading.Lock()
_LOADED: dict[str, Language] = {}  # at most one, by its fingerprint
