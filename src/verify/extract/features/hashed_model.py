"""A small network over hashed features: the sum of the features' rows, one hidden layer, numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from verify.extract.features.hashing import Rows

Floats = NDArray[np.float32]

CHUNK: Final = 1024  # words summed at once: their hidden layer stays in the processor's cache


@dataclass(frozen=True, slots=True)
class HashedModel:
    """The weights: `table` (rows, hidden), `bias` (hidden), `output` (hidden, labels), `output_bias` (labels)."""

    table: Floats
    bias: Floats
    output: Floats
    output_bias: Floats

    @property
    def size(self) -> int:
        """How many rows the table has, which features are cut to."""
        return len(self.table)

    def scores(self, rows: Rows) -> Floats:
        """Return the unnormalised scores of each label, shaped (words, labels).

        Args:
            rows: Feature rows, shaped (words, templates).
        """
        scores = np.empty((len(rows), len(self.output_bias)), np.float32)
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            hidden = np.broadcast_to(self.bias, (len(part), len(self.bias))).copy()
            taken = np.empty_like(hidden)
            for column in part.T:  # "clip" because numpy buffers what it takes where it has to look for errors
                hidden += self.table.take(column, axis=0, out=taken, mode="clip")
            np.maximum(hidden, 0, out=hidden)
            scores[start : start + CHUNK] = hidden @ self.output + self.output_bias
        return scores


def pack(name: str, model: HashedModel) -> dict[str, NDArray[Any]]:
    """Return the arrays of a weights file, the table in 8 bits with one scale for each hidden unit."""
    scale = np.maximum(np.abs(model.table).max(axis=0), 1e-9) / 127
    return {
        f"{name}_table": np.round(model.table / scale).astype(np.int8),
        f"{name}_scale": scale.astype(np.float32),
        f"{name}_bias": model.bias,
        f"{name}_output": model.output,
        f"{name}_output_bias": model.output_bias,
    }


def unpack(name: str, arrays: Mapping[str, NDArray[Any]]) -> HashedModel:
    """Read a model back from the arrays of a weights file.

    Raises:
        KeyError: The file holds no model of that name.
    """
    table = arrays[f"{name}_table"].astype(np.float32) * arrays[f"{name}_scale"]
    return HashedModel(table, arrays[f"{name}_bias"], arrays[f"{name}_output"], arrays[f"{name}_output_bias"])
