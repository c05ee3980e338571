"""Who published an article: a table that the user owns, and an id from the address or the name where it has no row."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from verify.errors import InputError
from verify.models import Publisher, content_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

COLUMNS = ("publisher_id", "name", "domains", "kind", "country", "reliability")
_GRADES = frozenset({"", *"ABCDEF"})  # source reliability in the NATO/Admiralty code


@dataclass(frozen=True, slots=True)
class Publishers:
    """The publishers of the table, found by address and by name."""

    rows: tuple[Publisher, ...] = ()
    _by_id: Mapping[str, Publisher] = field(init=False)
    _by_domain: Mapping[str, Publisher] = field(init=False)
    _by_name: Mapping[str, Publisher] = field(init=False)

    def __post_init__(self) -> None:
        """Index the rows."""
        object.__setattr__(self, "_by_id", {row.publisher_id: row for row in self.rows})
        object.__setattr__(self, "_by_domain", {domain: row for row in self.rows for domain in row.domains})
        object.__setattr__(self, "_by_name", {row.name.casefold(): row for row in self.rows})

    def find(self, url: str | None, name: str | None) -> Publisher | None:
        """Return the publisher of an article.

        Args:
            url: The article's address. The row of its host, or of the nearest domain above that, decides.
            name: The name in the article's metadata; a row with this name or id decides if the address does not.

        Returns:
            A row of the table; else a publisher named after the registered domain, else after the name; None if
            neither is known.
        """
        host = _host(url)
        row = next((self._by_domain[domain] for domain in _domains(host) if domain in self._by_domain), None)
        if row is None and name:
            row = self._by_name.get(name.casefold()) or self._by_id.get(name)
        return row or _derived(host, name)

    def country(self, publisher_id: str | None) -> str:
        """Return the ISO 3166-1 alpha-3 code of a publisher's country, empty if the table does not say."""
        row = self._by_id.get(publisher_id or "")
        return row.country if row else ""


def read_publishers(path: Path) -> Publishers:
    """Read the table of publishers.

    Args:
        path: A CSV file with the columns of `COLUMNS`; domains are separated by spaces. A file that does not exist
            is an empty table.

    Raises:
        InputError: The table cannot be read, or a row of it cannot be used.
    """
    if not path.exists():
        return Publishers()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader((line for line in file if not line.startswith("#")), strict=True)
            missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
            if missing:
                raise InputError(path, f"no column {', '.join(missing)}; expected {', '.join(COLUMNS)}", _ADVICE)
            return Publishers(tuple(_read_row(path, number, cells) for number, cells in enumerate(table, 1)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(path, f"the table of publishers cannot be read: {error}", _ADVICE) from None


_ADVICE = "Correct the table, or name another with the setting `publishers`."


def _read_row(path: Path, number: int, cells: Mapping[str, str | None]) -> Publisher:
    """Read one publisher.

    Raises:
        InputError: It has no id, a country code that is none, or a grade that is none.
    """
    values = {name: (cells.get(name) or "").strip() for name in COLUMNS}
    for name, is_good, expected in (
        ("publisher_id", bool(values["publisher_id"]), "an id"),
        ("country", bool(re.fullmatch(r"(?:[A-Z]{3})?", values["country"])), "an ISO 3166-1 alpha-3 code or nothing"),
        ("reliability", values["reliability"] in _GRADES, "a grade from A to F or nothing"),
    ):
        if not is_good:
            raise InputError(path, f"row {number}: {name} is {values[name]!r}; expected {expected}", _ADVICE)
    return Publisher(
        publisher_id=values["publisher_id"],
        name=values["name"] or values["publisher_id"],
        domains=tuple(values["domains"].casefold().split()),
        kind=values["kind"],
        country=values["country"],
        reliability=values["reliability"],
    )


def _host(url: str | None) -> str:
    """Return the host of an address in small letters, without `www.`; empty if there is none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.casefold().removeprefix("www.")


def _domains(host: str) -> Iterator[str]:
    """Yield a host and the domains above it, the nearest first."""
    while host:
        yield host
        host = host.partition(".")[2]


@cache
def _registered_domain(host: str) -> str:
    """Return the domain that somebody registered, by the public suffix list; a host without one is its own."""
    from courlan import extract_domain  # takes half a second to load, and a table with all publishers needs it never

    return extract_domain(f"https://{host}/") or host


def _derived(host: str, name: str | None) -> Publisher | None:
    """Return a publisher that has no row, named after its registered domain or its name."""
    if host:
        domain = _registered_domain(host)
        return Publisher(domain, name or domain, (domain,))
    if name and name.strip():
        plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
        slug = "-".join(re.findall(r"[a-z0-9]+", plain))
        return Publisher(slug or content_id("p", name.casefold()), name)
    return None
