"""Load the word lists of `lexicons/`: CSV files that begin with comment lines saying where the words come from."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def load(name: str) -> tuple[Mapping[str, str], ...]:
    """Read a word list once.

    Args:
        name: The file's name in `lexicons/` without `.csv`.

    Returns:
        One read-only mapping of column to cell for each row, in the order of the file; comment lines,
        which begin with `#`, are left out.

    Raises:
        FileNotFoundError: There is no such list.
    """
    text = (files("verify") / "lexicons" / f"{name}.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(MappingProxyType(row) for row in csv.DictReader(lines))


@cache
def words(name: str, column: str = "lemma") -> frozenset[str]:
    """Return one column of a word list as a set."""
    return frozenset(row[column] for row in load(name))


@cache
def words_for(name: str, use: str) -> frozenset[str]:
    """Return the words of a list with the columns word and use that do one thing."""
    return frozenset(row["word"] for row in load(name) if row["use"] == use)
