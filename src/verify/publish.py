"""Write a dataset in one step: a reader and a crash see the run before or the run after, never half a run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify import datapackage, disk, runs, schema, tables
from verify.errors import DatasetError
from verify.staging import OnDisk, staged

if TYPE_CHECKING:
    import pandas as pd

    from verify.quality import QualityReport


def publish(
    frames: Mapping[str, pd.DataFrame],
    report: QualityReport,
    *,
    out: Path | str,
    provenance: Mapping[str, Any],
    pages: Mapping[str, str | bytes] | None = None,
    keep: int = 0,
    now: datetime | None = None,
) -> Path:
    """Publish tables under `out` as `runs/<run>/` and make them the latest.

    Args:
        frames: All tables.
        report: What the expectations found; it must have passed.
        out: The folder that holds `runs/` and `latest`; made if it is not there.
        provenance: What the tables were made from and with.
        pages: Pages by file name, which go beside the tables; a name may hold folders.
        keep: How many runs stay, this one included; the oldest go. 0 for all.
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
    with staged(Path(out)) as stage:
        stage.write({name: frames[name] for name in schema.TABLES})
        return publish_staged(stage, report, out=Path(out), provenance=provenance, pages=pages, keep=keep, now=now)


def publish_staged(
    stage: OnDisk,
    report: QualityReport,
    *,
    out: Path,
    provenance: Mapping[str, Any],
    pages: Mapping[str, str | bytes] | None = None,
    made_of: str = "",
    keep: int = 0,
    now: datetime | None = None,
) -> Path:
    """Publish the tables of a stage under `out` as `runs/<run>/` and make them the latest.

    The run's id is the moment and the beginning of the hash of its content: `20261123070000-0f1e2d3c`. Ids grow
    with every publication, even when the clock was set back. Leftovers of a publication that was killed go.

    Args:
        stage: All tables, written by a stage of the same folder.
        report: What the expectations found; it must have passed.
        out: The folder that holds `runs/` and `latest`.
        provenance: What the tables were made from and with.
        pages: Pages by file name, which go beside the tables; a name may hold folders.
        made_of: Hash of all that the dataset depends on, for `find_unchanged`.
        keep: How many runs stay, this one included; the oldest go. 0 for all.
        now: The moment of publication; the clock's by default.

    Returns:
        The folder of the run.

    Raises:
        ValidationFailed: The report did not pass; nothing is published.
        DatasetError: Another run publishes here, or the folder cannot be written.
    """
    report.require()
    stage.close()
    run = _Run(stage.folder, report, provenance, pages or {}, made_of, now or datetime.now(UTC))
    try:
        with runs.locked(out):
            folder = _publish(run, out)
            runs.forget(out, keep)
            return folder
    except OSError as error:
        hint = "The dataset published before is still in place. Check free space and permissions."
        raise DatasetError(error.filename or out, f"could not be written: {error.strerror or error}", hint) from error


def find_unchanged(out: Path, made_of: str) -> Path | None:
    """Return the latest run if it was made of the same and is as it was published.

    What a killed publication left behind goes, and the link `latest` is mended.

    Args:
        out: The folder that holds `runs/` and `latest`.
        made_of: Hash of all that a dataset depends on.

    Returns:
        The folder of the run; None where there is none, where anything about it is different, and where another run
        publishes just now.
    """
    try:
        pointer = runs.latest(out)
        if pointer is None or not made_of or pointer.made_of != made_of:
            return None
        folder = out / runs.RUNS / pointer.run
        with runs.locked(out):
            if runs.latest(out) != pointer or datapackage.seal(folder) != pointer.seal:
                return None
            runs.sweep(out)
            if (out / runs.LINK).resolve() != folder.resolve():
                runs.point(out, pointer)
            return folder
    except (OSError, ValueError, DatasetError):  # something is damaged, or busy: build it anew, which says what it is
        return None


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
        unfinished = out / f"{runs.UNFINISHED}{kept.name}"
        unfinished.write_text(page, "utf-8", newline="")
        unfinished.replace(kept)
    except OSError as error:
        raise DatasetError(kept, f"could not be written: {error.strerror or error}", "Check free space.") from error
    return kept


@dataclass(frozen=True, slots=True)
class _Run:
    """What is to be published."""

    tables: Path  # the folder that they lie in
    report: QualityReport
    provenance: Mapping[str, Any]
    pages: Mapping[str, str | bytes]
    made_of: str
    now: datetime


def _publish(run: _Run, out: Path) -> Path:
    folder = out / runs.RUNS
    folder.mkdir(exist_ok=True)
    runs.sweep(out)
    unfinished = folder / f"{runs.UNFINISHED}{os.getpid()}"
    try:
        name = _write(run, unfinished, runs.next_stamp(out, run.now))
        seal = datapackage.seal(unfinished)
        unfinished.rename(folder / name)
    except BaseException:  # whatever stops it, a full disk or a person, half a run must not stay
        with suppress(OSError):
            unfinished.replace(run.tables)  # where the stage looks after them, and from where they can be tried again
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    disk.flush_folder(folder)
    runs.point(out, runs.Pointer(name, run.made_of, seal))
    return folder / name


def _write(run: _Run, folder: Path, stamp: str) -> str:
    """Make a whole run of the tables in a folder, down to the disk, and return the run's id."""
    run.tables.rename(folder)
    _write_pages(folder, run.pages)
    content = datapackage.content_hash(folder)
    name = f"{stamp}-{content[:8]}"
    descriptor = datapackage.describe(
        folder,
        created=run.now.astimezone(UTC).isoformat(timespec="seconds"),
        run=name,
        content=content,
        provenance=run.provenance,
        suites=run.report.summary(),
        pages=run.pages,
    )
    disk.write_json(folder / datapackage.FILE, descriptor)
    disk.flush(folder)
    return name


def _write_pages(folder: Path, pages: Mapping[str, str | bytes]) -> None:
    for name, content in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
