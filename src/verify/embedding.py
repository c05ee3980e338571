"""Embed the distinct words of a batch once each, however often they stand in it.

spaCy's `MultiHashEmbed` looks up four or five features of every token and mixes them by a product of matrices, a
third of the work of a small tok2vec. What it gives depends on those features alone, and two thirds of the tokens
of a batch repeat others. The weights are those of `MultiHashEmbed`; so are the vectors, to the last bits of a float.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from spacy.ml.models.tok2vec import MultiHashEmbed
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model
from thinc.types import Floats2d, Ragged

Vectors = list[Floats2d]
ODD = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio in 64 bits (Knuth, vol. 3, 6.4)
Backpropagate = Callable[[Vectors], list[Doc]]


@registry.architectures("verify.DistinctHashEmbed.v1")  # type: ignore[untyped-decorator]
def distinct_hash_embed(
    width: int, attrs: list[str | int], rows: list[int], include_static_vectors: bool
) -> Model[list[Doc], Vectors]:
    """Make the layer; its arguments and weights are those of `spacy.MultiHashEmbed.v2`.

    Args:
        width: The length of a vector.
        attrs: The features of a token that are embedded.
        rows: The rows of the table of each feature.
        include_static_vectors: Not supported, and so must be false.

    Raises:
        ValueError: Static vectors are asked for.
    """
    if include_static_vectors:
        raise ValueError("verify.DistinctHashEmbed.v1 has no static vectors; use spacy.MultiHashEmbed.v2 for them.")
    usual: Any = MultiHashEmbed(width=width, attrs=attrs, rows=rows, include_static_vectors=False)

    def initialize(model: Model[list[Doc], Vectors], X: Any = None, Y: Any = None) -> None:  # noqa: N803
        usual.initialize(X, Y)

    def forward(model: Model[list[Doc], Vectors], docs: list[Doc], is_train: bool) -> tuple[Vectors, Backpropagate]:
        if is_train:
            vectors, backpropagate = usual(docs, is_train)
            return vectors, backpropagate
        return embed_distinct(model, docs), lambda gradients: []

    return Model(usual.name, forward, init=initialize, layers=usual.layers, dims={"nO": width})


def embed_distinct(model: Model[list[Doc], Vectors], docs: list[Doc]) -> Vectors:
    """Embed each distinct row of features once and hand the vectors out to the tokens.

    Args:
        model: Its layers are those of `MultiHashEmbed`: features, one array of them, tables, mixing, one list.
        docs: The texts of a batch.

    Returns:
        For each text one row for each token.
    """
    extract, _, look_up, mix, _ = model.layers
    features = extract.predict(docs)
    together = np.concatenate(features) if features else np.zeros((0, 0))
    if not len(together):
        return [model.ops.alloc2f(0, model.get_dim("nO")) for _ in docs]
    distinct, places = distinct_rows(together)
    ragged = Ragged(distinct, model.ops.asarray1i([len(distinct)]))  # type: ignore[arg-type]
    vectors = mix.predict(look_up.predict(ragged)).data[places]
    ends = np.cumsum([len(array) for array in features])[:-1]
    return list(np.split(vectors, ends))  # type: ignore[arg-type]


def distinct_rows(rows: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the distinct rows of an array of hashes, and for each row the place of its like among them.

    Rows are told apart by a sum of their hashes, each times an odd constant, modulo 2 to the power of 64; two of a
    thousand rows fall together once in ten to the power of thirteen batches.
    """
    factors = ODD ** np.arange(1, rows.shape[1] + 1, dtype=np.uint64)
    _, first, places = np.unique(rows @ factors, return_index=True, return_inverse=True)
    return rows[first], places
