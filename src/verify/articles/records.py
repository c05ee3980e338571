"""Texts with their fields, as each format holds them."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml  # type: ignore[import-untyped]

from verify.articles.decode import decode
from verify.articles.metadata import field as find_field
from verify.articles.problems import Problem, shown
from verify.terms import IssueReason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Front matter as static site generators write it: YAML between two lines of hyphens at the beginning.
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<yaml>.{0,5000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_OPEN_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n[A-Za-z_-]{1,40}:")
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Record:
    """A text as it stands in a file, with the fields beside it."""

    text: str
    fields: Mapping[str, object] = field(default_factory=dict)
    row: int | None = None  # of a file with several records, counted from 1
    position: int | None = None  # byte at which the record begins in its file
    problems: tuple[Problem, ...] = ()


def read_plain(data: bytes) -> Iterator[Record | Problem]:
    """Read a text file; YAML front matter at its beginning gives the fields and is not part of the text."""
    text = decode(data)
    found = _FRONT_MATTER.match(text)
    if not found:
        problems = (
            (_front_matter_problem("no line of hyphens closes it within 5,000 characters"),)
            if _OPEN_FRONT_MATTER.match(text)
            else ()
        )
        yield Record(text, problems=problems)
        return
    try:
        yield Record(text[found.end() :], _load_yaml(found["yaml"]))
    except Problem as problem:
        yield Record(text[found.end() :], problems=(problem,))


def _load_yaml(text: str) -> Mapping[str, object]:
    """Load front matter with every value as text, so that a date or a "No" stays as it was written."""
    try:
        loaded: Any = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        why = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
        raise _front_matter_problem(why) from None
    if loaded in (None, ""):
        return {}
    if not isinstance(loaded, dict):
        raise _front_matter_problem(f"{shown(loaded)}; expected lines of 'key: value'")
    return loaded


def _front_matter_problem(why: str) -> Problem:
    return Problem(IssueReason.MALFORMED_METADATA, f"front matter: {why}; ignored", 0)


def read_json(data: bytes) -> Iterator[Record | Problem]:
    """Read an object as one record, or an array of objects as several."""
    loaded = load_json(decode(data))
    if not isinstance(loaded, list):
        yield _record(loaded)
        return
    for row, value in enumerate(loaded, 1):
        yield from _record_or_problem(value, row)


def read_jsonl(data: bytes) -> Iterator[Record | Problem]:
    """Read one object a line; a line that cannot be read does not stop the others."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = decode(data).encode()
    position = 0
    for row, line in enumerate(data.split(b"\n"), 1):
        if line.strip(b"\xef\xbb\xbf \t\r"):
            try:
                value = load_json(decode(line, offset=position), position)
            except Problem as problem:
                problem.row = row
                yield problem
            else:
                yield from _record_or_problem(value, row, position)
        position += len(line) + 1


def load_json(text: str, offset: int = 0) -> object:
    """Load JSON.

    Args:
        text: The document.
        offset: The byte at which it begins in its file.

    Raises:
        Problem: It is malformed, nested too deep, or holds a number that is too long.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = offset + len(text[: error.pos].encode("utf-8", "surrogatepass"))
        raise Problem(IssueReason.MALFORMED_JSON, f"{error.msg}; expected one JSON object", at) from None
    except RecursionError:
        raise Problem(IssueReason.MALFORMED_JSON, "nested too deep; expected one JSON object", offset) from None
    except ValueError as error:
        raise Problem(IssueReason.MALFORMED_JSON, f"{error}", offset) from None


def _record_or_problem(value: object, row: int, position: int | None = None) -> Iterator[Record | Problem]:
    try:
        yield _record(value, row, position)
    except Problem as problem:
        yield problem


def _record(value: object, row: int | None = None, position: int | None = None) -> Record:
    """Return the record that a JSON value is.

    Raises:
        Problem: It is not an object, or has no text.
    """
    if not isinstance(value, dict):
        raise Problem(IssueReason.MALFORMED_JSON, f"{shown(value)}; expected an object", position, row)
    text = find_field(value, "text")
    if not isinstance(text, str):
        found = "no field 'text'" if text is None else f"the field 'text' holds {shown(text)}"
        names = ", ".join(shown(name, 20) for name in list(value)[:8])
        raise Problem(IssueReason.MISSING_FIELD, f"{found}; expected a text; fields: {names}", position, row)
    return Record(text, value, row, position)


def read_csv(data: bytes, max_field: int) -> Iterator[Record | Problem]:
    """Read one record a row below a header; commas, semicolons or tabs separate the cells.

    Args:
        data: The bytes of the file.
        max_field: The longest cell that is read, in characters.
    """
    text = decode(data)
    header = text.split("\n", 1)[0]
    before = csv.field_size_limit(max_field)  # a setting of the whole process, so it is put back
    try:
        table = csv.DictReader(io.StringIO(text, newline=""), strict=True, delimiter=max(_DELIMITERS, key=header.count))
        yield from _read_rows(table)
    except csv.Error as error:
        raise Problem(IssueReason.MALFORMED_CSV, f"after line {table.line_num}: {error}") from None
    finally:
        csv.field_size_limit(before)


def _read_rows(table: csv.DictReader[str]) -> Iterator[Record | Problem]:
    """Yield the rows of a table."""
    names = [name or "" for name in table.fieldnames or ()]
    if find_field(dict.fromkeys(names, "x"), "text") is None:
        shown_names = ", ".join(shown(name, 20) for name in names[:8])
        raise Problem(IssueReason.MISSING_FIELD, f"no column 'text'; columns: {shown_names}")
    for row, cells in enumerate(table, 1):
        if None in cells:
            yield Problem(IssueReason.MALFORMED_CSV, f"more cells than the {len(names)} columns", row=row)
            continue
        text = find_field(cells, "text")
        if text is None:
            yield Problem(IssueReason.MISSING_FIELD, "the cell of the text is empty or missing", row=row)
        else:
            yield Record(str(text), dict(cells), row)
