"""What is read: articles, their blocks, their publishers, and issues with inputs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from verify.models.base import Span
from verify.terms import BlockKind, IssueReason, IssueSeverity


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read, before any language work.

    `text` is the raw text that every offset counts in: the file's own text without its front matter,
    the value of the text field of a record, or the main text taken out of an HTML page.
    """

    article_id: str
    path: str  # relative to the input folder, with forward slashes
    text: str
    row: int | None = None  # of a jsonl or csv file, counted from 1
    url: str | None = None
    title: str | None = None
    publisher_id: str | None = None
    byline: str | None = None
    published_at: date | datetime | None = None
    language: str = "en"
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something about an input that a person should know; a row of `issues`."""

    path: str
    reason: IssueReason
    severity: IssueSeverity
    detail: str  # the value found and what was expected
    row: int | None = None  # of a jsonl or csv file, counted from 1
    position: int | None = None  # byte or character offset, where there is one
    article_id: str | None = None
    claim_id: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article of one kind, without the white space around it."""

    kind: BlockKind
    span: Span
    section: str = ""  # the text of the last heading above, empty before the first


@dataclass(frozen=True, slots=True)
class Publisher:
    """A row of the publishers table, which the user owns."""

    publisher_id: str
    name: str
    domains: tuple[str, ...] = field(default=())
    kind: str = ""
    country: str = ""  # ISO 3166-1 alpha-3; decides the day-month order of 03/04/2024
    reliability: str = ""  # A to F, left empty where nobody has graded it
