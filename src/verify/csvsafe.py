"""Keep a spreadsheet from running article text as a formula, in a way that can be undone.

A text cell that a spreadsheet would take for a formula gets an apostrophe in front, and so does a cell that
already begins with apostrophes before such a character; one apostrophe less gives the value back. Only CSV files
are written so, Parquet keeps the values as they are. See OWASP, "CSV Injection".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

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
        safe[column] = text.where(~text.str.contains(DANGEROUS, na=False), "'" + text)
    return safe


def unguard(frame: pd.DataFrame, columns: Iterable[str] | None = None) -> pd.DataFrame:
    """Take the apostrophe away again; the inverse of `guard` on the same columns."""
    raw = frame.copy(deep=False)
    for column in _text_columns(frame) if columns is None else columns:
        text = frame[column]
        raw[column] = text.where(~text.str.contains(GUARDED, na=False), text.str[1:])
    return raw


def _text_columns(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name, dtype in frame.dtypes.items() if dtype == "str"]
