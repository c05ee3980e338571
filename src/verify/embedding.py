"""Layers of the bundled pipeline: the first layer of a tok2vec, for each distinct word of a batch once.

spaCy's `MultiHashEmbed` looks the features of every token up in its tables and mixes what it found, which is a
quarter of the time of a small tok2vec. What it gives depends on those features alone, and two thirds of the tokens
of a batch repeat others. Here each distinct row of features is embedded once; the vectors are the same, to the last
bits of a float. Word vectors learned from much text (`verify.word_vectors`) may stand beside the tables.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from spacy.ml.featureextractor import FeatureExtractor
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array
from thinc.types import Floats2d, Ragged

from verify.word_vectors import word_vectors

Vectors = list[Floats2d]
ODD = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio in 64 bits (Knuth, vol. 3, 6.4)
FIRST_SEED = 8  # of the first table's hashes; each further table has the next
PIECES = 3
Backpropagate = Callable[[Vectors], list[Doc]]


@registry.architectures("verify.DistinctHashEmbed.v2")  # type: ignore[untyped-decorator]
def distinct_hash_embed(
    width: int, attrs: list[str | int], rows: list[int], include_word_vectors: bool
) -> Model[list[Doc], Vectors]:
    """Make the layer; without word vectors its arguments and weights are those of `spacy.MultiHashEmbed.v2`.

    Args:
        width: The length of a vector.
        attrs: The features of a token that are embedded; word vectors are looked up by the first.
        rows: The rows of the table of each feature.
        include_word_vectors: Whether vectors of words stand beside the tables. The layer has none before
            `verify.word_vectors.fill` gives it some.

    Raises:
        ValueError: `attrs` and `rows` have not the same length.
    """
    if len(attrs) != len(rows):
        raise ValueError(f"verify.DistinctHashEmbed.v2: {len(attrs)} attrs and {len(rows)} rows; give one for each.")
    parts: list[Any] = [HashEmbed(width, n, column=i, seed=FIRST_SEED + i, dropout=0.0) for i, n in enumerate(rows)]
    if include_word_vectors:
        parts.append(word_vectors(width))
    mixed = Maxout(width, width * len(parts), nP=PIECES, dropout=0.0, normalize=True)
    usual: Any = chain(
        FeatureExtractor(attrs),
        list2ragged(),
        with_array(concatenate(*parts)),
        with_array(mixed),
        ragged2list(),
    )

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
