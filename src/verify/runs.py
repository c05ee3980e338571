"""The folder that datasets are published in: its lock, the runs in it, and the pointer to the latest one."""

from __future__ import annotations

import json
import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import filelock

from verify import disk
from verify.errors import DatasetError

LATEST = "latest.json"  # names the run that counts; `latest` is a link to it, for people
LINK = "latest"
RUNS = "runs"
UNFINISHED = ".unfinished-"
_LOCK = ".lock"
_STAMP = "%Y%m%d%H%M%S"
_RUN = re.compile(r"\d{14}-[0-9a-f]{8}")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pointer:
    """What `latest.json` says."""

    run: str
    made_of: str = ""  # hash of all that the run depends on; empty after going back to it
    seal: str = ""  # hash of what was published


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system frees when the process dies.

    Raises:
        DatasetError: Another process holds it.
    """
    out.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(out / _LOCK, blocking=False):
            yield
    except filelock.Timeout as error:
        raise DatasetError(out, "another run is publishing here", "Wait for it to end, or use another -o.") from error


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Say that a folder of unfinished work is in use, by a lock beside it that the system frees when the process dies.

    Raises:
        filelock.Timeout: Another process has claimed it.
    """
    lock = _claim(folder)
    with filelock.FileLock(lock, blocking=False):
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _claim(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


def _is_claimed(folder: Path) -> bool:
    """Tell whether a living process works in a folder; of a lock that is left over nobody holds it."""
    lock = _claim(folder)
    if not lock.exists():
        return False
    try:
        with filelock.FileLock(lock, blocking=False):
            return False
    except filelock.Timeout:
        return True


def find(out: Path) -> list[Path]:
    """Return the folders of the runs, the oldest first."""
    folder = out / RUNS
    return sorted(path for path in folder.iterdir() if is_run(path.name)) if folder.is_dir() else []


def is_run(name: str) -> bool:
    """Tell whether a name is that of a run, and not of anything that somebody else has put there."""
    return bool(_RUN.fullmatch(name))


def latest(out: Path) -> Pointer | None:
    """Return what `latest.json` points to; None where there is none.

    Raises:
        DatasetError: It does not name a run.
    """
    path = out / LATEST
    try:
        found = json.loads(path.read_text("utf-8"))
        return Pointer(Path(found["run"]).name, str(found.get("made_of", "")), str(found.get("seal", "")))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DatasetError(path, f"does not name a run: {error}", "Publish again to replace it.") from error


def point(out: Path, pointer: Pointer) -> None:
    """Make a run the latest: first the pointer that programs read, then the link for people."""
    unfinished = out / f"{UNFINISHED}{LATEST}"
    disk.write_json(unfinished, {"path": f"{RUNS}/{pointer.run}", **asdict(pointer)})
    disk.flush_file(unfinished)
    unfinished.replace(out / LATEST)
    link = out / f"{UNFINISHED}{LINK}"
    try:
        link.symlink_to(Path(RUNS) / pointer.run, target_is_directory=True)
        link.replace(out / LINK)
    except OSError as error:  # a file system without links: latest.json still leads there
        logger.warning("no link %s: %s; read %s instead", out / LINK, error, out / LATEST)
    disk.flush_folder(out)


def sweep(out: Path) -> None:
    """Remove what killed runs left behind; the lock says that nobody publishes, but tables may be in the making."""
    for left in [*(out / RUNS).glob(f"{UNFINISHED}*"), *out.glob(f"{UNFINISHED}*")]:
        if left.suffix == ".lock" or _is_claimed(left):
            continue
        _claim(left).unlink(missing_ok=True)
        logger.warning("removing %s, which an interrupted publication left behind", left)
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()
    for lock in out.glob(f"{UNFINISHED}*.lock"):
        if not _is_claimed(lock.with_suffix("")):
            lock.unlink(missing_ok=True)


def forget(out: Path, keep: int) -> None:
    """Remove the oldest runs, but never the latest one; a run that cannot be removed stays.

    Args:
        out: The folder that holds `runs/` and `latest`; its lock is held.
        keep: How many runs stay; 0 for all.
    """
    pointer = latest(out)
    for folder in find(out)[:-keep] if keep else []:
        if pointer is None or folder.name == pointer.run:
            continue
        left = folder.with_name(f"{UNFINISHED}{folder.name}")  # a run that is half gone must not look like one
        try:
            folder.rename(left)
            shutil.rmtree(left)
        except OSError as error:
            logger.warning("the old run %s could not be removed: %s", folder, error)


def next_stamp(out: Path, now: datetime) -> str:
    """Return the moment for a run's id, at least a second after every run that is there."""
    moment = now.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    for folder in (out / RUNS).iterdir():
        try:
            moment = max(moment, datetime.strptime(folder.name.partition("-")[0], _STAMP) + timedelta(seconds=1))
        except ValueError:
            continue  # not a run of ours
    return moment.strftime(_STAMP)
