"""What only all rows of a table together can be judged by: its keys, and how far its columns are filled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from verify import schema
from verify.quality.views import among, resolves

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verify.quality.coverage import Limit

Tables = Mapping[str, pd.DataFrame]


def narrow(name: str, frame: pd.DataFrame, measured: Iterable[Limit]) -> pd.DataFrame:
    """Return the columns of a table that only all its rows together can be judged by.

    Args:
        name: One of `schema.TABLES`.
        frame: The table, or some of its rows.
        measured: How far columns must be filled; of those only that is kept.
    """
    table = schema.load(name)
    own = {reference.column for reference in table.references if reference.table == name}
    columns = own.union(table.primary_key, ["article_id"] if name == "claims" else [])
    kept = frame[[column for column in frame.columns if column in columns]]
    limits = [limit for limit in measured if limit.table == name and limit.column and limit.column not in columns]
    return kept.assign(**{limit.column: _measured(frame[limit.column], limit) for limit in limits})


def narrow_view(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return all rows of a narrow table, and whether those of its keys that stand in itself resolve."""
    table = schema.load(name)
    own = [reference for reference in table.references if reference.table == name]
    checks = {resolves(r.column): frame[r.column].isna() | among(frame[r.column], frame[r.target]) for r in own}
    view = frame.assign(**checks)
    key = table.primary_key[0] if len(table.primary_key) == 1 else "claim_id"
    return view.set_axis(pd.Index(view[key], dtype="str", name=None)) if key in view else view


def leads_somewhere(part: Tables, whole: Tables) -> bool:
    """Say whether all keys of some rows that lead to a table over all articles lead to a row of it.

    Args:
        part: Rows of parted tables.
        whole: The tables that they can lead to.
    """
    keys = [(part[name], reference) for name in schema.parted() for reference in schema.load(name).references]
    return all(
        (frame[key.column].isna() | among(frame[key.column], whole[key.table][key.target])).all()
        for frame, key in keys
        if key.table in whole
    )


def _measured(column: pd.Series, limit: Limit) -> pd.Series:
    """Return a column as its limit sees it: a text that is there, of whatever length, as one byte."""
    if limit.measure == "share":
        return column
    return column.notna().astype("boolean").where(column.notna())
