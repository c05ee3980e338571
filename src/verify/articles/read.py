"""Files to articles: every text that is fit for analysis, and an issue for everything else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from verify.articles.corpus import Corpus, combine
from verify.articles.decode import decode, read_bytes
from verify.articles.html import read_html
from verify.articles.inputs import InputFile, find_inputs
from verify.articles.language import other_language
from verify.articles.metadata import read_metadata
from verify.articles.problems import IssueList, Problem
from verify.articles.records import Record, load_json, read_csv, read_json, read_jsonl, read_plain
from verify.clean import find_blocks, has_prose
from verify.limits import MAX_BYTES, MAX_CHARS, Size
from verify.models import Article, content_id
from verify.publishers import Publishers
from verify.reading import make_reading
from verify.terms import BlockKind, IssueReason

MAX_ISSUES = 100  # of one kind that a file may have; the others are counted in one more
_MAX_FILE = 500_000_000  # bytes of a file with many records, which is held in memory several times
_BYTES_PER_CHAR = 8  # of a text file or a cell: multi-byte characters, and room to tell how long a text is
_MAX_SIDE_FILE = 100_000  # bytes
# What no table can hold: half surrogate pairs, which JSON can escape, and zero characters.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def read_articles(
    *paths: Path | str,
    publishers: Publishers | None = None,
    max_chars: int = MAX_CHARS,
    max_bytes: int = MAX_BYTES,
    limit: int = 0,
) -> Corpus:
    """Read all articles of some files and folders.

    Args:
        paths: Files and folders; folders are walked at any depth.
        publishers: The publishers known; a publisher without a row there is named after its domain.
        max_chars: The longest article that is read, in characters.
        max_bytes: The largest article that is read, in bytes of its file; of a record, in bytes of its text.
        limit: Read at most so many files; 0 for all.

    Returns:
        The articles in the order of their paths and rows, without duplicates, and the issues.

    Raises:
        InputError: A path does not exist.
    """
    inputs, issues = find_inputs(paths)
    chosen = inputs[:limit] if limit else inputs
    parts = [read_file(one, publishers=publishers, max_chars=max_chars, max_bytes=max_bytes) for one in chosen]
    return combine([*parts, Corpus(issues=tuple(issues))])


def read_text(
    text: str, *, publishers: Publishers | None = None, max_chars: int = MAX_CHARS, **fields: object
) -> Corpus:
    """Make a corpus of one text that is already in memory.

    Args:
        text: The raw text.
        publishers: As in `read_articles`.
        max_chars: As in `read_articles`.
        fields: Metadata under the names of `articles.metadata.NAMES`.
    """
    return combine([_read_records("-", [Record(text, fields)], {}, publishers or Publishers(), Size(max_chars))])


def read_file(
    file: InputFile,
    *,
    publishers: Publishers | None = None,
    max_chars: int = MAX_CHARS,
    max_bytes: int = MAX_BYTES,
) -> Corpus:
    """Read the articles of one file; nothing in it raises an error.

    Args:
        file: A file of `find_inputs`; it may have vanished or changed since.
        publishers: As in `read_articles`.
        max_chars: As in `read_articles`.
        max_bytes: As in `read_articles`.

    Returns:
        Its articles, and its issues: at most `MAX_ISSUES` of each kind, and one that counts the others. Duplicates are
        found when `combine` sees all files.
    """
    known, most = publishers or Publishers(), Size(max_chars, max_bytes)
    try:
        side, problems = _read_side_file(file)
        part = _read_records(file.name, _records(file, most), side, known, most)
    except Problem as problem:
        return Corpus(issues=(problem.issue(file.name),))
    return replace(part, issues=(*(p.issue(file.name) for p in problems), *part.issues))


def _records(file: InputFile, most: Size) -> Iterator[Record | Problem]:
    """Yield the records of a file by its type."""
    match file.path.suffix.lower():
        case ".jsonl" | ".ndjson":
            return read_jsonl(read_bytes(file.path, _MAX_FILE))
        case ".json":
            return read_json(read_bytes(file.path, _MAX_FILE))
        case ".csv":
            return read_csv(read_bytes(file.path, _MAX_FILE), _BYTES_PER_CHAR * most.chars)
        case ".html" | ".htm":
            return read_html(read_bytes(file.path, most.bytes, "max_bytes"))
        case _:
            by_chars = _BYTES_PER_CHAR * most.chars
            setting = "max_chars" if by_chars < most.bytes else "max_bytes"
            return read_plain(read_bytes(file.path, min(by_chars, most.bytes), setting))


def _read_side_file(file: InputFile) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """Return the fields of the metadata file beside an article, and what is wrong with it."""
    if file.side_file is None:
        return {}, ()
    try:
        loaded = load_json(decode(read_bytes(file.side_file, _MAX_SIDE_FILE)))
    except Problem as problem:
        detail = f"{file.side_file.name}: {problem.detail}; ignored"
        return {}, (Problem(IssueReason.MALFORMED_METADATA, detail, problem.position),)
    if not isinstance(loaded, dict):
        return {}, (Problem(IssueReason.MALFORMED_METADATA, f"{file.side_file.name}: expected an object; ignored"),)
    return loaded, ()


def _read_records(
    name: str,
    records: Iterable[Record | Problem],
    side: Mapping[str, object],
    publishers: Publishers,
    most: Size,
) -> Corpus:
    """Make the articles of a file; a problem after some records leaves those before it."""
    articles: list[Article] = []
    issues = IssueList(MAX_ISSUES)
    try:
        for record in records:
            if isinstance(record, Problem):
                issues.add(record.issue(name))
                continue
            article, problems = _read_record(name, record, side, publishers, most)
            for problem in problems:
                issues.add(problem.issue(name, record.row, article.article_id if article else None))
            articles += [article] if article else []
    except Problem as problem:
        issues.add(problem.issue(name))
    return Corpus(tuple(articles), issues.all())


def _read_record(
    name: str, record: Record, side: Mapping[str, object], publishers: Publishers, most: Size
) -> tuple[Article | None, list[Problem]]:
    """Make an article of a record, or say why it is none."""
    meta = read_metadata(side, record.fields)
    problems = [*record.problems, *meta.problems]
    text, n_replaced = _UNSTORABLE.subn("\ufffd", record.text)
    if n_replaced:
        at = next(i for i, (a, b) in enumerate(zip(record.text, text, strict=True)) if a != b)
        detail = f"characters that no table can hold: {n_replaced}; U+FFFD stands for each"
        problems.append(Problem(IssueReason.REPLACED_CHARACTERS, detail, at))
    try:
        title = _check_text(text, meta.title, most)
    except Problem as problem:
        problem.position = record.position if problem.position is None else problem.position
        return None, [*problems, problem]
    publisher = publishers.find(meta.url, meta.publisher)
    article = Article(
        article_id=content_id("n", meta.url) if meta.url else content_id("n", name, record.row),
        path=name,
        text=text,
        row=record.row,
        url=meta.url,
        title=title,
        publisher_id=publisher.publisher_id if publisher else None,
        byline=meta.byline,
        published_at=meta.published_at,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    return article, problems


def _check_text(text: str, title: str | None, most: Size) -> str | None:
    """Return the title of a text: the one given, else the headline that it opens with, if there is one.

    Raises:
        Problem: The text cannot be analysed.
    """
    if not text.strip():
        raise Problem(IssueReason.EMPTY, "nothing but white space" if text else "nothing at all")
    if len(text) > most.chars:
        raise Problem(IssueReason.TOO_LONG, f"{len(text)} characters; expected at most {most.chars} (see `max_chars`)")
    if (n_bytes := len(text.encode())) > most.bytes:
        raise Problem(IssueReason.TOO_LONG, f"{n_bytes} bytes; expected at most {most.bytes} (see `max_bytes`)")
    language = other_language(text)
    if language:
        raise Problem(IssueReason.NOT_ENGLISH, f"the language is '{language}'; expected English; left out")
    blocks = find_blocks(text, title)
    if not has_prose(blocks):
        raise Problem(IssueReason.NO_SENTENCE, "headings, links or symbols only; expected running text")
    opening = next((make_reading(text, (block,)).text for block in blocks if block.kind is BlockKind.TITLE), None)
    return title or opening
