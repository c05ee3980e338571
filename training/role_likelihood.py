"""How likely role sequences are: the sums over all of them that training needs (Lafferty et al. 2001)."""

from __future__ import annotations

import numpy as np

from verify.extract.attribution.role_sequences import Batch
from verify.extract.features.hashed_model import Floats


def forward(batch: Batch) -> Floats:
    """Return the log sums over all role sequences that end in each role at each word."""
    sums = np.zeros_like(batch.single)
    sums[:, 0] = batch.single[:, 0]
    for word in range(1, batch.words):
        onward = log_sum(sums[:, word - 1, :, None] + batch.joint[:, word], 1) + batch.single[:, word]
        sums[:, word] = np.where(batch.mask[:, word, None], onward, sums[:, word - 1])
    return sums


def marginals(batch: Batch) -> tuple[Floats, Floats, Floats]:
    """Return how likely each role and each pair of neighbouring roles is, and the log sum of each sequence.

    Returns:
        Arrays shaped (sequences, words, roles), (sequences, words, role before, role) and (sequences,); zero
        where there is no word.
    """
    sums = forward(batch)
    total = log_sum(sums[:, -1], 1)
    single, joint = np.zeros_like(batch.single), np.zeros_like(batch.joint)
    onward = np.zeros_like(batch.single[:, 0])
    for word in range(batch.words - 1, 0, -1):
        is_word = batch.mask[:, word, None]
        paths = batch.joint[:, word] + (batch.single[:, word] + onward)[:, None, :]
        likely = np.exp(sums[:, word - 1, :, None] + paths - total[:, None, None])
        joint[:, word] = np.where(is_word[..., None], likely, 0)
        single[:, word] = joint[:, word].sum(1)
        onward = np.where(is_word, log_sum(paths, 2), onward)
    single[:, 0] = np.exp(batch.single[:, 0] + onward - total[:, None])
    return single, joint, total


def log_sum(values: Floats, axis: int) -> Floats:
    """Return the logarithm of a sum of exponentials, without overflow."""
    top = values.max(axis, keepdims=True)
    return np.asarray((top + np.log(np.exp(values - top).sum(axis, keepdims=True))).squeeze(axis))
