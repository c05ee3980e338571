"""A linear-chain conditional random field over the roles of a cue's words (Lafferty et al. 2001).

Scores have one column for each role and one for each pair of neighbouring roles, so that what stands between two
words can say where a role begins or ends. Sequences are padded to one length and handled together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from verify.extract.features.hashed_model import Floats

Bools = NDArray[np.bool_]
Roles = NDArray[np.int8]  # values of `Role`


class Role(IntEnum):
    """What a word is to a cue."""

    NONE = 0
    SOURCE = 1
    CUE = 2
    CONTENT = 3


N: Final = len(Role)
COLUMNS: Final = N + N * N
NEVER: Final = -1e4


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded scores of several sequences."""

    single: Floats  # (sequences, words, roles)
    joint: Floats  # (sequences, words, role before, role)
    mask: Bools  # (sequences, words): which places hold a word

    @property
    def words(self) -> int:
        """The length of the longest sequence."""
        return int(self.mask.shape[1])


def make_batch(scores: Floats, lengths: Sequence[int], is_head: Bools) -> Batch:
    """Pad the scores of sequences that follow one another, and fix each cue's main word as a cue.

    Args:
        scores: Shaped (words of all sequences, COLUMNS).
        lengths: How many words each sequence has.
        is_head: Whether a word is its cue's main word.
    """
    mask = np.arange(max(lengths)) < np.array(lengths)[:, None]
    padded = np.zeros((*mask.shape, COLUMNS), np.float32)
    padded[mask] = scores
    padded[..., :N][_padded(is_head, mask)] = [0 if role is Role.CUE else NEVER for role in Role]
    return Batch(padded[..., :N], padded[..., N:].reshape(*mask.shape, N, N), mask)


def _padded(values: Bools, mask: Bools) -> Bools:
    padded = np.zeros(mask.shape, bool)
    padded[mask] = values
    return padded


def best_roles(batch: Batch) -> list[Roles]:
    """Return the most likely roles of each sequence (Viterbi 1967).

    The places behind the end of a sequence keep its roles as they are, so that no step has to ask where it ends.
    """
    single, joint = (np.ascontiguousarray(np.moveaxis(scores, 1, 0)) for scores in (batch.single, batch.joint))
    padding = ~batch.mask.T
    single[padding] = 0
    joint[padding] = np.where(np.eye(N, dtype=bool), 0, -np.inf)
    best = np.empty_like(single)  # the score of the best way to each role of each word
    best[0] = single[0]
    for word in range(1, batch.words):
        ways = best[word - 1][:, :, None] + joint[word]
        np.add(np.maximum.reduce(ways, axis=1), single[word], out=best[word])
    came = (best[:-1, :, :, None] + joint[1:]).argmax(2)  # the role before each role on that way
    return [row[mask] for row, mask in zip(_followed(best[-1].argmax(1), came).T, batch.mask, strict=True)]


def _followed(last: NDArray[np.int64], came: NDArray[np.int64]) -> Roles:
    """Return the roles of all words, shaped (words, sequences), from those of the last and where each came from."""
    roles = np.empty((len(came) + 1, len(last)), np.int8)
    roles[-1] = last
    firsts = np.arange(len(last)) * N
    steps = came.reshape(len(came), len(last) * N)
    for word in range(len(came) - 1, -1, -1):
        last = steps[word].take(firsts + last)
        roles[word] = last
    return roles
