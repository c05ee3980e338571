"""What the commands print on standard output: rows, one claim, versions and settings."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib import metadata
from typing import TYPE_CHECKING, Any

from verify.console import plain
from verify.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from verify.dataset import Dataset
    from verify.settings import Settings

PARTS = ("spacy", "prefect", "great_expectations", "pandas", "pyarrow")


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def rows(frame: pd.DataFrame, form: Format) -> None:
    """Print a frame's rows; a table for people is the only form that shortens cells."""
    records = list(_records(frame))
    if form is Format.TABLE:
        _print_table(frame.columns, records)
    elif form is Format.CSV:
        from verify.csvsafe import guard

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(frame.columns)
        writer.writerows(guard(frame).astype(object).where(frame.notna(), "").itertuples(index=False))
    elif form is Format.JSON:
        _print(json.dumps(records, ensure_ascii=False, indent=1, default=str))
    else:
        for record in records:
            _print(json.dumps(record, ensure_ascii=False, default=str))


def claim(dataset: Dataset, claim_id: str) -> str:
    """Return one claim as text, with its words, its flags and why.

    Raises:
        InputError: No claim, or more than one, has an id that begins so.
    """
    claims = dataset.claims[dataset.claims["claim_id"].str.startswith(claim_id)]
    if len(claims) != 1:
        hint = "List them with: verify extract, or open claims.csv."
        raise InputError(claim_id, f"{len(claims)} claims have an id that begins so; expected one", hint)
    row = next(_records(claims))
    lines = [f"{key:>24}  {plain(value)}" for key, value in row.items() if value not in (None, "", "[]")]
    names = dataset.participants[dataset.participants["claim_id"] == row["claim_id"]]
    lines += ["", *(f"{p['actor_role']:>24}  {plain(p['name'])} ({p['actor_id']})" for p in _records(names))]
    flags = dataset.flags[dataset.flags["claim_id"] == row["claim_id"]]
    lines += ["", *(f"{f['severity']:>24}  {f['flag']}: {plain(f['detail'])}" for f in _records(flags))]
    return "\n".join(lines)


def issue_lines(issues: pd.DataFrame) -> Iterator[str]:
    """Yield one line for each issue."""
    for row in _records(issues):
        place = row["path"] + (f", row {row['row']}" if row["row"] is not None else "")
        yield f"{row['severity']}: {place}: {row['reason']}: {row['detail']}"


def version() -> None:
    """Print the package's version."""
    _print(metadata.version("verify"))


def info(settings: Settings, origins: Mapping[str, str]) -> None:
    """Print versions, and every setting with its value and origin."""
    _print(f"verify {metadata.version('verify')}, Python {sys.version.split()[0]}")
    for part in PARTS:
        _print(f"{part} {metadata.version(part)}")
    for key, field in type(settings).model_fields.items():
        value = getattr(settings, key)
        text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        _print(f"{key} = {text!r}  ({origins[key]})  {field.description}")


def _records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield rows as dictionaries, with None for missing cells."""
    for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        yield {str(key): value for key, value in row.items()}


def _print_table(columns: Any, records: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*[str(name) for name in columns], box=None)
    for record in records:
        table.add_row(
            *("" if v is None else Text(plain(v), overflow="ellipsis", no_wrap=True) for v in record.values())
        )
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else 200).print(table)


def _print(line: str) -> None:
    """Print one line of data; on a terminal without control sequences, elsewhere as it is."""
    print(plain(line) if sys.stdout.isatty() else line)  # noqa: T201  data goes to standard output
