"""Limits on the number of rows and on how far columns are filled, from `schemas/expectations.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from verify import schema
from verify.errors import ConfigError

Measure = Literal["rows", "fill", "share"]
_MEASURES: tuple[Measure, ...] = ("rows", "fill", "share")


@dataclass(frozen=True, slots=True)
class Limit:
    """How large a table must be, or a share of its rows: not empty (`fill`), true (`share`)."""

    table: str
    measure: Measure
    column: str = ""  # none for `rows`
    minimum: float | None = None
    maximum: float | None = None
    from_rows: int = 0  # a share is judged only in a table of so many rows


def read_limits(path: Path | None = None) -> tuple[Limit, ...]:
    """Read the limits.

    Args:
        path: A file of the user's own in place of `schemas/expectations.toml`.

    Raises:
        ConfigError: A table, a column or a limit is unknown or has a wrong value.
    """
    source = path or schema.folder() / "expectations.toml"
    try:
        raw = tomllib.loads(source.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(
            "expectations", str(source), f"a TOML file that can be read ({error})", str(source)
        ) from error
    from_rows = raw.pop("from_rows", 0)
    return tuple(limit for name, table in raw.items() for limit in _limits(name, table, from_rows, str(source)))


def _limits(name: str, raw: Mapping[str, Any], from_rows: int, origin: str) -> Iterator[Limit]:
    if name not in schema.TABLES:
        raise ConfigError(name, raw, f"one of the tables {', '.join(schema.TABLES)}", origin)
    for measure, limits in raw.items():
        known = next((known for known in _MEASURES if known == measure), None)
        if known is None:
            raise ConfigError(f"{name}.{measure}", limits, f"one of {', '.join(_MEASURES)}", origin)
        if known == "rows":
            yield Limit(name, known, "", *_bounds(f"{name}.rows", limits, origin))
            continue
        for column, bounds in limits.items():
            _check_column(name, known, column, origin)
            key = f"{name}.{known}.{column}"
            yield Limit(name, known, column, *_bounds(key, bounds, origin), from_rows=from_rows)


def _check_column(table: str, measure: Measure, column: str, origin: str) -> None:
    found = {c.name: c for c in schema.load(table)}.get(column)
    if found is None or (measure == "share" and found.kind != "boolean"):
        expected = "a column that is true or false" if measure == "share" else f"a column of {table}"
        raise ConfigError(f"{table}.{measure}.{column}", column, expected, origin)


def _bounds(key: str, raw: object, origin: str) -> tuple[float | None, float | None]:
    if not isinstance(raw, dict) or not raw.keys() <= {"min", "max"}:
        raise ConfigError(key, raw, "a table with min, max or both", origin)
    for value in raw.values():
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise ConfigError(key, value, "a number that is not negative", origin)
    return raw.get("min"), raw.get("max")
