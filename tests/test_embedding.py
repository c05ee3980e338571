"""The layer that embeds distinct words once gives what spaCy's own gives."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.ml.models.tok2vec import MultiHashEmbed

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from recipe.vectors import Words, quantize
from verify.embedding import distinct_hash_embed, distinct_rows
from verify.word_vectors import fill

SIZES = {"width": 8, "attrs": ["NORM", "SHAPE", "SPACY"], "rows": [50, 20, 5]}
SETTINGS = {**SIZES, "include_word_vectors": False}
NLP = spacy.blank("en")
TEXTS = ["The ship left the port , and the ship sank", "", "ship", "the  The\nthe"]


def layers():
    docs = [NLP.make_doc(text) for text in TEXTS]
    ours, usual = distinct_hash_embed(**SETTINGS), MultiHashEmbed(**SIZES, include_static_vectors=False)
    ours.initialize(docs)
    usual.initialize(docs)
    ours.from_bytes(usual.to_bytes())
    return ours, usual, docs


def test_vectors_are_those_of_the_usual_layer() -> None:
    ours, usual, docs = layers()
    for mine, theirs in zip(ours.predict(docs), usual.predict(docs), strict=True):
        assert np.asarray(mine) == pytest.approx(np.asarray(theirs), abs=1e-6)


def test_it_learns_as_the_usual_layer_does() -> None:
    ours, usual, docs = layers()
    for model in (ours, usual):
        vectors, backpropagate = model.begin_update(docs)
        backpropagate([np.ones_like(array) for array in vectors])
    gradients = [
        [node.get_grad(name) for node in model.walk() for name in node.grad_names if node.has_grad(name)]
        for model in (ours, usual)
    ]
    for mine, theirs in zip(*gradients, strict=True):
        assert mine == pytest.approx(theirs, abs=1e-5)


def test_only_empty_texts() -> None:
    ours, _, _ = layers()
    (vectors,) = ours.predict([NLP.make_doc("")])
    assert vectors.shape == (0, SETTINGS["width"])


def test_each_feature_needs_its_rows() -> None:
    with pytest.raises(ValueError, match="3 attrs and 2 rows"):
        distinct_hash_embed(**{**SETTINGS, "rows": [50, 20]})


def test_word_vectors_stand_beside_the_tables() -> None:
    docs = [NLP.make_doc(text) for text in TEXTS]
    layer = distinct_hash_embed(**{**SETTINGS, "include_word_vectors": True})
    layer.initialize(docs)
    before = layer.predict(docs)[0]
    fill(layer, quantize(Words(["ship", "xyz"], np.eye(2, 100, dtype=np.float32)), seed=1))
    after, learning = layer.predict(docs)[0], layer.begin_update(docs)[0][0]
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=True)) if not np.allclose(old, new)]
    assert [docs[0][i].text for i in changed] == ["ship", "ship"]
    assert np.asarray(after) == pytest.approx(np.asarray(learning), abs=1e-6)


def test_rows_and_their_places() -> None:
    rows = np.array([[1, 2], [3, 4], [1, 2], [2, 1]], dtype=np.uint64)
    distinct, places = distinct_rows(rows)
    assert len(distinct) == 3
    assert (distinct[places] == rows).all()
