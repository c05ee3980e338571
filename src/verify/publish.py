"""Write a dataset in one step: a reader and a crash see the run before or the run after, never half a run."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import filelock

from verify import datapackage, schema, tables
from verify.csvsafe import guard
from verify.errors import DatasetError

if TYPE_CHECKING:
    import pandas as pd

    from verify.quality import QualityReport

LATEST = "latest.json"  # names the run that counts; `latest` is a link to it, for people
RUNS = "runs"
_LOCK = ".lock"
_UNFINISHED = ".unfinished-"
_STAMP = "%Y%m%d%H%M%S"
logger = logging.getLogger(__name__)


def publish(
    frames: Mapping[str, pd.DataFrame],
    report: QualityReport,
    *,
    out: Path | str,
    provenance: Mapping[str, Any],
    pages: Mapping[str, str | bytes] | None = None,
    now: datetime | None = None,
) -> Path:
    """Publish the tables of a run under `out` as `runs/<run>/` and make it the latest.

    The run's id is the moment and the beginning of the hash of its content: `20261123070000-0f1e2d3c`. Ids grow
    with every publication, even when the clock was set back. Leftovers of a publication that was killed go.

    Args:
        frames: All tables, as `tables.build_tables` makes them.
        report: What the expectations found; it must have passed.
        out: The folder that holds `runs/` and `latest`; made if it is not there.
        provenance: What the tables were made from and with.
        pages: Pages by file name, which go beside the tables; a name may hold folders.
        now: The moment of publication; the clock's by default.

    Returns:
        The folder of the run.

    Raises:
        ValidationFailed: The report did not pass; nothing is written.
        SchemaError: A table is missing, or is not what its schema says; nothing is written.
        DatasetError: Another run publishes here, or the folder cannot be written.
    """
    report.require()
    for name in schema.TABLES:
        tables.check(name, frames[name])
    out = Path(out)
    run = _Run(frames, report, provenance, pages or {}, now or datetime.now(UTC))
    try:
        with _locked(out):
            return _publish(run, out)
    except OSError as error:
        hint = "The dataset published before is still in place. Check free space and permissions."
        raise DatasetError(error.filename or out, f"could not be written: {error.strerror or error}", hint) from error


def keep_failed(out: Path, page: str) -> Path:
    """Keep the validation page of a run that may not be published, outside every dataset.

    Args:
        out: The folder that holds `runs/` and `latest`; made if it is not there.
        page: HTML.

    Returns:
        Where the page is; the one of the next such run replaces it.

    Raises:
        DatasetError: The folder cannot be written.
    """
    kept = out / "not-published.html"
    try:
        out.mkdir(parents=True, exist_ok=True)
        unfinished = out / f"{_UNFINISHED}{kept.name}"
        unfinished.write_text(page, "utf-8", newline="")
        unfinished.replace(kept)
    except OSError as error:
        raise DatasetError(kept, f"could not be written: {error.strerror or error}", "Check free space.") from error
    return kept


@dataclass(frozen=True, slots=True)
class _Run:
    """What is to be published."""

    frames: Mapping[str, pd.DataFrame]
    report: QualityReport
    provenance: Mapping[str, Any]
    pages: Mapping[str, str | bytes]
    now: datetime


def _publish(run: _Run, out: Path) -> Path:
    runs = out / RUNS
    runs.mkdir(exist_ok=True)
    _sweep(out)
    unfinished = runs / f"{_UNFINISHED}{os.getpid()}"
    try:
        name = _write(run, unfinished, runs)
        unfinished.rename(runs / name)
    except BaseException:  # whatever stops it, a full disk or a person, half a run must not stay
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    _flush_folder(runs)
    _point(out, name)
    return runs / name


def _write(run: _Run, folder: Path, runs: Path) -> str:
    """Write a whole run into a folder, down to the disk, and return the run's id."""
    folder.mkdir()
    _write_tables(folder, run.frames)
    _write_pages(folder, run.pages)
    content = datapackage.content_hash(folder)
    name = f"{_stamp(runs, run.now)}-{content[:8]}"
    descriptor = datapackage.describe(
        folder,
        created=run.now.astimezone(UTC).isoformat(timespec="seconds"),
        run=name,
        content=content,
        provenance=run.provenance,
        suites=run.report.summary(),
        pages=run.pages,
    )
    _write_json(folder / datapackage.FILE, descriptor)
    _flush(folder)
    return name


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system frees when the process dies."""
    out.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(out / _LOCK, blocking=False):
            yield
    except filelock.Timeout as error:
        raise DatasetError(out, "another run is publishing here", "Wait for it to end, or use another -o.") from error


def _sweep(out: Path) -> None:
    """Remove what a killed publication left behind; the lock says that nobody is writing."""
    for left in [*(out / RUNS).glob(f"{_UNFINISHED}*"), *out.glob(f"{_UNFINISHED}*")]:
        logger.warning("removing %s, which an interrupted publication left behind", left)
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()


def _stamp(runs: Path, now: datetime) -> str:
    """Return the moment for the run's id, at least a second after every run that is there."""
    moment = now.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    for folder in runs.iterdir():
        try:
            moment = max(moment, datetime.strptime(folder.name.partition("-")[0], _STAMP) + timedelta(seconds=1))
        except ValueError:
            continue  # not a run of ours
    return moment.strftime(_STAMP)


def _write_tables(folder: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    for name, table in schema.load_all().items():
        frame = frames[name]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            guard(frame, table.free_text).to_csv(file, index=False, lineterminator="\n")
        frame.to_parquet(folder / f"{name}.parquet", index=False, schema=table.arrow())


def _write_pages(folder: Path, pages: Mapping[str, str | bytes]) -> None:
    for name, content in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=False) + "\n", "utf-8", newline="")


def _point(out: Path, run: str) -> None:
    """Make a run the latest: first the pointer that programs read, then the link for people."""
    pointer = out / f"{_UNFINISHED}{LATEST}"
    _write_json(pointer, {"run": run, "path": f"{RUNS}/{run}"})
    _flush_file(pointer)
    pointer.replace(out / LATEST)
    link = out / f"{_UNFINISHED}latest"
    try:
        link.symlink_to(Path(RUNS) / run, target_is_directory=True)
        link.replace(out / "latest")
    except OSError as error:  # a file system without links: latest.json still leads there
        logger.warning("no link %s: %s; read %s instead", out / "latest", error, out / LATEST)
    _flush_folder(out)


def _flush(folder: Path) -> None:
    """Bring every file of a folder, and the folder itself, to the disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        (_flush_folder if path.is_dir() else _flush_file)(path)
    _flush_folder(folder)


def _flush_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
