"""Datasets on disk: published whole or not at all, and read back typed.

A run is written beside the others as `runs/<run>/` under another name, flushed to the disk and renamed; then
`latest.json` and the `latest` link are replaced, each in one step. A reader who resolves `latest` once therefore sees
one run whole, whatever happens meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from verify import datapackage, schema, tables
from verify.csvsafe import unguard
from verify.errors import DatasetError, SchemaError
from verify.mirror import fetched
from verify.places import is_address
from verify.publish import publish
from verify.runs import LATEST

if TYPE_CHECKING:
    from verify.quality import QualityReport

__all__ = ["Dataset", "diff", "publish", "read_dataset"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """All tables of a dataset, and what they were made from; each table is also an attribute: `dataset.claims`."""

    tables: Mapping[str, pd.DataFrame]
    provenance: Mapping[str, Any] = field(default_factory=dict)
    report: QualityReport | None = None  # of the run that made it; none for one read from disk
    pages: Mapping[str, str | bytes] = field(default_factory=dict)  # by file name
    path: Path | None = None  # the folder it was read from

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Return a table by its name."""
        if name in schema.TABLES:
            return self.tables[name]
        raise AttributeError(f"A dataset has no attribute '{name}'; its tables are {', '.join(schema.TABLES)}.")

    def save(self, out: Path | str, *, now: datetime | None = None) -> Path:
        """Publish the dataset under a folder, after checking it if that has not been done.

        Args:
            out: The folder that holds `runs/` and `latest`, as `data/curated`.
            now: The moment of publication; the clock's by default.

        Returns:
            The folder of the run.

        Raises:
            ValidationFailed: An expectation errored, or a critical one failed; nothing is written.
            DatasetError: The folder is locked by another run, or cannot be written.
        """
        from verify.quality import validate  # loads Great Expectations

        report = self.report or validate(self.tables)
        return publish(self.tables, report, out=out, provenance=self.provenance, pages=self.pages, now=now)


def read_dataset(path: Path | str) -> Dataset:
    """Read a dataset: a run's folder or address, or one that holds `latest`, which is resolved once.

    Tables come from Parquet where there is one, else from CSV, in the form that `datapackage.json` documents.

    Raises:
        DatasetError: There is no dataset, or a file of it is missing or damaged.
        SchemaError: A table has other columns or values than its schema says.
    """
    if isinstance(path, str) and is_address(path):
        with fetched(path) as folder:
            return replace(read_dataset(folder), path=None)
    folder = resolve(path)
    descriptor = _descriptor(folder)
    frames = {name: _read_table(folder, name) for name in schema.TABLES}
    return Dataset(MappingProxyType(frames), descriptor.get("provenance", {}), path=folder)


def resolve(path: Path | str) -> Path:
    """Return the folder of the run that a path stands for: itself, or the one its `latest.json` names.

    Raises:
        DatasetError: There is no dataset.
    """
    folder = Path(path).resolve()
    pointer = folder / LATEST
    if pointer.is_file():
        try:
            folder = folder / "runs" / Path(json.loads(pointer.read_text("utf-8"))["run"]).name
        except (ValueError, KeyError, TypeError) as error:
            raise DatasetError(pointer, f"does not name a run: {error}", "Publish again to replace it.") from error
    if not (folder / datapackage.FILE).is_file():
        raise DatasetError(folder, f"holds no dataset: there is no {datapackage.FILE}", "Make one with: verify run")
    return folder


def diff(old: Dataset, new: Dataset) -> pd.DataFrame:
    """Return the claims that came, went or changed from one dataset to another.

    Returns:
        Columns change (added, gone, changed), claim_id, columns (the names of those that changed) and text, with
        added claims first and each group in the order of claim_id. Columns that say where the words stand (start,
        end, spans, sentence) do not count: they move when another paragraph changes.
    """
    before, after = old.tables["claims"].set_index("claim_id"), new.tables["claims"].set_index("claim_id")
    both = after.index.intersection(before.index)
    compared = [name for name in after.columns if name not in {"start", "end", "spans", "sentence"}]
    left, right = before.loc[both, compared], after.loc[both, compared]
    differs = (left != right) & ~(left.isna() & right.isna())
    changed = differs[differs.any(axis="columns")]
    names = [", ".join(changed.columns[row]) for row in changed.to_numpy()]
    parts = [
        _changes("added", after.loc[after.index.difference(before.index)], ""),
        _changes("gone", before.loc[before.index.difference(after.index)], ""),
        _changes("changed", after.loc[changed.index], names).sort_values("claim_id"),
    ]
    return pd.concat(parts, ignore_index=True)


def _changes(change: str, claims: pd.DataFrame, columns: str | list[str]) -> pd.DataFrame:
    frame = pd.DataFrame({"change": change, "claim_id": claims.index, "columns": columns, "text": claims["text"].array})
    return frame.astype("str")


def _descriptor(folder: Path) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = json.loads((folder / datapackage.FILE).read_text("utf-8"))
    except ValueError as error:
        raise DatasetError(folder / datapackage.FILE, f"is not JSON: {error}", "The dataset is damaged.") from error
    return loaded


def _read_table(folder: Path, name: str) -> pd.DataFrame:
    parquet, csv = folder / f"{name}.parquet", folder / f"{name}.csv"
    try:
        frame = pd.read_parquet(parquet) if parquet.is_file() else _read_csv(csv, name)
    except FileNotFoundError as error:
        raise DatasetError(csv, "there is no such file", "The dataset is damaged, or not made by verify.") from error
    except (ValueError, OSError) as error:
        raise DatasetError(parquet if parquet.is_file() else csv, f"cannot be read: {error}") from error
    return tables.conform(name, frame)


def _read_csv(path: Path, name: str) -> pd.DataFrame:
    table = schema.load(name)
    # Nullable dtypes while reading, so that a missing value is found by `conform` and not by the parser.
    dtypes = {c.name: {"int64": "Int64", "bool": "boolean"}.get(c.dtype, c.dtype) for c in table if c.kind != "date"}
    frame = pd.read_csv(path, dtype=dtypes, keep_default_na=False, na_values=[""], encoding="utf-8")
    missing = [column for column in table.free_text if column not in frame.columns]
    if missing:
        raise SchemaError(name, missing[0], "a column of this name", "no cells at all", f"See schemas/{name}.json.")
    return unguard(frame, table.free_text)
