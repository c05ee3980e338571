"""What the rules see: each table with the columns that a rule needs from other tables, and whether its keys resolve.

Added columns have a blank in their name, which no column of a table has, so that the two cannot be confused.
Broken keys are what is looked for here, so nothing assumes that keys are unique or lead anywhere.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from verify import schema
from verify.terms import ActorRole, HedgeClass, Holder

if TYPE_CHECKING:
    from collections.abc import Iterable

Tables = Mapping[str, pd.DataFrame]
_DOUBTING = (HedgeClass.EPISTEMIC.value, HedgeClass.EVIDENTIAL.value)


def make_views(tables: Tables, names: Iterable[str] = schema.TABLES) -> dict[str, pd.DataFrame]:
    """Return tables with the columns that their rules need, indexed by what names a row.

    The index holds the primary key, or the claim or path where a table has no key of one column.

    Args:
        tables: All tables; of those that are not asked for, a few columns do.
        names: The tables to return.
    """
    added = {
        "articles": _articles,
        "claims": _claims,
        "flags": _flags,
        "matches": _matches,
        "participants": _participants,
    }
    return {name: _view(name, tables, added[name](tables) if name in added else {}) for name in names}


def resolves(column: str) -> str:
    """Return the name of the view's column that says whether a reference leads to a row."""
    return f"{column} resolves"


def known(column: str) -> str:
    """Return the name of the view's column that says whether all items are of the vocabulary."""
    return f"{column} known"


def _view(name: str, tables: Tables, added: Mapping[str, pd.Series]) -> pd.DataFrame:
    table, frame = schema.load(name), tables[name]
    checks = {}
    for reference in table.references:
        targets = tables[reference.table][reference.target]
        checks[resolves(reference.column)] = frame[reference.column].isna() | among(frame[reference.column], targets)
    for column in table:
        if column.item_references:
            other, target = column.item_references
            checks[resolves(column.name)] = _items_in(frame[column.name], set(tables[other][target]))
        if column.item_vocabulary:
            checks[known(column.name)] = _items_in(frame[column.name], set(column.item_vocabulary))
    view = frame.assign(**added, **checks)
    return view.set_axis(pd.Index(_row_names(table, frame), dtype="str", name=None), axis="index").rename_axis(None)


def _row_names(table: schema.TableSchema, frame: pd.DataFrame) -> pd.Series:
    if len(table.primary_key) == 1:
        return frame[table.primary_key[0]]
    return frame["path" if table.name == "issues" else "claim_id"]


def _articles(tables: Tables) -> dict[str, pd.Series]:
    found = tables["claims"]["article_id"].value_counts()
    return {"claims found": tables["articles"]["article_id"].map(found).fillna(0).astype("int64")}


def _claims(tables: Tables) -> dict[str, pd.Series]:
    claims = tables["claims"]
    hedges = _linked(claims, "hedge_ids", tables["hedges"], "hedge_id")
    times = _linked(claims, "time_ids", tables["times"], "time_id")
    return {
        "published on": claims["article_id"].map(_published(tables["articles"])).astype("datetime64[us]"),
        "time is listed": _marked(claims, times[times["time_edtf"] == times["time_edtf of claim"]]),
        "stray hedges": _counted(claims, hedges[_strays(hedges)]),
        "doubts": _counted(claims, hedges[_doubts(hedges)]),
        "band is a hedge's": _has_a_band_of(claims, hedges),
        "all take part": _have_roles(claims, tables["participants"]),
        "ambiguous names": _have_ambiguous_names(claims, tables),
    }


def _published(articles: pd.DataFrame) -> dict[str, pd.Timestamp]:
    days = pd.to_datetime(articles["published_at"].str[:10], format="%Y-%m-%d", errors="coerce")
    return dict(zip(articles["article_id"], days, strict=True))


def _strays(hedges: pd.DataFrame) -> pd.Series[bool]:
    """Say which hedges neither stand inside the words of their claim nor touch them with their scope."""
    first, last = hedges["start of claim"], hedges["end of claim"]
    inside = (first <= hedges["start"]) & (hedges["end"] <= last)
    cells = zip(*(column.tolist() for column in (inside, first, last, hedges["scope"])), strict=True)
    stray = [not (within or _touches(start, end, scope)) for within, start, end, scope in cells]
    return pd.Series(stray, index=hedges.index, dtype="bool")


def _touches(start: int, end: int, scope: str) -> bool:
    """Say whether any piece of a scope shares a character with the words from start to end."""
    return any(isinstance(piece, list) and piece[0] < end and start < piece[1] for piece in _items(scope))


def _doubts(hedges: pd.DataFrame) -> pd.Series[bool]:
    return hedges["hedge_class"].isin(_DOUBTING) & (hedges["hedge_holder"] == Holder.AUTHOR)


