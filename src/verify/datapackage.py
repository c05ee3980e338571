"""The descriptor of a dataset: a Data Package (datapackage.org) with hashes and provenance.

For the same input it is the same, apart from its two entries `created` and `run`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from verify import schema
from verify.csvsafe import GUARDED

FILE = "datapackage.json"
READING = (
    "Read CSV with keep_default_na=False and na_values=[''], so that a name like 'None' or a code like 'NA' stays. "
    f"A text cell that matches {GUARDED} has one apostrophe in front that keeps spreadsheets from running it; "
    "strip it to get the raw value. Parquet files hold raw values. Lists in a cell are JSON."
)


def describe(
    folder: Path,
    *,
    created: str,
    run: str,
    content: str,
    provenance: Mapping[str, Any],
    suites: Mapping[str, Any],
    pages: Iterable[str],
) -> dict[str, Any]:
    """Describe the dataset in a folder.

    Args:
        folder: Where the tables lie, as `<name>.csv` and `<name>.parquet`.
        created: Moment of publication, ISO 8601.
        run: Id of the run.
        content: Hash of all tables together.
        provenance: What the tables were made from and with: inputs, pipeline, code version, settings.
        suites: What the expectations found.
        pages: Names of the pages beside the tables.
    """
    tables = schema.load_all().values()
    return {
        "name": "verify-claims",
        "title": "Claims made in news articles",
        "description": f"Who says what, about whom, when and how certainly; no judgement of truth. {READING}",
        "version": f"{schema.VERSION}+{content[:8]}",
        "created": created,
        "run": run,
        "pages": sorted(pages),
        "provenance": {**provenance, "suites": dict(suites)},
        "resources": [_csv(folder, table) for table in tables] + [_parquet(folder, table) for table in tables],
    }


def content_hash(folder: Path) -> str:
    """Hash the CSV tables of a folder together; Parquet holds the same values."""
    digest = hashlib.sha256()
    for name in schema.TABLES:
        digest.update(f"{name}:{file_hash(folder / f'{name}.csv')};".encode())
    return digest.hexdigest()


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def problems(folder: Path) -> list[str]:
    """Compare the files of a dataset with the sizes and hashes in its descriptor.

    Returns:
        One line for each file that is missing or is not the one that was published; none for an intact dataset.
    """
    descriptor = json.loads((folder / FILE).read_text("utf-8"))
    found = []
    for resource in descriptor["resources"]:
        path = folder / resource["path"]
        if not path.is_file():
            found.append(f"{resource['path']}: listed in {FILE}, but there is no such file")
        elif f"sha256:{file_hash(path)}" != resource.get("hash"):
            found.append(f"{resource['path']}: changed since it was published (its hash is another)")
    return found


def seal(folder: Path) -> str:
    """Hash everything that was published in a folder: the descriptor, and all tables and pages that it names.

    Raises:
        OSError: A file is missing or cannot be read.
        ValueError: The descriptor is damaged.
    """
    try:
        descriptor = json.loads((folder / FILE).read_text("utf-8"))
        names = [FILE, *(resource["path"] for resource in descriptor["resources"]), *descriptor["pages"]]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{FILE} is no descriptor: {error}") from None
    return hashlib.sha256("".join(f"{name}:{file_hash(folder / name)};" for name in names).encode()).hexdigest()


def _csv(folder: Path, table: schema.TableSchema) -> dict[str, Any]:
    return {
        **_file(folder / f"{table.name}.csv", table.name),
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": table.descriptor(),
    }


def _parquet(folder: Path, table: schema.TableSchema) -> dict[str, Any]:
    return {
        **_file(folder / f"{table.name}.parquet", f"{table.name}-parquet"),
        "type": "file",  # the rows are described once, with the CSV; this one is known by its bytes
        "title": f"{table.title}, raw values",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }


def _file(path: Path, name: str) -> dict[str, Any]:
    return {"name": name, "path": path.name, "bytes": path.stat().st_size, "hash": f"sha256:{file_hash(path)}"}
