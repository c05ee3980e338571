"""Grade a sentence by its words, its form, and by what its words mean together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from verify.extract.features.linear import LinearModel, logistic
from verify.extract.features.linear import load as load_linear
from verify.extract.features.meanings import pooled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True, eq=False)
class Grader:
    """The sum of two logistic regressions: one over hashed features, one over pooled word vectors.

    Attributes:
        words: The weights of features, with the bias of both.
        meanings: The weights of what `meanings.pooled` gives; none where vectors brought nothing.
    """

    words: LinearModel
    meanings: NDArray[np.float32] | None = None

    def probability(self, features: Iterable[str], doc: Doc, start: int = 0, end: int | None = None) -> float:
        """Return how likely the tokens `start` up to and without `end` are of the class, from 0 to 1.

        Args:
            features: What is known of these tokens.
            doc: The document they are in.
            start: The first token.
            end: The token after the last; the document's end by default.
        """
        score = self.words.score(features)
        if self.meanings is not None:
            score += float(pooled(doc, start, end) @ self.meanings)
        return logistic(score)

    def save(self, path: Path) -> None:
        """Write both; see `LinearModel.save`."""
        more = {} if self.meanings is None else {"meanings": self.meanings}
        self.words.save(path, **more)


@cache
def load(name: str) -> Grader:
    """Load the weights `weights/NAME.npz` of the package once.

    Raises:
        FileNotFoundError: The package has no such weights.
    """
    with (files("verify") / "weights" / f"{name}.npz").open("rb") as file, np.load(file) as arrays:
        meanings = arrays.get("meanings")
    return Grader(load_linear(name), meanings)
