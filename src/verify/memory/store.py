"""Bytes by key in one SQLite file that may be cut off, damaged or swapped at any moment.

SQLite's journal makes each write whole or undone; a checksum on each value finds what that cannot. Nothing here raises
an error: a file that is damaged is moved aside and begun anew, and one that cannot be used is not used.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
FORMAT = 1  # of the tables below; a file of another one is begun anew
KEPT_RUNS = 2  # what so many publications in a row did not use is swept
_OURS = 0x76657269  # SQLite's application_id: "veri"
_WAIT = 30.0  # seconds that another process may take for a write
_BEGIN = f"""
PRAGMA auto_vacuum = FULL;
BEGIN IMMEDIATE;
PRAGMA application_id = {_OURS};
PRAGMA user_version = {FORMAT};
CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, checksum BLOB NOT NULL, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS used (key BLOB PRIMARY KEY, run INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS publications (run INTEGER PRIMARY KEY);
COMMIT;
"""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}  # the last: other tables than ours
logger = logging.getLogger(__name__)


class Store:
    """Values by key; several processes may use the same file.

    Args:
        path: The file, made when the store is first used; None for a store that keeps nothing.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._used: set[bytes] = set()
        self._connection: sqlite3.Connection | None = None

    @property
    def keeps(self) -> bool:
        """Whether there is a file to keep anything in."""
        return self._path is not None

    def get(self, key: bytes) -> bytes | None:
        """Return the value of a key; None where there is none, or one that is damaged."""
        row = self._do(lambda db: db.execute("SELECT checksum, value FROM kept WHERE key = ?", (key,)).fetchone())
        if row is None or not isinstance(row[1], bytes) or row[0] != _checksum(key, row[1]):
            return None
        self._used.add(key)
        return row[1]

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep some values, in one step."""
        self._used.update(values)
        self._do(lambda db: _put(db, values))

    def sweep(self) -> None:
        """Forget what neither this run nor the one before has used; call it when a run has published."""
        self._do(lambda db: _sweep(db, self._used))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _do(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do something with the file; a damaged one is begun anew, once, and None is returned for what fails."""
        with self._lock:
            for _ in range(2):
                try:
                    return work(self._open()) if self._path else None
                except (sqlite3.Error, OSError) as error:
                    self._recover(error)
        return None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            assert self._path is not None
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, timeout=_WAIT, check_same_thread=False)
            _prepare(self._connection)
        return self._connection

    def _recover(self, error: Exception) -> None:
        """Move a damaged file aside; do without one that cannot be used."""
        self.close()
        path, self._path = self._path, None
        if path is not None and _is_damage(error):
            try:
                aside = _move_aside(path)
            except OSError as problem:
                error = problem
            else:
                logger.warning("%s is not usable (%s); it is now %s, and is made anew", path, error, aside.name)
                self._path = path
                return
        logger.warning("%s cannot be used (%s); this run reads everything and keeps nothing", path, error)


def _prepare(db: sqlite3.Connection) -> None:
    """Make the tables of a new file.

    Raises:
        sqlite3.DatabaseError: The file is not one of ours, or of another format.
    """
    db.execute("PRAGMA synchronous = NORMAL")
    found = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    if found == [0, 0] and not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        db.executescript(_BEGIN)
    elif found != [_OURS, FORMAT]:
        raise sqlite3.DatabaseError("a database of another kind or format")


def _put(db: sqlite3.Connection, values: Mapping[bytes, bytes]) -> None:
    with db:
        run = _next_run(db)
        rows = [(key, _checksum(key, value), value) for key, value in values.items()]
        db.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
        db.executemany("INSERT OR REPLACE INTO used VALUES (?, ?)", [(key, run) for key in values])


def _sweep(db: sqlite3.Connection, used: set[bytes]) -> None:
    with db:
        run = _next_run(db)
        db.execute("DELETE FROM publications")
        db.execute("INSERT INTO publications VALUES (?)", (run,))
        db.executemany("INSERT OR REPLACE INTO used VALUES (?, ?)", [(key, run) for key in used])
        db.execute("DELETE FROM used WHERE run <= ?", (run - KEPT_RUNS,))
        db.execute("DELETE FROM kept WHERE key NOT IN (SELECT key FROM used)")


def _next_run(db: sqlite3.Connection) -> int:
    """Return the number of the publication that is being prepared."""
    return int(db.execute("SELECT coalesce(max(run), 0) + 1 FROM publications").fetchone()[0])


def _checksum(key: bytes, value: bytes) -> bytes:
    """Hash a value with its key, so that a value under another's key is found as well."""
    return hashlib.blake2b(value, key=key[:64], digest_size=16).digest()


def _is_damage(error: Exception) -> bool:
    """Tell whether a file holds something else than it should, rather than being locked, full or out of reach."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)  # ours has no code
    return isinstance(error, sqlite3.Error) and code & 0xFF in _DAMAGED


def _move_aside(path: Path) -> Path:
    """Give a file another name, and remove its journal, which SQLite would apply to the next file of its name."""
    aside = path.with_name(f"{path.name}.damaged")
    path.replace(aside)
    for ending in ("-journal", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    return aside
