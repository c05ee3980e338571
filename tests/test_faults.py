"""A full disk, a folder that cannot be written, files that vanish: a clear error, and the last dataset stays."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.records import harbour, sample
from tests.referee import faults, leftovers
from verify.articles import find_inputs, read_articles, read_file
from verify.dataset import publish, read_dataset
from verify.errors import DatasetError
from verify.quality import Outcome, QualityReport
from verify.terms import ExpectationSeverity

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
GOOD = QualityReport((Outcome("claims", "rows", "There are some.", ExpectationSeverity.CRITICAL, success=True),))
TEXT = "The parliament of Norway voted on Monday. The vote was close, and the opposition asked for a recount.\n"


def save(out: Path, tables: dict | None = None, **pages: str) -> Path:
    return publish(tables or sample(), GOOD, out=out, provenance={}, pages=pages, now=NOON)


def mount(folder: Path, *options: str) -> None:
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"this machine lets nobody mount a file system: {done.stderr.strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    mount(disk, "-t", "tmpfs", "-o", "size=2m", "tmpfs")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_the_last_dataset(small_disk):
    before = save(small_disk)
    with pytest.raises(DatasetError, match=r"could not be written: No space left.*still in place"):
        save(small_disk, sample([harbour()]), **{"report.html": "x" * 3_000_000})
    assert read_dataset(small_disk).path == before.resolve()
    assert faults(small_disk) == leftovers(small_disk) == []
    assert save(small_disk, sample([harbour()])) != before


def test_a_file_that_may_not_grow_leaves_the_last_dataset(tmp_path):
    before = save(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
    try:
        with pytest.raises(DatasetError, match=r"could not be written: File too large.*still in place"):
            save(tmp_path, sample([harbour()]), **{"report.html": "x" * 300_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert read_dataset(tmp_path).path == before.resolve()
    assert faults(tmp_path) == leftovers(tmp_path) == []


def test_a_folder_that_cannot_be_written_says_so(small_disk):
    before = save(small_disk)
    mount(small_disk, "-o", "remount,ro")
    with pytest.raises(DatasetError, match=r"Read-only file system"):
        save(small_disk, sample([harbour()]))
    assert read_dataset(small_disk).path == before.resolve()
    assert faults(small_disk) == []


def test_a_file_that_vanishes_while_it_is_read(tmp_path, monkeypatch):
    """As a network folder does it: the file opens, and reading fails."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text(TEXT * 2, "utf-8")
    opened = Path.open

    class Stale:
        def __enter__(self) -> Stale:
            return self

        def __exit__(self, *_: object) -> None: ...

        def read(self, *_: object) -> bytes:
            raise OSError(116, "Stale file handle")

    monkeypatch.setattr(Path, "open", lambda path, *a, **k: Stale() if path.name == "a.txt" else opened(path, *a, **k))
    corpus = read_articles(tmp_path)
    assert [article.path for article in corpus] == ["b.txt"]
    assert [(i.path, i.reason) for i in corpus.issues] == [("a.txt", "unreadable")]
    assert "Stale file handle" in corpus.issues[0].detail


def test_a_folder_and_a_side_file_that_vanish_between_finding_and_reading(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text(TEXT * 2, "utf-8")
    (tmp_path / "b.meta.json").write_text('{"title": "Vote"}', "utf-8")
    files, _ = find_inputs([tmp_path])
    shutil.rmtree(tmp_path / "deep")
    (tmp_path / "b.meta.json").unlink()
    found = {file.name: read_file(file) for file in files}
    assert [issue.reason for issue in found["deep/a.txt"].issues] == ["unreadable"]
    assert len(found["b.txt"].articles) == 1
    assert [issue.reason for issue in found["b.txt"].issues] == ["malformed_metadata"]
