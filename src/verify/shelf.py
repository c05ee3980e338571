"""The rows of articles as earlier runs made and judged them, by all that they depend on."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verify.memory import Memory
from verify.quality import Failed, Verdicts
from verify.tables import Leaf, cut, pack, unpack

if TYPE_CHECKING:
    import pandas as pd

_BETWEEN = b"\n"  # what failed and the rows; JSON has no line break of its own
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What an earlier run made of an article."""

    rows: Leaf
    failed: tuple[Failed, ...] = ()  # the rows that failed an expectation, in order


@dataclass(frozen=True, slots=True)
class Shelf:
    """Gives back the rows that earlier runs made of the same articles, and takes in those that this one makes.

    A key hashes all that the rows of an article depend on: its text, how the corpus names its actors, and what other
    articles say of its claims. Where any of it changes, nothing is found, and the rows are made anew.
    """

    memory: Memory = field(default_factory=Memory)
    keys: Mapping[str, bytes] = field(default_factory=dict)  # by article_id

    def get(self, article_id: str) -> Kept | None:
        """Return what is known of an article."""
        key = self.keys.get(article_id)
        data = self.memory.recall_bytes(key) if key else None
        try:
            return None if data is None else _unpacked(data)
        except ValueError as error:  # made by another hand: its checksum is right
            logger.debug("what was kept of an earlier run is %s; it is made anew", error)
            return None

    def put(self, frames: Mapping[str, pd.DataFrame], failed: Verdicts) -> None:
        """Keep the rows of some articles.

        Args:
            frames: The parted tables of the articles.
            failed: What failed of each that is to be kept, by article_id.
        """
        if not self.memory.store.keeps or not failed:
            return
        values = {}
        for article_id, rows in cut(frames).items():
            if (key := self.keys.get(article_id)) and article_id in failed:
                values[key] = _packed(Kept(rows, failed[article_id]))
        self.memory.keep_bytes(values)


def _packed(kept: Kept) -> bytes:
    return json.dumps(kept.failed).encode() + _BETWEEN + pack(kept.rows)


def _unpacked(data: bytes) -> Kept:
    """Read what was kept.

    Raises:
        ValueError: The bytes are nothing of the kind.
    """
    head, _, rows = data.partition(_BETWEEN)
    found = json.loads(head)
    if not isinstance(found, list) or not all(_is_failed(one) for one in found):
        raise ValueError("no list of failed rows")
    return Kept(unpack(rows), tuple((table, name, key) for table, name, key in found))


def _is_failed(one: object) -> bool:
    return isinstance(one, list) and len(one) == 3 and all(isinstance(text, str) for text in one)
