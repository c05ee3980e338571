"""Fit the graders of sentences: words and, where they help, what the words mean together; the threshold inside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from certainty_linear import Floats, best_threshold, fit_logistic, score_rows
from verify.extract.features.linear import LinearModel
from verify.extract.sentences.grader import Grader

INVERSE_PENALTY = 0.01  # of the regression over word vectors; from 0.003 to 0.05 all gave the same within 0.1
INNER_FOLDS = 5


@dataclass(frozen=True)
class Sentences:
    """A labelled set.

    Attributes:
        words: Hashed features, one row a sentence.
        meanings: Pooled word vectors, one row a sentence.
        labels: 0 or 1 a sentence.
    """

    words: csr_matrix
    meanings: NDArray[np.float32]
    labels: NDArray[Any]

    def __getitem__(self, rows: NDArray[Any]) -> Sentences:
        return Sentences(self.words[rows], self.meanings[rows], self.labels[rows])


@dataclass(frozen=True)
class Recipe:
    """How a grader is fitted: see `certainty_linear.fit_logistic`, and whether it sees word vectors."""

    scaling: str
    penalty: float
    has_meanings: bool


def fit_grader(sentences: Sentences, recipe: Recipe) -> Grader:
    """Fit on sentences and move the bias so that 0.5 gives the best F1.

    Both regressions weigh the same: their scores are brought to one spread. Spread and threshold are found on
    folds of these sentences that the regressions have not seen.
    """
    held_out = np.zeros((2, len(sentences.labels)))
    folds = StratifiedKFold(INNER_FOLDS, shuffle=True, random_state=1)
    for train, test in folds.split(sentences.labels, sentences.labels):
        held_out[:, test] = _both_scores(*_fit_both(sentences[train], recipe), sentences[test])
    share = held_out[0].std() / held_out[1].std() if recipe.has_meanings else 0.0
    threshold = best_threshold(sentences.labels, held_out[0] + share * held_out[1])
    words, meanings = _fit_both(sentences, recipe)
    bias = words.bias + share * meanings.bias - threshold
    return Grader(replace(words, bias=bias), (share * meanings.weights).astype(np.float32) if share else None)


def score_sentences(grader: Grader, sentences: Sentences) -> Floats:
    """Return the score of each sentence; above 0 it is of the class."""
    scores = score_rows(grader.words, sentences.words)
    return scores if grader.meanings is None else scores + sentences.meanings @ grader.meanings


def _fit_both(sentences: Sentences, recipe: Recipe) -> tuple[LinearModel, LinearModel]:
    words = fit_logistic(sentences.words, sentences.labels, scaling=recipe.scaling, penalty=recipe.penalty)
    if not recipe.has_meanings:
        return words, LinearModel(np.zeros(sentences.meanings.shape[1], np.float32), 0.0)
    return words, _fit_meanings(sentences.meanings, sentences.labels)


def _fit_meanings(meanings: NDArray[np.float32], labels: NDArray[Any]) -> LinearModel:
    """Fit a logistic regression on standardised columns, and put the standard into its weights."""
    mean, spread = meanings.mean(axis=0), np.maximum(meanings.std(axis=0), 1e-6)
    regression = LogisticRegression(C=INVERSE_PENALTY, max_iter=300, class_weight="balanced")
    regression.fit((meanings - mean) / spread, labels)
    weights = regression.coef_[0] / spread
    return LinearModel(weights.astype(np.float32), float(regression.intercept_[0] - mean @ weights))


def _both_scores(words: LinearModel, meanings: LinearModel, sentences: Sentences) -> Floats:
    of_meanings = sentences.meanings @ meanings.weights + meanings.bias
    return np.stack((score_rows(words, sentences.words), of_meanings))
