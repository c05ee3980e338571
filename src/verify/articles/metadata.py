"""Fields of a record to the metadata of an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from verify.articles.dates import parse_date
from verify.articles.problems import Problem, shown
from verify.terms import IssueReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

MAX_LENGTH = 1_000  # characters of a field; a longer one is not metadata

# The names that each field may have in front matter, records and metadata files, the preferred one first. Case, and
# "-" or a space for "_", do not matter.
NAMES = {
    "text": ("text", "body", "content", "articlebody"),
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical_url"),
    "publisher": ("publisher", "source", "outlet", "site", "site_name", "sitename"),
    "byline": ("byline", "author", "authors"),
    "published_at": (
        "published_at",
        "published",
        "date",
        "date_published",
        "datepublished",
        "publication_date",
        "pubdate",
    ),
}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article besides its text."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published_at: date | datetime | None = None
    problems: tuple[Problem, ...] = ()


def field(fields: Mapping[str, object], name: str) -> object:
    """Return the value of a field under the first of its names that is there and not empty, else None."""
    known = {str(key).strip().casefold().replace("-", "_").replace(" ", "_"): value for key, value in fields.items()}
    return next((known[alias] for alias in NAMES[name] if known.get(alias) not in (None, "", [])), None)


def read_metadata(*sources: Mapping[str, object]) -> Metadata:
    """Read the fields that describe an article; what cannot be used is left empty and noted.

    Args:
        sources: Names and values as they were found; of a field that several sources give, the first one counts.

    Returns:
        The metadata, with one problem for each value that could not be used.
    """
    problems: list[Problem] = []
    values: dict[str, str | None] = {}
    for name in ("title", "url", "publisher", "byline"):
        try:
            values[name] = _text(name, _first(sources, name))
        except Problem as problem:
            problems.append(problem)
    published_at = None
    try:
        value = _first(sources, "published_at")
        published_at = None if value is None else parse_date(value)
    except Problem as problem:
        problems.append(problem)
    return Metadata(published_at=published_at, problems=tuple(problems), **values)


def _first(sources: Iterable[Mapping[str, object]], name: str) -> object:
    return next((value for fields in sources if (value := field(fields, name)) is not None), None)


def _text(name: str, value: object) -> str | None:
    """Return one field as a line of text.

    Raises:
        Problem: It is not a text, too long, or a url that is not a web address.
    """
    if isinstance(value, list) and value and name == "byline":
        value = ", ".join(str(_name_of(part)) for part in value)
    value = _name_of(value)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > MAX_LENGTH:
        raise _problem(name, value, f"a text of at most {MAX_LENGTH} characters")
    line = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    if name == "url" and not is_web_address(line):
        raise _problem(name, value, "an address that begins with http:// or https://")
    return line or None


def is_web_address(url: str) -> bool:
    """Say whether a url can be shown as a link: of the web, with a host, without spaces."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url
    except ValueError:
        return False


def _name_of(value: object) -> object:
    """Return the name of a person or body given as an object, as schema.org does."""
    return value.get("name") if isinstance(value, dict) else value


def _problem(name: str, value: object, expected: str) -> Problem:
    return Problem(IssueReason.MALFORMED_METADATA, f"{name} {shown(value)}: expected {expected}; left empty")
