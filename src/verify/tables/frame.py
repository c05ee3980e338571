"""Typed frames: the columns, dtypes and row order that a table's schema promises."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from verify import schema
from verify.errors import SchemaError
from verify.schema import Column, TableSchema

SURROGATE = re.compile("[\ud800-\udfff]")


Cells = Mapping[str, Sequence[Any]]  # the values of each column, all of one length


class Columns:
    """The cells of a table while it is built, row by row; a row is kept as the bare tuple of its cells."""

    def __init__(self) -> None:
        self._names: tuple[str, ...] = ()
        self._rows: list[tuple[Any, ...]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, row: Mapping[str, Any]) -> None:
        """Append one row; every row has the same columns in the same order."""
        if not self._rows:
            self._names = tuple(row)
        self._rows.append(tuple(row.values()))

    @property
    def cells(self) -> Cells:
        """The values of each column; no columns at all where there are no rows."""
        return dict(zip(self._names, zip(*self._rows, strict=True), strict=True)) if self._rows else {}


def to_frame(name: str, cells: Cells) -> pd.DataFrame:
    """Make the typed and sorted frame of a table from its cells.

    Args:
        name: One of `schema.TABLES`.
        cells: The values of each column; all are of one length. No columns at all make an empty table.

    Raises:
        SchemaError: A column is missing or unknown, or a value is not of its type.
    """
    table = schema.load(name)
    if not cells:
        cells = dict.fromkeys(table.names, ())
    _check_names(table, list(cells))
    frame = pd.DataFrame({column.name: _series(table.name, column, cells[column.name]) for column in table})
    return sort(name, frame)


def sort(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Put the rows in the order of the schema, which does not depend on the order of the input."""
    return frame.sort_values(list(schema.load(name).sort_by), kind="stable", ignore_index=True)


def check(name: str, frame: pd.DataFrame) -> None:
    """Make sure that a frame has exactly the columns and dtypes of its schema.

    Raises:
        SchemaError: It has not.
    """
    table = schema.load(name)
    _check_names(table, list(frame.columns))
    for column in table:
        found = str(frame[column.name].dtype)
        if found != column.dtype:
            raise SchemaError(name, column.name, f"dtype {column.dtype}", f"dtype {found}", "Use tables.conform.")


def conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Cast the columns of a frame that was read from a file to the dtypes of its schema.

    Raises:
        SchemaError: A column is missing or unknown, or holds values that are not of its type.
    """
    table = schema.load(name)
    _check_names(table, list(frame.columns))
    return pd.DataFrame({column.name: _cast(name, column, frame[column.name]) for column in table})


def _check_names(table: TableSchema, found: Sequence[str]) -> None:
    hint = f"See schemas/{table.name}.json."
    for missing in [column for column in table.names if column not in found]:
        raise SchemaError(table.name, missing, "a column of this name", "no cells at all", hint)
    for unknown in [column for column in found if column not in table.names]:
        raise SchemaError(table.name, unknown, "no column of this name", "cells", hint)


def _series(table: str, column: Column, values: Sequence[Any]) -> pd.Series:
    if column.is_text:
        return pd.Series(_texts(values), dtype="str")
    return _cast(table, column, pd.Series(values, dtype="object"))


def _texts(values: Sequence[str | None]) -> list[str | None]:
    """Make empty text missing, and lone surrogates, which no file can hold, replacement characters."""
    return [
        None if not value else value if value.isascii() else SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
        for value in values
    ]


def _cast(table: str, column: Column, values: pd.Series) -> pd.Series:
    try:
        return values.astype(pd.api.types.pandas_dtype(column.dtype))
    except (ValueError, TypeError, OverflowError) as error:
        raise SchemaError(
            table, column.name, f"values of type {column.kind}", f"a value that is none: {error}"
        ) from error
