"""A cue and each word that could be part of its source or content: which words, and how the parse joins the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from verify.extract.features.arrays import Arrays, string_id
from verify.extract.features.hashing import Column, Hashes, Ints, mix

SENTENCES_ON: Final = 10  # how far a quotation may run on after the cue's sentence
SENTENCES_BACK: Final = 5
UP: Final = 8  # how many words above the cue are looked at
STEPS: Final = 14  # how far above a word the path to the cue is followed
APART: Final = 15  # the level where no path was found, as between sentences
INNER: Final = ("ccomp", "relcl", "advcl", "acl", "xcomp", "conj", "parataxis", "appos", "prep")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Cues paired with the words of their windows; all columns have one value a pair, cue after cue."""

    cue: Ints  # token
    word: Ints  # token
    lengths: list[int]  # how many pairs each cue has


def make_pairs(arrays: Arrays, heads: Sequence[int]) -> Pairs:
    """Pair each cue with the words of its sentence and of the quotations that run on before and after it.

    Args:
        arrays: The document.
        heads: The main word of each cue, by token index.
    """
    words = [np.arange(start, end) for start, end in _windows(arrays, heads)]
    words = [window[~arrays.is_space[window] | (window == head)] for window, head in zip(words, heads, strict=True)]
    lengths = [len(window) for window in words]
    return Pairs(np.repeat(np.array(heads, np.int64), lengths), np.concatenate(words), lengths)


def near_quotations(arrays: Arrays, heads: Sequence[int]) -> list[bool]:
    """Say for each cue whether a quotation stands among the words that it would be paired with."""
    total = np.append(0, np.cumsum(arrays.quotation >= 0)).tolist()
    return [total[end] > total[start] for start, end in _windows(arrays, heads)]


def _windows(a: Arrays, heads: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first token and the end of each cue's window."""
    starts = np.unique(a.sentence_start)
    ends = np.append(starts[1:], len(a))
    first, last = _edges(a, starts, ends)
    quoted = a.quotation >= 0
    windows = []
    for head in heads:
        own = low = high = int(a.sentence[head])
        while high + 1 < len(starts) and high - own < SENTENCES_ON and quoted[first[high + 1]]:
            high += 1
        while low > 0 and own - low < SENTENCES_BACK and quoted[last[low - 1]]:
            low -= 1
        windows.append((int(starts[low]), int(ends[high])))
    return windows


def _edges(a: Arrays, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Return the first and the last token of each sentence that is not white space."""
    index = np.arange(len(a))
    following = np.minimum.accumulate(np.where(a.is_space, len(a), index)[::-1])[::-1]
    before = np.maximum.accumulate(np.where(a.is_space, -1, index))
    return np.minimum(following[starts], ends - 1), np.maximum(before[ends - 1], starts)


@dataclass(frozen=True, slots=True)
class Paths:
    """How the parse joins each word to its cue, over the lowest word that stands above both."""

    level: Ints  # steps up from the cue; 0 where the word hangs on the cue, APART where there is no path
    depth: Ints  # steps up from the word
    branch: Ints  # the token on the word's side just below the common word
    second: Ints  # the next one down towards the word, and the one after it
    third: Ints
    clauses: Ints  # how many phrases of the INNER labels the word is deep in
    cue_side: Hashes  # the labels on the cue's side
    branch_path: Hashes  # with the branch's label and its side of the cue
    second_path: Hashes
    third_path: Hashes


def make_paths(a: Arrays, pairs: Pairs) -> Paths:
    """Follow the parse from every word up to the path that leads from its cue to the root."""
    above = np.empty((UP, len(pairs.cue)), np.int64)
    above[0] = pairs.cue
    for steps in range(1, UP):
        above[steps] = a.head[above[steps - 1]]
    inner = np.isin(a.dep, np.array([string_id(label) for label in INNER]))
    current, branch, second, third = (pairs.word.copy() for _ in range(4))
    depth, clauses = np.zeros(len(current), np.int64), np.zeros(len(current), np.int64)
    level = _level(above, current)
    moving = np.arange(len(current))
    for _ in range(STEPS):
        moving = moving[(level[moving] == APART) & (a.head[current[moving]] != current[moving])]
        if not len(moving):
            break
        at = current[moving]
        third[moving], second[moving], branch[moving] = second[moving], branch[moving], at
        depth[moving] += 1
        clauses[moving] += inner[at]
        current[moving] = a.head[at]
        level[moving] = _level(above[:, moving], current[moving])
    return _named(a, pairs, above, level, depth, branch, second, third, clauses)


def _level(above: Ints, current: Ints) -> Ints:
    """Return how many steps above the cue a token stands, APART where it does not.

    Args:
        above: The cues, and what stands one and more steps above them, shaped (steps, pairs).
        current: A token for each pair.
    """
    is_there = above == current
    return np.where(is_there.any(axis=0), is_there.argmax(axis=0), APART)


def _named(
    a: Arrays, pairs: Pairs, above: Ints, level: Ints, depth: Ints, branch: Ints, second: Ints, third: Ints,
    clauses: Ints,
) -> Paths:  # fmt: skip
    """Add the labels of the paths, mixed into one number each."""
    up = [np.where(level > step, a.dep[above[step]], 0) for step in range(3)]
    cue_side = mix(0, level, *up)
    label: Column = np.where(level < APART, a.dep[branch], 1)
    branch_path = mix(1, cue_side, label, np.sign(branch - pairs.cue), depth == 0)
    second_path = mix(2, branch_path, np.where(depth >= 2, a.dep[second], 0), np.sign(second - branch))
    third_path = mix(3, second_path, np.where(depth >= 3, a.dep[third], 0), np.sign(third - second))
    return Paths(level, depth, branch, second, third, clauses, cue_side, branch_path, second_path, third_path)
