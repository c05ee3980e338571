"""Word vectors of a byte a number, pooled over a sentence, and the graders that see them."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import spacy
from scipy.sparse import csr_matrix

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from certainty import in_bytes
from certainty_grader import Recipe, Sentences, fit_grader, score_sentences
from recipe.vectors import Words
from verify.extract.features import meanings
from verify.word_vectors import LENGTH

NLP = spacy.blank("en")


def test_numbers_are_kept_to_a_byte_and_unknown_words_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.linspace(-1, 1, 2 * LENGTH, dtype=np.float32).reshape(2, LENGTH)
    known = in_bytes(Words(["ship", "sank"], rows))
    monkeypatch.setattr(meanings, "known_words", lambda: known)
    found = meanings.pooled(NLP("The Ship xyzzy sank"))
    assert found[:LENGTH] == pytest.approx(rows.mean(axis=0), abs=0.01)
    assert found[LENGTH : 2 * LENGTH] == pytest.approx(rows[1], abs=0.01)
    assert found[2 * LENGTH :] == pytest.approx(rows[0], abs=0.01)
    assert meanings.pooled(NLP("The Ship xyzzy sank"), 3, 4)[:LENGTH] == pytest.approx(rows[1], abs=0.01)


def test_a_text_of_unknown_words_means_nothing() -> None:
    assert not meanings.pooled(NLP("xyzzyx qwrtzp")).any()
    assert not meanings.pooled(NLP("")).any()


def test_vectors_are_saved_and_loaded(tmp_path: Path) -> None:
    known = in_bytes(Words(["ship"], np.ones((1, LENGTH), np.float32)))
    known.save(tmp_path)
    with np.load(tmp_path / meanings.NAME) as arrays:
        assert set(arrays) == {"keys", "rows", "unit"}


def test_a_grader_learns_from_meanings_what_words_do_not_say() -> None:
    random = np.random.default_rng(1)
    labels = random.integers(0, 2, 200)
    seen = random.normal(size=(200, meanings.SIZE)).astype(np.float32)
    seen[:, 0] += 4 * labels
    words = csr_matrix(np.tile([1.0, 0.0, 1.0, 1.0], (200, 1)))
    words.resize(200, 1 << 18)
    sentences = Sentences(words, seen, labels)
    blind = fit_grader(sentences, Recipe("idf", 1e-3, has_meanings=False))
    seeing = fit_grader(sentences, Recipe("idf", 1e-3, has_meanings=True))
    right = lambda grader: ((score_sentences(grader, sentences) >= 0) == labels).mean()  # noqa: E731
    assert blind.meanings is None
    assert right(seeing) > 0.75 > right(blind)
