"""What the words of a text mean together: the mean, the highest and the lowest numbers of their vectors.

The vectors are those of 20,000 frequent words of GloVe 6B (Pennington, Socher and Manning 2014; public domain), a byte
a number. Product quantization as in `verify.word_vectors` would take a quarter of the room, but its errors reach the
highest and lowest numbers, and cost hedges a point of F1. `training/certainty.py --vectors` makes the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from verify.extract.plain import once
from verify.word_vectors import KEY_BITS, LENGTH

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.tokens import Doc

SIZE = 3 * LENGTH
NAME = "word_vectors.npz"


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Vectors of words.

    Attributes:
        keys: The low 32 bits of spaCy's hash of each word, ascending.
        rows: One row of `LENGTH` whole numbers for each key.
        unit: What one of them stands for.
    """

    keys: NDArray[np.uint32]
    rows: NDArray[np.int8]
    unit: float

    def places(self, hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the row of each word, -1 for a word that has none."""
        wanted = (hashes & KEY_BITS).astype(np.uint32)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[places] == wanted, places, -1)

    def at(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of those words that have one, in their order."""
        vectors: NDArray[np.float32] = self.rows[places[places >= 0]] * np.float32(self.unit)
        return vectors

    def save(self, folder: Path) -> None:
        """Write the vectors into a folder of weights."""
        np.savez_compressed(folder / NAME, keys=self.keys, rows=self.rows, unit=np.float32(self.unit))


def pooled(doc: Doc, start: int = 0, end: int | None = None) -> NDArray[np.float32]:
    """Return `SIZE` numbers for the tokens `start` up to and without `end`; zeros where no word is known."""
    vectors = known_words().at(once(_places, doc)[start:end])
    if not len(vectors):
        return np.zeros(SIZE, np.float32)
    return np.concatenate((vectors.mean(axis=0), vectors.max(axis=0), vectors.min(axis=0)))


def _places(doc: Doc) -> NDArray[np.int64]:
    hashes: Any = doc.to_array("LOWER")
    return known_words().places(hashes)


@cache
def known_words() -> WordVectors:
    """Load the vectors of the package once."""
    with (files("verify") / "weights" / NAME).open("rb") as file, np.load(file) as arrays:
        return WordVectors(arrays["keys"], arrays["rows"], float(arrays["unit"]))
