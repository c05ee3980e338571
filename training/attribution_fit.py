"""Fit the two networks of the attribution model to annotated articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from attribution_data import Gold
from hashed_training import Trainer
from role_likelihood import marginals
from verify.extract.attribution.cue_features import cue_rows
from verify.extract.attribution.model import possible_cues
from verify.extract.attribution.pairs import make_pairs
from verify.extract.attribution.quotations import find_quotations
from verify.extract.attribution.role_features import role_rows
from verify.extract.attribution.role_sequences import COLUMNS, Batch, N, Role, make_batch
from verify.extract.features.arrays import make_arrays
from verify.extract.features.hashed_model import Floats, HashedModel
from verify.extract.features.hashing import Column, Rows

SIZE = 1 << 16
LAST_RATE = 0.1  # the learning rate falls to this part of its first value
SORTED_TOGETHER = 20  # batches whose sequences are sorted by length, so that little is padded


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast a network learns; set on a held-out tenth of the training articles."""

    hidden: int
    epochs: int
    batch: int
    rate: float = 2e-3
    dropout: float = 0.3


CUE_PLAN = Plan(hidden=32, epochs=2, batch=1024)
ROLE_PLAN = Plan(hidden=48, epochs=2, batch=48)


@dataclass(frozen=True, slots=True)
class Sequences:
    """The words near each cue: feature rows and roles of all of them, one after another."""

    rows: Rows
    roles: Column
    is_head: Column
    lengths: Column


def cue_examples(articles: Iterable[tuple[Doc, list[Gold]]]) -> tuple[Rows, Column]:
    """Return the feature rows of every word that can be a cue, and whether it is one."""
    rows, labels = [], []
    for doc, gold in articles:
        arrays = make_arrays(doc, find_quotations(doc))
        label = np.zeros(len(doc), np.float32)
        label[[one.head for one in gold]] = 1
        possible = possible_cues(arrays)
        rows.append(cue_rows(arrays, SIZE, possible))
        labels.append(label[possible])
    return np.concatenate(rows), np.concatenate(labels)


def role_examples(articles: Iterable[tuple[Doc, list[Gold]]]) -> Sequences:
    """Return the words near each annotated cue with their roles."""
    rows, roles, heads, lengths = [], [], [], []
    for doc, gold in articles:
        if not gold:
            continue
        arrays = make_arrays(doc, find_quotations(doc))
        pairs = make_pairs(arrays, [one.head for one in gold])
        of_cue = {one.head: one.roles | {one.head: Role.CUE} for one in gold}
        rows.append(role_rows(arrays, pairs, SIZE))
        roles += [of_cue[cue].get(word, Role.NONE) for cue, word in zip(pairs.cue, pairs.word, strict=True)]
        heads.append(pairs.cue == pairs.word)
        lengths += pairs.lengths
    return Sequences(np.concatenate(rows), np.array(roles, np.int8), np.concatenate(heads), np.array(lengths))


def fit_cues(rows: Rows, labels: Column, plan: Plan = CUE_PLAN) -> HashedModel:
    """Fit the network that judges words, by logistic loss."""
    trainer = Trainer(SIZE, plan.hidden, 1, plan.dropout)
    batches = [
        part
        for _ in range(plan.epochs)
        for part in np.array_split(trainer.random.permutation(len(rows)), max(1, len(rows) // plan.batch))
    ]
    for chosen, rate in zip(batches, _rates(plan, len(batches)), strict=True):
        scores, memory = trainer.scores(rows[chosen])
        gradient = 1 / (1 + np.exp(-scores)) - labels[chosen, None]
        trainer.step((gradient / len(chosen)).astype(np.float32), memory, rate)
    return trainer.model()


def fit_roles(examples: Sequences, plan: Plan = ROLE_PLAN) -> HashedModel:
    """Fit the network that judges words near a cue, by the likelihood of whole role sequences."""
    trainer = Trainer(SIZE, plan.hidden, COLUMNS, plan.dropout)
    starts = np.append(0, np.cumsum(examples.lengths))
    batches = [batch for _ in range(plan.epochs) for batch in _batches(trainer, examples.lengths, plan.batch)]
    for chosen, rate in zip(batches, _rates(plan, len(batches)), strict=True):
        words = np.concatenate([np.arange(starts[one], starts[one + 1]) for one in chosen])
        scores, memory = trainer.scores(examples.rows[words])
        batch = make_batch(scores, examples.lengths[chosen].tolist(), examples.is_head[words])
        gradient = _gradient(batch, examples.roles[words], examples.is_head[words])
        trainer.step(gradient / np.float32(len(chosen)), memory, rate)
    return trainer.model()


def _rates(plan: Plan, steps: int) -> Iterator[float]:
    """Yield the learning rate of each step, falling in a line."""
    for step in range(steps):
        yield plan.rate * (1 - (1 - LAST_RATE) * step / steps)


def _batches(trainer: Trainer, lengths: Column, size: int) -> list[Column]:
    """Return batches of sequences of about the same length, in random order."""
    batches: list[Column] = []
    together = max(1, len(lengths) // (size * SORTED_TOGETHER))
    for some in np.array_split(trainer.random.permutation(len(lengths)), together):
        some = some[np.argsort(lengths[some], kind="stable")]
        batches += np.array_split(some, max(1, len(some) // size))
    return [batches[index] for index in trainer.random.permutation(len(batches))]


def _gradient(batch: Batch, roles: Column, is_head: Column) -> Floats:
    """Return the gradient of the negative log likelihood in the scores: what is expected less what is."""
    single, joint, _ = marginals(batch)
    expected = np.concatenate([single, joint.reshape(*batch.mask.shape, N * N)], axis=2)[batch.mask]
    index, first = np.arange(len(roles)), _firsts(batch.mask)
    expected[index, roles] -= 1
    later = index[~first]
    expected[later, N + roles[later - 1] * N + roles[later]] -= 1
    expected[is_head, :N] = 0
    return np.asarray(expected, np.float32)


def _firsts(mask: Column) -> Column:
    """Say of each word whether it is the first of its sequence."""
    first = np.zeros(mask.shape, bool)
    first[:, 0] = True
    return np.asarray(first[mask])
