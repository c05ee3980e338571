"""Train the networks of `verify.extract.features.hashed_model`: Adam, dropout, and an average of the last weights."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from verify.extract.features.hashed_model import Floats, HashedModel
from verify.extract.features.hashing import Rows

FIRST_MOMENT, SECOND_MOMENT, EPSILON = 0.9, 0.999, 1e-8  # Kingma and Ba (2015)
AVERAGING = 0.999  # how slowly the averaged weights follow (Polyak and Juditsky 1992)
FIRST_SCALE = 0.05  # standard deviation of the table at the start


class Trainer:
    """Weights in training, with what Adam remembers of their gradients.

    Args:
        size: Rows of the table, a power of two.
        hidden: Units of the hidden layer.
        labels: Columns of the output.
        dropout: The part of the hidden units that is left out at each step.
        seed: Of the random numbers; the same seed gives the same weights.
    """

    def __init__(self, size: int, hidden: int, labels: int, dropout: float, seed: int = 0) -> None:
        self.random = np.random.default_rng(seed)
        self.dropout = dropout
        self.weights = {
            "table": (self.random.standard_normal((size, hidden)) * FIRST_SCALE).astype(np.float32),
            "bias": np.full(hidden, 0.1, np.float32),
            "output": (self.random.standard_normal((hidden, labels)) / np.sqrt(hidden)).astype(np.float32),
            "output_bias": np.zeros(labels, np.float32),
        }
        self.first = {name: np.zeros_like(value) for name, value in self.weights.items()}
        self.second = {name: np.zeros_like(value) for name, value in self.weights.items()}
        self.average = {name: value.copy() for name, value in self.weights.items()}
        self.steps = 0

    def scores(self, rows: Rows) -> tuple[Floats, tuple[Any, ...]]:
        """Return the scores of each label, and what `step` needs to follow them back."""
        count, width = rows.shape
        marks = np.ones(rows.size, np.float32), rows.ravel(), np.arange(0, rows.size + 1, width)
        features = csr_matrix(marks, shape=(count, len(self.weights["table"])))
        total = features @ self.weights["table"] + self.weights["bias"]
        kept = (self.random.random(total.shape) >= self.dropout).astype(np.float32) / (1 - self.dropout)
        kept *= total > 0
        hidden = total * kept
        return hidden @ self.weights["output"] + self.weights["output_bias"], (features, hidden, kept)

    def step(self, gradient: Floats, memory: tuple[Any, ...], rate: float) -> None:
        """Change the weights against the gradient of the loss in the scores."""
        features, hidden, kept = memory
        below = (gradient @ self.weights["output"].T) * kept
        gradients = {
            "table": features.T @ below,
            "bias": below.sum(0),
            "output": hidden.T @ gradient,
            "output_bias": gradient.sum(0),
        }
        self.steps += 1
        rate *= float(np.sqrt(1 - SECOND_MOMENT**self.steps) / (1 - FIRST_MOMENT**self.steps))
        for name, value in gradients.items():
            self._change(name, value, rate)

    def _change(self, name: str, gradient: NDArray[Any], rate: float) -> None:
        first, second = self.first[name], self.second[name]
        first *= FIRST_MOMENT
        first += (1 - FIRST_MOMENT) * gradient
        second *= SECOND_MOMENT
        second += (1 - SECOND_MOMENT) * gradient**2
        self.weights[name] -= rate * first / (np.sqrt(second) + EPSILON)
        slow = min(AVERAGING, (1 + self.steps) / (10 + self.steps))
        self.average[name] *= slow
        self.average[name] += (1 - slow) * self.weights[name]

    def model(self) -> HashedModel:
        """Return the averaged weights."""
        return HashedModel(**{name: value.copy() for name, value in self.average.items()})
