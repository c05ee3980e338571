"""Train the graders of sentences: hedges, certainty and check-worthiness.

    python training/certainty.py --cross-validate SETS_DIR    print the figures of five-fold cross-validation
    python training/certainty.py --train SETS_DIR             fit on whole sets and write the weights

SETS_DIR holds the evaluation sets; nothing of their text goes into the weights but hashed features. Shipped weights
have seen all of a set, so the only figures that count on it are those of cross-validation.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from spacy.language import Language
from spacy.tokens import Doc

from certainty_linear import f1, fit_logistic, score_rows, to_matrix
from verify.extract.sentences import check_worthiness as check_worthiness
from verify.extract.sentences import uncertainty as hedges_score
from verify.nlp import load

WEIGHTS = Path(__file__).parents[1] / "src" / "verify" / "weights"
Row = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """A set of labelled sentences and how its model is fitted."""

    name: str  # of the weights
    path: str  # inside the folder of sets
    label: Callable[[Row], bool | None]  # None leaves the row out
    features: Callable[[Doc], list[str]]
    scaling: str
    penalty: float


TASKS = (
    Task(
        "hedges",
        "hedge_conll2010_sample/dev.jsonl",
        lambda row: bool(row["gold"]),
        hedges_score.text_features,
        "ratio",
        3e-4,
    ),
    Task(
        "certainty",
        "certainty_science/train.jsonl",
        lambda row: row["aspects"]["Probability"] == "Uncertain" if row.get("aspects") else None,
        hedges_score.text_features,
        "ratio",
        3e-4,
    ),
    Task(
        "check_worthiness",
        "claimbuster/train.jsonl",
        lambda row: bool(row["gold"]),
        check_worthiness.text_features,
        "idf",
        2e-5,
    ),
)


def read(task: Task, sets: Path, nlp: Language) -> tuple[csr_matrix, NDArray[Any]]:
    """Read a set and return its features, one row a sentence, and its labels."""
    rows = [json.loads(line) for line in (sets / task.path).read_text("utf-8").splitlines()]
    labelled = [(row["text"], label) for row in rows if (label := task.label(row)) is not None]
    docs = nlp.pipe(text for text, _ in labelled)
    return to_matrix(map(task.features, docs), distinct=True), np.array([int(label) for _, label in labelled])


def cross_validate(task: Task, matrix: csr_matrix, labels: NDArray[Any]) -> float:
    """Return the F1 of held-out sentences in five folds; thresholds are set inside the training folds."""
    scores = np.zeros(len(labels))
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(matrix, labels):
        model = fit_logistic(matrix[train], labels[train], scaling=task.scaling, penalty=task.penalty)
        scores[test] = score_rows(model, matrix[test])
    return f1(labels, scores)


def main() -> None:
    """Train or cross-validate the tasks named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--cross-validate", metavar="SETS_DIR", type=Path)
    action.add_argument("--train", metavar="SETS_DIR", type=Path)
    parser.add_argument("--only", choices=[task.name for task in TASKS], help="one task alone")
    parser.add_argument("--model", default="", help="spaCy pipeline by name or path; the bundled one by default")
    options = parser.parse_args()
    nlp = load(options.model)
    figures = {}
    for task in TASKS:
        if options.only in (None, task.name):
            matrix, labels = read(task, options.train or options.cross_validate, nlp)
            if options.train:
                model = fit_logistic(matrix, labels, scaling=task.scaling, penalty=task.penalty)
                model.save(WEIGHTS / f"{task.name}.npz")
            else:
                figures[task.name] = {"F1": round(cross_validate(task, matrix, labels), 1), "n": len(labels)}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
