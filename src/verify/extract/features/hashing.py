"""Features as row numbers of a weight table, computed for many words at once.

A feature is a template and the values it saw, mixed into one 64-bit number and cut to a row of the table
(Weinberger et al. 2009). Words enter as spaCy's own string hashes, so no vocabulary is kept with the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Rows = NDArray[np.int32]
Column = NDArray[Any]
Template = tuple[Column, ...]

FOLD: Final = 0xBF58476D1CE4E5B9  # odd 64-bit constants of good avalanche (Steele et al. 2014)
MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
SHIFT: Final = np.uint64(29)


def mix(salt: int, *columns: Column) -> Hashes:
    """Mix columns of equal length, element by element, into 64-bit numbers.

    Args:
        salt: Tells one template from another that sees the same values.
        columns: Integers or booleans; negative ones are taken modulo 2**64.
    """
    mixed = np.full(len(columns[0]), (salt + 1) * FOLD % 2**64, np.uint64)
    for column in columns:
        mixed ^= column.astype(np.uint64)
        mixed *= MULTIPLIER
        mixed ^= mixed >> SHIFT
    return mixed


def to_rows(templates: Sequence[Template], size: int, chosen: Ints | None = None) -> Rows:
    """Return one row number for each word and template, shaped (words, templates).

    Args:
        templates: The columns of each template; its place in the sequence is its salt.
        size: How many rows the weight table has, a power of two.
        chosen: The words wanted, by index; all of them by default.
    """
    shift = np.uint64(64 - (size.bit_length() - 1))
    if chosen is not None:
        templates = [tuple(column[chosen] for column in columns) for columns in templates]
    return np.stack([(mix(salt, *columns) >> shift).astype(np.int32) for salt, columns in enumerate(templates)], axis=1)


def at(column: Column, index: Ints, default: int = 0) -> Column:
    """Take values by index; the default where the index lies outside."""
    inside = (index >= 0) & (index < len(column))
    return np.where(inside, column[np.where(inside, index, 0)], column.dtype.type(default))


def bucket(distance: Ints) -> Ints:
    """Make a distance coarse: exact up to 4, then by powers of two, with its sign."""
    size = np.abs(distance)
    coarse = np.where(size <= 4, size, 3 + np.ceil(np.log2(np.maximum(size, 1))).astype(np.int64))
    return np.asarray(np.sign(distance) * coarse)
