"""What the stages of a run share, and what they pass on to one another."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from verify import fingerprint, nlp
from verify.garbage import give_back
from verify.memory import Memory
from verify.models import AnalysedArticle, Article, Block, Issue
from verify.publishers import Publishers
from verify.reading import Reading
from verify.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True)
class Run:
    """What stays the same throughout a run."""

    settings: Settings
    loaded: Language | None  # the spaCy pipeline, where it is loaded already
    publishers: Publishers
    memory: Memory = field(default_factory=Memory)

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline, loaded when it is first needed: not where every article is known."""
        return nlp.load(self.settings.model) if self.loaded is None else self.loaded

    def let_go(self) -> None:
        """Forget the spaCy pipeline, which takes the more memory the more words it has read.

        One that was loaded elsewhere stays; what needs it again loads it again.
        """
        if vars(self).pop("nlp", None) is not None:
            gc.collect()  # its parts hold one another
            give_back()

    @cached_property
    def fingerprint(self) -> str:
        """What the program, its libraries and the spaCy pipeline are, in one hash."""
        return fingerprint.of_pipeline(self.settings)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article, its blocks in raw offsets, and the text that the pipeline reads."""

    article: Article
    blocks: tuple[Block, ...]
    reading: Reading


@dataclass(frozen=True, slots=True)
class Extracted:
    """Analysed articles, and what went wrong on the way."""

    articles: tuple[AnalysedArticle, ...] = ()
    issues: tuple[Issue, ...] = ()

    def __add__(self, other: Extracted) -> Extracted:
        return Extracted(self.articles + other.articles, self.issues + other.issues)
