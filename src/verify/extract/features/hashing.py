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
CHUNK: Final = 512  # words mixed at once: their templates stay in the processor's cache


def mix(salt: int, *columns: Column) -> Hashes:
    """Mix columns of equal length, element by element, into 64-bit numbers.

    Args:
        salt: Tells one template from another that sees the same values.
        columns: Integers or booleans; negative ones are taken modulo 2**64.
    """
    mixed: Hashes = _mixed([(salt, columns)])[0]
    return mixed


def to_rows(templates: Sequence[Template], size: int) -> Rows:
    """Return one row number for each word and template, shaped (words, templates).

    Args:
        templates: The columns of each template; its place in the sequence is its salt.
        size: How many rows the weight table has, a power of two.
    """
    shift = np.uint64(64 - (size.bit_length() - 1))
    longest_first = sorted(enumerate(templates), key=lambda salted: -len(salted[1]))
    rows = np.empty((len(templates), len(templates[0][0])), np.int32)
    salts = [salt for salt, _ in longest_first]
    for start in range(0, rows.shape[1], CHUNK):
        part = slice(start, start + CHUNK)
        chunk = [(salt, tuple(column[part] for column in columns)) for salt, columns in longest_first]
        rows[salts, part] = _mixed(chunk) >> shift
    return rows.T


def _mixed(templates: Sequence[tuple[int, Template]]) -> Hashes:
    """Mix templates side by side, shaped (templates, words): few large steps are faster than many small ones.

    Args:
        templates: Each with its salt, the longest first.
    """
    mixed = np.empty((len(templates), len(templates[0][1][0])), np.uint64)
    values = np.empty_like(mixed)
    mixed[:] = np.array([(salt + 1) * FOLD % 2**64 for salt, _ in templates], np.uint64)[:, None]
    for step in range(len(templates[0][1])):
        longer = [columns for _, columns in templates if len(columns) > step]
        for row, columns in zip(values, longer, strict=False):
            row[:] = columns[step]
        part, seen = mixed[: len(longer)], values[: len(longer)]
        part ^= seen
        part *= MULTIPLIER
        part ^= np.right_shift(part, SHIFT, out=seen)
    return mixed


def at(column: Column, index: Ints, default: int = 0) -> Column:
    """Take values by index; the default where the index lies outside."""
    padded = np.empty(len(column) + 2, column.dtype)
    padded[0] = padded[-1] = default
    padded[1:-1] = column
    return padded.take(index + 1, mode="clip")


def bucket(distance: Ints) -> Ints:
    """Make a distance coarse: exact up to 4, then by powers of two, with its sign."""
    size = np.abs(distance)
    coarse = np.where(size <= 4, size, 3 + np.ceil(np.log2(np.maximum(size, 1))).astype(np.int64))
    return np.asarray(np.sign(distance) * coarse)
