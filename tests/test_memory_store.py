"""Values stay whole in a file that is killed, cut short, damaged or shared."""

from __future__ import annotations

import logging
import multiprocessing
import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from verify.memory import Store
from verify.memory.store import KEPT_RUNS

FORK = multiprocessing.get_context("fork")  # a child starts in a moment, and opens the file itself


VALUES = {bytes([n]) * 32: bytes([n]) * 1000 for n in range(40)}


def kept(path: Path) -> dict[bytes, bytes]:
    store = Store(path)
    found = {key: value for key in VALUES if (value := store.get(key)) is not None}
    store.close()
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with all values."""
    store = Store(tmp_path / "state")
    store.put(VALUES)
    store.close()
    return tmp_path / "state"


def test_a_value_is_kept(path: Path) -> None:
    assert kept(path) == VALUES


def test_a_store_without_a_file_keeps_nothing() -> None:
    store = Store()
    store.put(VALUES)
    store.sweep()
    assert store.get(next(iter(VALUES))) is None


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(bytes(random.Random(1).randbytes(50_000)))


def other_format(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


def other_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE notes (text)")
    db.close()


def other_tables(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("ALTER TABLE kept RENAME TO lost")
    db.close()


def zeros_in_the_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:20000] = bytes(11808)
    path.write_bytes(data)


@pytest.mark.parametrize(
    "damage", [cut, empty, garbage, other_format, other_program, other_tables, zeros_in_the_middle]
)
def test_a_damaged_file_is_begun_anew_with_one_line_at_most(
    path: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    damage(path)
    before = path.read_bytes()
    store = Store(path)
    for key, value in VALUES.items():
        assert store.get(key) in (None, value)
    store.put(VALUES)
    store.close()
    assert kept(path) == VALUES
    assert len(caplog.records) <= 1
    aside = path.with_name("state.damaged")
    assert not aside.exists() or aside.read_bytes() == before, "what may be someone's own file is not lost"


def test_a_wrong_checksum_is_no_value(path: Path) -> None:
    first, second, third = list(VALUES)[:3]
    with sqlite3.connect(path) as db:
        db.execute("UPDATE kept SET value = x'00' WHERE key = ?", (first,))
        db.execute("UPDATE kept SET value = 'text' WHERE key = ?", (second,))
        db.execute(
            "UPDATE kept SET (checksum, value) = (SELECT checksum, value FROM kept WHERE key = ?) WHERE key = ?",
            (list(VALUES)[9], third),
        )
    db.close()
    assert set(VALUES) - set(kept(path)) == {first, second, third}


def test_a_file_that_cannot_be_used_is_not_used(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "state", tmp_path / "file" / "state"):
        caplog.clear()
        store = Store(place)
        store.put(VALUES)
        assert store.get(next(iter(VALUES))) is None
        store.sweep()
        assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_what_no_run_uses_any_more_is_swept(path: Path) -> None:
    used = list(VALUES)[:5]
    size = path.stat().st_size
    for _ in range(KEPT_RUNS + 1):
        store = Store(path)
        assert all(store.get(key) for key in used)
        store.put({b"new": b"1"})
        store.sweep()
        store.close()
    assert set(kept(path)) == set(used)
    assert path.stat().st_size < size


def test_a_run_of_a_few_articles_does_not_forget_the_others(path: Path) -> None:
    store = Store(path)
    store.get(next(iter(VALUES)))
    store.sweep()
    store.close()
    assert kept(path) == VALUES


def put_for_ever(path: Path) -> None:
    store = Store(path)
    while True:
        for key, value in VALUES.items():
            store.put({key: value})
        store.sweep()


def put_all(path: Path) -> None:
    store = Store(path)
    for key, value in VALUES.items():
        store.put({key: value})
        assert store.get(key) == value
    store.close()


@pytest.mark.parametrize("seed", range(6))
def test_a_kill_at_any_moment_leaves_whole_values(tmp_path: Path, seed: int) -> None:
    child = FORK.Process(target=put_for_ever, args=(tmp_path / "state",))
    child.start()
    time.sleep(random.Random(seed).uniform(0, 0.3))
    assert child.pid
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert all(VALUES[key] == value for key, value in kept(tmp_path / "state").items())
    put_all(tmp_path / "state")
    assert kept(tmp_path / "state") == VALUES
    assert not (tmp_path / "state.damaged").exists()


def test_several_processes_at_once(tmp_path: Path) -> None:
    children = [FORK.Process(target=put_all, args=(tmp_path / "state",)) for _ in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert kept(tmp_path / "state") == VALUES
