"""Datasets on another file system, such as an object store: copied there whole, and named there last.

An object store has no rename, no link and no lock. What it has is objects that appear whole; so the files of a run
come first, then its `datapackage.json`, and `latest.json` last. That one object is the moment of publication: a reader
who reads it once sees one run whole, and a copy that was cut short has changed nothing that is named.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from verify import datapackage, runs
from verify.errors import DatasetError
from verify.places import place

logger = logging.getLogger(__name__)


def push(out: Path, address: str) -> None:
    """Make the latest dataset of a folder the latest one at an address.

    What is there already is not copied again, so this also completes a copy that was cut short.

    Raises:
        DatasetError: The folder holds no dataset, or the address cannot be written.
    """
    pointer = runs.latest(out)
    if pointer is None:
        raise DatasetError(out, "holds no dataset", "Make one with: verify run")
    try:
        target = place(address)
        _copy_run(out / runs.RUNS / pointer.run, target / runs.RUNS / pointer.run)
        _replace(target / runs.LATEST, (out / runs.LATEST).read_bytes())
    except Exception as error:  # each file system has errors of its own
        hint = f"The dataset is complete in {out}, and the next run copies it."
        raise DatasetError(address, f"could not be written: {error}", hint) from error


def pull(address: str, out: Path) -> None:
    """Bring the latest dataset at an address into a folder that has none, as on a new machine.

    Nothing comes where there is nothing, or where it cannot be read: the run then makes it anew.
    """
    if runs.latest(out) is not None:
        return
    try:
        with fetched(address) as folder, runs.locked(out):
            (out / runs.RUNS).mkdir(exist_ok=True)
            name = str(json.loads((folder / datapackage.FILE).read_text("utf-8"))["run"])
            pointer = runs.Pointer(name, seal=datapackage.seal(folder))
            if runs.is_run(name) and not (out / runs.RUNS / name).exists():
                shutil.move(folder, out / runs.RUNS / name)
                runs.point(out, pointer)
    except DatasetError as error:
        logger.info("nothing was brought from %s: %s", address, error)


@contextmanager
def fetched(address: str) -> Iterator[Path]:
    """Yield a folder with the files of a dataset at an address, which goes when the block ends.

    Args:
        address: Of a run, or of a folder that holds `latest.json`, which is read once.

    Raises:
        DatasetError: There is no dataset, or it cannot be read.
    """
    with TemporaryDirectory(prefix="verify-") as temporary:
        folder = Path(temporary) / "run"
        try:
            _fetch(_run_at(place(address)), folder)
        except DatasetError:
            raise
        except Exception as error:  # each file system has errors of its own
            raise DatasetError(address, f"cannot be read: {error}", "Check the address and who may read it.") from error
        yield folder


def _run_at(source: Path) -> Path:
    pointer = source / runs.LATEST
    if not pointer.exists():
        return source
    return source / runs.RUNS / PurePosixPath(json.loads(pointer.read_text("utf-8"))["run"]).name


def _fetch(source: Path, folder: Path) -> None:
    """Copy the files that a dataset's descriptor names."""
    descriptor = source / datapackage.FILE
    if not descriptor.exists():
        raise DatasetError(str(source), f"holds no dataset: there is no {datapackage.FILE}")
    data = descriptor.read_bytes()
    described = json.loads(data)
    for name in (*(resource["path"] for resource in described["resources"]), *described.get("pages", ())):
        parts = PurePosixPath(name).parts
        if ".." in parts or PurePosixPath(name).is_absolute():
            raise DatasetError(str(descriptor), f"names a file outside its folder: {name!r}", "It is damaged.")
        path = folder.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.joinpath(*parts).read_bytes())
    (folder / datapackage.FILE).write_bytes(data)


def _copy_run(run: Path, target: Path) -> None:
    """Copy the files of a run, its descriptor last: where that is, all is."""
    descriptor = target / datapackage.FILE
    if descriptor.exists() and descriptor.read_bytes() == (run / datapackage.FILE).read_bytes():
        return
    files = [path for path in sorted(run.rglob("*")) if path.is_file() and path.name != datapackage.FILE]
    for path in (*files, run / datapackage.FILE):
        copy = target.joinpath(*path.relative_to(run).parts)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())


def _replace(path: Path, data: bytes) -> None:
    """Replace one file, in one step where the file system has transactions or whole objects."""
    if path.exists() and path.read_bytes() == data:
        return
    remote: Any = path  # a path of an address knows its file system
    with remote.fs.transaction, remote.fs.open(remote.path, "wb") as file:
        file.write(data)
