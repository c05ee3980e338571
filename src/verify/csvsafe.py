"""Write CSV, and keep a spreadsheet from running article text as a formula, in a way that can be undone.

A text cell that a spreadsheet would take for a formula gets an apostrophe in front, and so does a cell that
already begins with apostrophes before such a character; one apostrophe less gives the value back. Only CSV files
are written so, Parquet keeps the values as they are. See OWASP, "CSV Injection".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_FORMULA = r"[=+\-@\t\r\n＝＋－＠]"  # the last four are the full-width forms, which some spreadsheets read alike
DANGEROUS = rf"^'*{_FORMULA}"
GUARDED = rf"^''*{_FORMULA}"


def guard(frame: pd.DataFrame, columns: Iterable[str] | None = None) -> pd.DataFrame:
    """Put an apostrophe before every text that begins like a formula.

    Args:
        frame: Any frame; it is not changed.
        columns: The columns to guard; all that hold text if none are named.
    """
    safe = frame.copy(deep=False)
    for column in _text_columns(frame) if columns is None else columns:
        text = frame[column]
        is_dangerous = text.str.contains(DANGEROUS, na=False)
        if is_dangerous.any():
            safe[column] = text.where(~is_dangerous, "'" + text)
    return safe


def unguard(frame: pd.DataFrame, columns: Iterable[str] | None = None) -> pd.DataFrame:
    """Take the apostrophe away again; the inverse of `guard` on the same columns."""
    raw = frame.copy(deep=False)
    for column in _text_columns(frame) if columns is None else columns:
        text = frame[column]
        raw[column] = text.where(~text.str.contains(GUARDED, na=False), text.str[1:])
    return raw


def write_csv(rows: pa.Table, file: IO[bytes]) -> None:
    """Write rows as lines of CSV (RFC 4180, but for the line feed that ends them), without a header.

    Texts stand in quotation marks, what is missing is nothing at all, and truth values are True and False, as pandas
    writes and reads them. Arrow writes ten times as fast as pandas does.

    Args:
        rows: Guarded rows.
        file: Where the lines go.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow.csv import WriteOptions, write_csv

    columns = [
        pc.if_else(column, "True", "False") if pa.types.is_boolean(column.type) else column for column in rows.columns
    ]
    write_csv(pa.table(columns, names=rows.column_names), file, WriteOptions(include_header=False))


def _text_columns(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name, dtype in frame.dtypes.items() if dtype == "str"]
