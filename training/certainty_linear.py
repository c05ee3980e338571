"""Fit the models of `extract.features.linear`: hashed matrices, ridge and logistic regression, folds and figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import Ridge, SGDClassifier

from verify.extract.features.linear import LinearModel, place

Floats = NDArray[np.float64]

SIZE = 1 << 18  # places; fewer cost factuality .01 of r by collisions
EPOCHS = 30
SMOOTHING = 1.0  # added to every count of a feature


def to_matrix(rows: Iterable[Sequence[str]], *, distinct: bool) -> csr_matrix:
    """Hash the features of each row into a sparse matrix of `SIZE` columns; `distinct` counts a place once."""
    hashed = [[place(feature, SIZE) for feature in row] for row in rows]
    if distinct:
        hashed = [sorted(set(row)) for row in hashed]
    ends = np.cumsum([0] + [len(row) for row in hashed])
    places = np.fromiter((p for row in hashed for p in row), np.int64, int(ends[-1]))
    matrix = csr_matrix((np.ones(len(places)), places, ends), shape=(len(hashed), SIZE))
    matrix.sum_duplicates()
    return matrix


def fit_ridge(matrix: csr_matrix, target: Floats, *, penalty: float, stretch: float) -> LinearModel:
    """Fit a ridge regression and stretch its answers away from 0.

    A penalised mean keeps close to the middle of the scale while readers answer at its ends; the stretch brings
    the mean absolute error down and leaves the correlation as it is.
    """
    ridge = Ridge(alpha=penalty, solver="sparse_cg", tol=1e-3).fit(matrix, target)
    return LinearModel((ridge.coef_ * stretch).astype(np.float32), float(ridge.intercept_) * stretch)


def fit_logistic(matrix: csr_matrix, labels: NDArray[Any], *, scaling: str, penalty: float) -> LinearModel:
    """Fit a logistic regression on scaled rows of length 1.

    Args:
        matrix: Rows with ones.
        labels: 0 or 1 a row.
        scaling: How much a feature counts: "idf", its inverse document frequency, or "ratio", how far its
            frequencies in the two classes lie apart (naive Bayes weighting, Wang and Manning 2012).
        penalty: Of the squared weights.
    """
    scale = _idf(matrix) if scaling == "idf" else _log_ratio(matrix, labels)
    fitted = _fit(_unit_rows(matrix, scale), labels, penalty)
    return LinearModel(fitted.coef_[0].astype(np.float32), float(fitted.intercept_[0]), scale.astype(np.float32))


def _fit(rows: csr_matrix, labels: NDArray[Any], penalty: float) -> SGDClassifier:
    return SGDClassifier(
        loss="log_loss", alpha=penalty, max_iter=EPOCHS, tol=None, average=True, class_weight="balanced", random_state=0
    ).fit(rows, labels)


def _idf(matrix: csr_matrix) -> Floats:
    counts = np.bincount(matrix.indices, minlength=SIZE)
    return np.where(counts < 2, 0.0, np.log((1 + matrix.shape[0]) / (1 + counts)) + 1)


def _log_ratio(matrix: csr_matrix, labels: NDArray[Any]) -> Floats:
    counts = [np.bincount(matrix[labels == label].indices, minlength=SIZE) for label in (0, 1)]
    rates = [(count + SMOOTHING) / (labels == label).sum() for label, count in enumerate(counts)]
    return np.where(counts[0] + counts[1] < 2, 0.0, np.abs(np.log(rates[1] / rates[0])))


def _unit_rows(matrix: csr_matrix, scale: Floats) -> csr_matrix:
    scaled = matrix.multiply(scale).tocsr()
    lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1)).ravel())
    return csr_matrix(scaled.multiply((1 / np.where(lengths, lengths, 1.0))[:, None]))


def score_rows(model: LinearModel, matrix: csr_matrix) -> Floats:
    """Return what `LinearModel.score` gives for each row."""
    rows = matrix if model.scale is None else _unit_rows(matrix, model.scale.astype(np.float64))
    return np.asarray(rows @ model.weights.astype(np.float64)) + model.bias


def best_threshold(labels: NDArray[Any], scores: Floats) -> float:
    """Return the score above which F1 is best, smoothed over its neighbours so that one row cannot decide."""
    order = np.argsort(-scores)
    hits = np.cumsum(labels[order])
    values = 2 * hits / (np.arange(1, len(labels) + 1) + labels.sum())
    width = max(1, len(labels) // 30)
    smooth = np.convolve(values, np.ones(width) / width, mode="same")
    edge = width // 2
    best = edge + int(np.argmax(smooth[edge : len(smooth) - edge]))
    return float(scores[order][best])


def f1(labels: NDArray[Any], scores: Floats) -> float:
    """Return the F1 of the positive class in percent; a score above 0 says positive."""
    hits = float((labels * (scores >= 0)).sum())
    return 200 * hits / max(1.0, float((scores >= 0).sum() + labels.sum()))


def agreement(target: Floats, scores: Floats) -> dict[str, float]:
    """Return Pearson's r, the mean absolute error and the share of right signs in percent."""
    told = target != 0
    signs = (target > 0) == (scores > 0)
    return {
        "r": round(float(np.corrcoef(target, scores)[0, 1]), 3),
        "MAE": round(float(np.abs(target - scores).mean()), 3),
        "sign_accuracy": round(100 * float(signs[told].mean()), 1),
    }