def _has_a_band_of(claims: pd.DataFrame, hedges: pd.DataFrame) -> pd.Series[bool]:
    """Say which claims give the band of one of their hedges, or none where no hedge has one."""
    banded = hedges[hedges["probability_low"].notna()]
    found: dict[object, set[tuple[object, ...]]] = defaultdict(set)
    for row, *band in banded[["row", "probability_low", "probability_high", "hedge_holder"]].itertuples(index=False):
        found[row].add(tuple(band))
    given = claims[["probability_low", "probability_high", "probability_holder"]]
    holds = [
        tuple(band) in found[row] if row in found else all(map(pd.isna, band))
        for row, *band in given.itertuples(name=None)
    ]
    return pd.Series(holds, index=claims.index, dtype="bool")


def _have_roles(claims: pd.DataFrame, participants: pd.DataFrame) -> pd.Series[bool]:
    """Say in which claims the actors and places listed are those with a role other than source."""
    named = participants[participants["actor_role"] != ActorRole.SOURCE]
    found: dict[str, set[str]] = defaultdict(set)
    for claim_id, actor_id in zip(named["claim_id"].tolist(), named["actor_id"].tolist(), strict=True):
        found[claim_id].add(actor_id)
    cells = zip(*(claims[column].tolist() for column in ("claim_id", "actor_ids", "place_ids")), strict=True)
    holds = [found.get(key, set()) == set(map(str, (*_items(one), *_items(two)))) for key, one, two in cells]
    return pd.Series(holds, index=claims.index, dtype="bool")


def _have_ambiguous_names(claims: pd.DataFrame, tables: Tables) -> pd.Series[bool]:
    """Say which claims hold a name that can stand for more than one actor."""
    mentions, participants = tables["mentions"], tables["participants"]
    ambiguous = mentions["mention_id"][mentions["is_ambiguous"]]
    named = participants[participants["actor_role"] != ActorRole.SOURCE]
    return among(claims["claim_id"], named["claim_id"][among(named["mention_id"], ambiguous)])


def _participants(tables: Tables) -> dict[str, pd.Series]:
    claims, participants = tables["claims"], tables["participants"]
    return {"is attributed": among(participants["claim_id"], claims["claim_id"][claims["is_attributed"]])}


def _flags(tables: Tables) -> dict[str, pd.Series]:
    flags, claims = tables["flags"], tables["claims"]
    listed = pd.MultiIndex.from_frame(_links(claims, "flags", "flag").drop(columns="row"))
    return {"listed": pd.Series(pd.MultiIndex.from_frame(flags[["claim_id", "flag"]]).isin(listed), index=flags.index)}


def _matches(tables: Tables) -> dict[str, pd.Series]:
    articles = tables["claims"].groupby("claim_id")["article_id"].first()
    matches = tables["matches"]
    return {
        "article": matches["claim_id"].map(articles).astype("str"),
        "other article": matches["other_claim_id"].map(articles).astype("str"),
    }


def _linked(claims: pd.DataFrame, column: str, items: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return the items that claims list, each with the claim's row; what is listed but not there is left out."""
    links = _links(claims, column, key)
    shared = claims[["start", "end", "time_edtf"]].add_suffix(" of claim")
    unique = items.drop_duplicates(key)
    return links.merge(unique, on=key, validate="m:1").merge(shared, left_on="row", right_index=True, validate="m:1")


def _links(claims: pd.DataFrame, column: str, name: str) -> pd.DataFrame:
    """Return one row for each item of a list column: the claim's row, its id, and the item."""
    cells = claims[column][claims[column] != "[]"]
    found = [(row, item) for row, cell in zip(cells.index, cells.tolist(), strict=True) for item in _items(cell)]
    frame = pd.DataFrame(found, columns=["row", name]).astype({"row": "int64", name: "str"})
    return frame.assign(claim_id=claims["claim_id"].reindex(frame["row"]).array)[["row", "claim_id", name]]


def _counted(claims: pd.DataFrame, linked: pd.DataFrame) -> pd.Series[int]:
    return linked["row"].value_counts().reindex(claims.index, fill_value=0)


def _marked(claims: pd.DataFrame, linked: pd.DataFrame) -> pd.Series[bool]:
    return pd.Series(claims.index.isin(linked["row"]), index=claims.index)


def _items_in(cells: pd.Series[str], allowed: set[str]) -> pd.Series[bool]:
    return pd.Series(
        [cell == "[]" or _all_in(_items(cell), allowed) for cell in cells.tolist()], index=cells.index, dtype="bool"
    )


def among(column: pd.Series[str], values: Iterable[str]) -> pd.Series[bool]:
    """Say which cells of a column are among some values.

    `isin` would take as long to turn a thousand values into Arrow's own.
    """
    allowed = set(values.tolist() if isinstance(values, pd.Series) else values)
    return pd.Series([cell in allowed for cell in column.tolist()], index=column.index, dtype="bool")


def _all_in(items: Iterable[object], allowed: set[str]) -> bool:
    return all(isinstance(item, str) and item in allowed for item in items)


@lru_cache(maxsize=100_000)
def _items(cell: object) -> list[object]:
    """Return the items of a list cell; a cell that is no list counts as one item that is nowhere to be found."""
    try:
        items = json.loads(cell) if isinstance(cell, str) else None
    except ValueError:
        items = None
    return items if isinstance(items, list) else [None]
