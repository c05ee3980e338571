"""Small linear models over hashed features: what the trained graders share.

A feature is a string; its place in the vectors is its CRC-32 modulo their length (feature hashing, Weinberger
et al. 2009), so no vocabulary is shipped and the same words give the same score on any machine. The recipes are
in `training/certainty*.py`, their card `weights/certainty.md`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray


_FARTHEST: Final = 30.0  # a score beyond it is as sure


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """The weights of hashed features; the lengths are powers of two.

    Where `scale` is given, each feature counts that much and the features of a text are brought to length 1
    (cosine normalisation), so that long sentences do not score higher for being long.
    """

    weights: NDArray[np.float32]
    bias: float
    scale: NDArray[np.float32] | None = None

    def score(self, features: Iterable[str]) -> float:
        """Return the bias and the weights of the features summed: exactly, so that their order makes no difference."""
        places = np.array(_hashes(list(features)), np.int64) & (len(self.weights) - 1)
        weights = self.weights.take(places)
        if self.scale is None:
            return self.bias + math.fsum(weights.tolist())
        scale = self.scale.take(places).astype(np.float64)
        length = math.sqrt(math.fsum((scale * scale).tolist())) or 1.0
        return self.bias + math.fsum((weights * scale).tolist()) / length

    def probability(self, features: Iterable[str]) -> float:
        """Return the score as a probability, from 0 to 1."""
        return logistic(self.score(features))

    def save(self, path: Path, **more: NDArray[np.float32]) -> None:
        """Write the weights in half precision, and further arrays as they are; zeros cost next to nothing."""
        scale = np.zeros(0, np.float16) if self.scale is None else self.scale.astype(np.float16)
        weights, bias = self.weights.astype(np.float16), np.float32(self.bias)
        np.savez_compressed(path, weights=weights, bias=bias, scale=scale, **more)  # type: ignore[arg-type]


def logistic(score: float) -> float:
    """Return the probability that a score stands for, from 0 to 1."""
    return 1.0 / (1.0 + math.exp(-max(-_FARTHEST, min(_FARTHEST, score))))


def _hashes(features: list[str]) -> list[int]:
    """Return the hash of each feature; there are a hundred a predicate, so Python itself runs through them."""
    try:
        return list(map(crc32, map(str.encode, features)))
    except UnicodeEncodeError:  # half of a surrogate pair
        return [crc32(feature.encode("utf-8", "surrogatepass")) for feature in features]


def place(feature: str, size: int) -> int:
    """Return where a feature stands in a vector of `size`, a power of two."""
    return crc32(feature.encode("utf-8", "surrogatepass")) & (size - 1)


@cache
def load(name: str) -> LinearModel:
    """Load the weights `weights/NAME.npz` of the package once.

    Raises:
        FileNotFoundError: The package has no such weights.
    """
    with (files("verify") / "weights" / f"{name}.npz").open("rb") as file, np.load(file) as arrays:
        scale = arrays["scale"].astype(np.float32) if arrays["scale"].size else None
        return LinearModel(arrays["weights"].astype(np.float32), float(arrays["bias"]), scale)
