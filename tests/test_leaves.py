"""The rows of an article come back from bytes as they were, in their place among the others, or not at all."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records import harbour, quay
from tests.test_parts import corpus, parts_of, whole_of
from verify import schema
from verify.draft import Tables
from verify.staging import OnDisk
from verify.tables import cut, join, pack, to_frame, unpack

EMPTY = {name: to_frame(name, {}) for name in schema.parted()}
IDS = sorted(one.article.article_id for one in corpus())


def rows_of(frames: Tables, article_ids: tuple[str, ...]) -> Tables:
    """Return the rows of some articles in the parted tables."""
    return {name: frames[name][frames[name]["article_id"].isin(article_ids)] for name in schema.parted()}


@pytest.mark.parametrize("fresh", [some for n in range(4) for some in combinations(IDS, n)])
def test_kept_rows_stand_where_fresh_ones_would(fresh: tuple[str, ...]) -> None:
    at_once = whole_of(corpus())
    kept = {own: unpack(pack(leaf)) for own, leaf in cut(at_once).items() if own not in fresh}
    joined = join(rows_of(at_once, fresh), kept)
    for name in schema.parted():
        pd.testing.assert_frame_equal(joined[name], at_once[name])


def test_rows_that_were_put_together_are_cut_as_well() -> None:
    parts, at_once = parts_of(corpus()), whole_of(corpus())
    together = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in schema.parted()}
    assert {own: pack(leaf) for own, leaf in cut(together).items()} == {
        own: pack(leaf) for own, leaf in cut(at_once).items()
    }


def test_a_column_of_joined_rows_keeps_no_more_than_itself() -> None:
    """The keys of all articles stay in memory until they are judged; the rest of their rows must not."""
    at_once = whole_of(corpus())
    at_once["claims"]["proposition"] = "long " * 100_000
    kept = {own: unpack(pack(leaf)) for own, leaf in cut(at_once).items()}
    before = pa.total_allocated_bytes()
    keys = join(EMPTY, kept)["claims"]["claim_id"]
    del kept
    assert len(keys) == len(at_once["claims"])
    assert pa.total_allocated_bytes() < before - 1_000_000


def test_files_are_the_same_bytes_whichever_rows_were_kept(tmp_path: Path) -> None:
    """Of 400 articles with long claims, so that a Parquet file has many pages."""
    claims = whole_of(corpus())["claims"]
    many = pd.concat([claims.iloc[:2].assign(article_id=f"d_{n:016x}") for n in range(400)], ignore_index=True)
    many["proposition"] = pd.Series([f"{n} " * 700 for n in range(len(many))], dtype="str")
    frames = EMPTY | {"claims": many}
    ids = tuple(many["article_id"].unique())
    kept = {own: leaf for own, leaf in cut(frames).items() if own in ids[100:]}
    for name, made in (("fresh", frames), ("joined", join(EMPTY | rows_of(frames, ids[:100]), kept))):
        (tmp_path / name).mkdir()
        stage = OnDisk(tmp_path / name)
        stage.write(made)
        stage.close()
    for file in ("claims.parquet", "claims.csv"):
        assert (tmp_path / "fresh" / file).read_bytes() == (tmp_path / "joined" / file).read_bytes()


def test_an_article_without_rows_has_no_leaf() -> None:
    assert cut(EMPTY) == {}
    assert join(EMPTY, {}) == EMPTY


def test_a_table_without_rows_is_left_out() -> None:
    leaf = cut(parts_of([harbour(), quay(), harbour("port-post", "other")])[0])
    (rows,) = leaf.values()
    del rows["hedges"]
    again = unpack(pack(rows))
    assert "hedges" not in again
    assert again["claims"].equals(rows["claims"])


LEAF = pack(next(iter(cut(whole_of(corpus())).values())))


@settings(deadline=None)
@given(st.integers(0, len(LEAF) - 1), st.binary(max_size=40), st.integers(0, 60))
def test_damaged_bytes_are_rows_or_an_error(at: int, other: bytes, length: int) -> None:
    data = LEAF[:at] + other + LEAF[at + length :]
    try:
        leaf = unpack(data)
    except ValueError:
        return
    for name, rows in leaf.items():
        rows.validate(full=True)
        assert rows.schema.equals(schema.load(name).arrow())


@pytest.mark.parametrize("data", [b"", b"\0" * 8, LEAF[:-1], LEAF + b"x", b"\xff" * 8 + LEAF[8:]])
def test_what_is_no_leaf_is_an_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="no rows of an article"):
        unpack(data)


def test_rows_of_another_table_are_an_error() -> None:
    leaf = cut(whole_of(corpus()))[IDS[0]]
    leaf["hedges"] = pa.RecordBatch.from_pydict({"article_id": ["x"]})
    with pytest.raises(ValueError, match="no rows of an article"):
        unpack(pack(leaf))
