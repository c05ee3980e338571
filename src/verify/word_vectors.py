"""Word vectors in 29 bytes a word: a layer that looks them up and projects them.

A vector of a hundred numbers is kept as 25 codes, each the number of one of 256 centroids of four of its dimensions
(product quantization: Jégou, Douze and Schmid 2011), and a word as 32 bits of its hash. A word without a vector has
that of zeros. The vectors do not learn; what turns them into the width of a tok2vec does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import Model, glorot_uniform_init

LENGTH = 100
PARTS = 25
CENTROIDS = 256
KEY_BITS = np.uint64(0xFFFFFFFF)
NAME = "word_vectors"

Floats = NDArray[np.float32]
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Codes:
    """Quantized vectors.

    Attributes:
        keys: The low 32 bits of the hash of each word, ascending.
        codes: One row of `PARTS` numbers of centroids for each key.
        centroids: For each part `CENTROIDS` rows of the part's dimensions.
    """

    keys: NDArray[np.uint32]
    codes: NDArray[np.uint8]
    centroids: Floats

    def look_up(self, hashes: Hashes) -> Floats:
        """Return the vectors of words; rows of zeros for words that have none.

        Args:
            hashes: spaCy's 64-bit hashes of the words, in one dimension.
        """
        vectors = np.zeros((len(hashes), LENGTH), dtype=np.float32)
        if not len(self.keys):
            return vectors
        wanted = (hashes & KEY_BITS).astype(np.uint32)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        known = np.flatnonzero(self.keys[places] == wanted)
        chosen = self.centroids[np.arange(PARTS), self.codes[places[known]]]
        vectors[known] = chosen.reshape(len(known), LENGTH)
        return vectors


def no_codes() -> Codes:
    """Return vectors of no word."""
    centroids = np.zeros((PARTS, CENTROIDS, LENGTH // PARTS), np.float32)
    return Codes(np.zeros(0, np.uint32), np.zeros((0, PARTS), np.uint8), centroids)


def fill(model: Model[Any, Any], codes: Codes) -> None:
    """Give every layer of word vectors in a network these vectors."""
    for node in model.walk():
        if node.name == NAME:
            node.attrs.update(keys=codes.keys, codes=codes.codes, centroids=codes.centroids)


def word_vectors(width: int) -> Model[Hashes, Floats]:
    """Make the layer.

    Args:
        width: The length of what it gives.

    Returns:
        A layer from rows of hashes, the first column being that of the word, to rows of numbers.
    """
    empty = no_codes()
    return Model(
        NAME,
        _forward,
        init=_initialize,
        dims={"nO": width, "nI": None},
        params={"W": None},
        attrs={"keys": empty.keys, "codes": empty.codes, "centroids": empty.centroids},
    )


def _initialize(model: Model[Hashes, Floats], X: Any = None, Y: Any = None) -> None:  # noqa: N803
    model.set_param("W", glorot_uniform_init(model.ops, (model.get_dim("nO"), LENGTH)))


def _forward(model: Model[Hashes, Floats], X: Hashes, is_train: bool) -> tuple[Floats, Callable[[Floats], Hashes]]:  # noqa: N803
    codes = Codes(model.attrs["keys"], model.attrs["codes"], model.attrs["centroids"])
    vectors: Any = codes.look_up(np.ascontiguousarray(X[:, 0]))
    weights: Any = model.get_param("W")

    def backpropagate(gradient: Floats) -> Hashes:
        model.inc_grad("W", model.ops.gemm(gradient, vectors, trans1=True))  # type: ignore[arg-type]
        return np.zeros_like(X)

    return model.ops.gemm(vectors, weights, trans2=True), backpropagate  # type: ignore[return-value]
