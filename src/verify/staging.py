"""Tables on their way to a dataset: taken in some articles at a time, in memory or in files that nobody reads yet."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

import filelock
import pandas as pd

from verify import runs, schema, tables
from verify.csvsafe import guard, write_csv
from verify.errors import DatasetError

if TYPE_CHECKING:
    import pyarrow.parquet as pq

Frames = Mapping[str, pd.DataFrame]


class Stage(Protocol):
    """Takes in tables, whole or some articles at a time, and gives rows back."""

    def write(self, frames: Frames) -> None:
        """Add rows to some tables; those of an article come together, and articles in the order of their ids."""

    def rows(self, name: str, article_ids: Sequence[str]) -> pd.DataFrame:
        """Return the rows that some articles have in a parted table."""

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return all tables whole."""


class InMemory:
    """A stage for a dataset that is not written."""

    def __init__(self) -> None:
        self._parts: dict[str, list[pd.DataFrame]] = {name: [] for name in schema.TABLES}

    def write(self, frames: Frames) -> None:
        """Add rows to some tables."""
        for name, frame in frames.items():
            self._parts[name].append(frame)

    def rows(self, name: str, article_ids: Sequence[str]) -> pd.DataFrame:
        """Return the rows that some articles have in a parted table."""
        frame = self._whole(name)
        return frame[frame["article_id"].isin(article_ids)]

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return all tables whole."""
        return {name: self._whole(name) for name in schema.TABLES}

    def _whole(self, name: str) -> pd.DataFrame:
        parts = self._parts[name]
        if len(parts) > 1:
            parts[:] = [pd.concat(parts, ignore_index=True)]
        return parts[0] if parts else tables.to_frame(name, {})


class OnDisk:
    """A stage whose tables grow as files: `NAME.csv` and `NAME.parquet`.

    Args:
        folder: An empty folder of its own.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open = ExitStack()
        self._csv: dict[str, IO[bytes]] = {}
        self._parquet: dict[str, pq.ParquetWriter] = {}

    def write(self, frames: Frames) -> None:
        """Add rows to the files of some tables.

        Raises:
            DatasetError: A file cannot be written.
        """
        import pyarrow as pa

        with _told(self.folder):
            for name, frame in frames.items():
                table = schema.load(name)
                # In one piece, because the pages of a Parquet file begin where pieces do.
                rows = pa.Table.from_pandas(frame, schema=table.arrow(), preserve_index=False).combine_chunks()
                guarded = pa.Table.from_pandas(guard(frame, table.free_text), table.arrow(), preserve_index=False)
                write_csv(guarded, self._csv_of(name))
                self._parquet_of(name, rows.schema).write_table(rows)

    def rows(self, name: str, article_ids: Sequence[str]) -> pd.DataFrame:
        """Return the rows that some articles have in a parted table."""
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        self.close()
        wanted = pa.array(article_ids, pa.string())
        with pq.ParquetFile(self.folder / f"{name}.parquet") as file:
            parts = (file.read_row_group(number, use_threads=False) for number in range(file.num_row_groups))
            found = [part.filter(pc.is_in(part["article_id"], wanted)) for part in parts]
        return tables.conform(name, pa.concat_tables(found).to_pandas())

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return all tables whole, which takes as much memory as they have rows."""
        self.close()
        return {n: tables.conform(n, pd.read_parquet(self.folder / f"{n}.parquet")) for n in schema.TABLES}

    def close(self) -> None:
        """Finish the files; nothing can be written after it.

        Raises:
            DatasetError: A file cannot be written.
        """
        with _told(self.folder):
            self._open.close()

    def _csv_of(self, name: str) -> IO[bytes]:
        if name not in self._csv:
            self._csv[name] = self._open.enter_context((self.folder / f"{name}.csv").open("wb"))
            self._csv[name].write(",".join(schema.load(name).names).encode() + b"\n")
        return self._csv[name]

    def _parquet_of(self, name: str, arrow: object) -> pq.ParquetWriter:
        import pyarrow.parquet as pq

        if name not in self._parquet:
            writer = pq.ParquetWriter(self.folder / f"{name}.parquet", arrow)
            self._parquet[name] = self._open.enter_context(writer)
        return self._parquet[name]


@contextmanager
def staged(out: Path) -> Iterator[OnDisk]:
    """Open a stage in a folder that datasets are published in; what was not published goes with the block.

    A lock beside it says that it is in use: `runs.sweep` removes what a killed run has left.

    Raises:
        DatasetError: The folder cannot be written.
    """
    with ExitStack() as stack:
        with _told(out):
            folder = out / f"{runs.UNFINISHED}tables-{os.getpid()}-{secrets.token_hex(4)}"
            out.mkdir(parents=True, exist_ok=True)
            stack.enter_context(runs.claimed(folder))
            stack.callback(_remove, folder)
            folder.mkdir()
        stage = OnDisk(folder)
        stack.callback(stage.close)
        yield stage


def _remove(folder: Path) -> None:
    if folder.exists():  # it was published under another name otherwise
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Tell a person what an error of the file system means."""
    try:
        yield
    except (OSError, filelock.Timeout) as error:
        hint = "The dataset published before is still in place. Check free space and permissions."
        name, reason = getattr(error, "filename", None), getattr(error, "strerror", None)
        raise DatasetError(name or folder, f"could not be written: {reason or error}", hint) from error
