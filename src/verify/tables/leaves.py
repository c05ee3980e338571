"""The rows that one article has in the parted tables, as bytes, so that a later run need not make them again.

The bytes are record batches of Arrow's IPC format, one a table in the order of `schema.parted`, each behind its length,
compressed together (Zstandard). The types stand in the schemas and not in the bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from verify import schema
from verify.tables.frame import conform

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

MAX_BYTES = 1_000_000_000  # of one article, uncompressed
_LENGTH = struct.Struct("<Q")

Leaf = dict[str, "pa.RecordBatch"]  # the rows of one article, by table


def cut(frames: Mapping[str, pd.DataFrame]) -> dict[str, Leaf]:
    """Return the rows of each article that has any.

    Args:
        frames: The parted tables of some articles, the rows of an article together.
    """
    leaves: dict[str, Leaf] = {}
    for name in schema.parted():
        for article_id, rows in _by_article(name, frames[name]):
            leaves.setdefault(article_id, {})[name] = rows
    return leaves


def pack(leaf: Leaf) -> bytes:
    """Turn the rows of an article into bytes."""
    import pyarrow as pa

    messages = [leaf[name].serialize() if name in leaf else b"" for name in schema.parted()]
    whole = b"".join(piece for message in messages for piece in (_LENGTH.pack(len(message)), message))
    compressed: bytes = pa.Codec("zstd").compress(whole, asbytes=True)
    return _LENGTH.pack(len(whole)) + compressed


def unpack(data: bytes) -> Leaf:
    """Turn bytes back into the rows of an article.

    Raises:
        ValueError: The bytes are no such rows.
    """
    import pyarrow as pa

    try:
        (length,) = _LENGTH.unpack_from(data)
        if length > MAX_BYTES:
            raise ValueError(f"{length} bytes of rows")
        whole = pa.Codec("zstd").decompress(data[_LENGTH.size :], length)
        return dict(_read(whole))
    except (pa.ArrowException, ValueError, OSError, struct.error) as error:
        raise ValueError(f"no rows of an article: {error}") from None


def join(frames: Mapping[str, pd.DataFrame], leaves: Mapping[str, Leaf]) -> dict[str, pd.DataFrame]:
    """Put the rows of some articles among those of others, in the order of the articles.

    Args:
        frames: The parted tables of some articles.
        leaves: The rows of others, by article_id.
    """
    return {name: _joined(name, frames[name], leaves) for name in schema.parted()} if leaves else dict(frames)


def _joined(name: str, frame: pd.DataFrame, leaves: Mapping[str, Leaf]) -> pd.DataFrame:
    import pyarrow as pa

    pieces = dict(_by_article(name, frame))
    pieces |= {article_id: leaf[name] for article_id, leaf in leaves.items() if name in leaf}
    batches = [pieces[article_id] for article_id in sorted(pieces)]
    # Combined, because a column of pieces would keep all bytes of their leaves alive for as long as it is used.
    table = pa.Table.from_batches(batches, schema.load(name).arrow()).combine_chunks()
    return conform(name, table.to_pandas())


def _by_article(name: str, frame: pd.DataFrame) -> Iterator[tuple[str, pa.RecordBatch]]:
    """Yield the rows of each article in a table."""
    import pyarrow as pa

    if frame.empty:
        return
    table = pa.Table.from_pandas(frame, schema=schema.load(name).arrow(), preserve_index=False)
    (batch,) = table.replace_schema_metadata().combine_chunks().to_batches()
    at = 0
    for article_id, rows in groupby(frame["article_id"].tolist()):
        number = sum(1 for _ in rows)
        yield article_id, batch.slice(at, number)
        at += number


def _read(whole: pa.Buffer) -> Iterator[tuple[str, pa.RecordBatch]]:
    import pyarrow as pa

    at = 0
    for name in schema.parted():
        (length,) = _LENGTH.unpack_from(whole, at)
        at += _LENGTH.size
        if length:
            batch = pa.ipc.read_record_batch(whole.slice(at, length), schema.load(name).arrow())
            batch.validate(full=True)
            yield name, batch
        at += length
    if at != len(whole):
        raise ValueError(f"{len(whole) - at} bytes more than expected")
