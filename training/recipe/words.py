"""The word lists of the recipe: TOML files in `data/`, each list with a name."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def lists(file: str) -> dict[str, list[str]]:
    """Return the lists of a file by name."""
    return tomllib.loads((DATA / f"{file}.toml").read_text("utf-8"))


def words(file: str, name: str) -> frozenset[str]:
    """Return one list as a set."""
    return frozenset(lists(file)[name])
