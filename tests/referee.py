"""Whether what stands in an output folder is whole, by this project's own reading and by frictionless."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import filelock
import frictionless
import pandas as pd

from verify import datapackage, schema
from verify.dataset import read_dataset, resolve

UNFINISHED = ".unfinished*"


def published(out: Path) -> tuple[str, Path]:
    """Return the hash of the tables that `latest` stands for, and their folder."""
    folder = resolve(out)
    return datapackage.content_hash(folder), folder


def faults(out: Path) -> list[str]:
    """Return what is wrong with the datasets of an output folder; nothing for a reader to stumble over is right."""
    found = [f"{run.name}: {problem}" for run in _runs(out) for problem in datapackage.problems(run)]
    for way in (out, out / "latest"):
        folder = resolve(way)
        found += [f"{way.name}: {fault}" for fault in _judge(folder, _bytes(folder))]
    return found


def leftovers(out: Path) -> list[str]:
    """Return what an unfinished publication has left: folders, files, or a lock that is still held."""
    left = sorted(path.relative_to(out).as_posix() for path in out.rglob(UNFINISHED))
    try:
        with filelock.FileLock(out / ".lock", blocking=False):
            return left
    except filelock.Timeout:
        return [*left, "a held lock"]


def _runs(out: Path) -> list[Path]:
    return [path for path in sorted((out / "runs").iterdir()) if not path.name.startswith(".")]


def _bytes(folder: Path) -> str:
    """Hash the names and bytes of all files of a dataset."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}:{datapackage.file_hash(path)};".encode())
    return digest.hexdigest()


@cache
def _judge(folder: Path, _same_bytes: str) -> tuple[str, ...]:
    """Judge one dataset; the same folder with the same bytes is judged once."""
    report = frictionless.validate(str(folder / datapackage.FILE))
    found = [str(error) for error in report.flatten(["type", "message"])]
    dataset = read_dataset(folder)
    for name in schema.TABLES:
        rows = len(pd.read_csv(folder / f"{name}.csv", keep_default_na=False))
        if rows != len(dataset.tables[name]):
            found.append(f"{name}: {rows} rows in CSV and {len(dataset.tables[name])} in Parquet")
    return (*found, *(() if report.valid else ("frictionless finds it invalid",)))
