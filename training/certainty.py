"""Train the graders of sentences: hedges, certainty and check-worthiness.

    python training/certainty.py --cross-validate SETS_DIR    print the figures of five-fold cross-validation
    python training/certainty.py --train SETS_DIR             fit on whole sets and write the weights
    python training/certainty.py --vectors FILE               quantize published word vectors, which the two others use

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

from certainty_grader import fit_grader, score_all
from certainty_linear import f1, fit_logistic, to_matrix
from recipe.vectors import quantize, read_vectors
from verify.extract.sentences import check_worthiness as check_worthiness
from verify.extract.sentences import uncertainty as hedges_score
from verify.extract.sentences import vectors as vectors
from verify.extract.sentences.grader import Grader
from verify.nlp import load

WEIGHTS = Path(__file__).parents[1] / "src" / "verify" / "weights"
WORDS = 20_000  # with a vector
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
    network: bool  # whether word vectors are used too


@dataclass(frozen=True)
class Labelled:
    """A set as it is trained on: one row, one list of vectors and one label a sentence."""

    matrix: csr_matrix
    sentences: list[NDArray[np.float32]]
    labels: NDArray[Any]

    def part(self, chosen: NDArray[np.int64]) -> Labelled:
        """Return some of the sentences."""
        return Labelled(self.matrix[chosen], [self.sentences[index] for index in chosen], self.labels[chosen])


TASKS = (
    Task(
        "hedges",
        "hedge_conll2010_sample/dev.jsonl",
        lambda row: bool(row["gold"]),
        hedges_score.text_features,
        "ratio",
        3e-4,
        True,
    ),
    Task(
        "certainty",
        "certainty_science/train.jsonl",
        lambda row: row["aspects"]["Probability"] == "Uncertain" if row.get("aspects") else None,
        hedges_score.text_features,
        "ratio",
        3e-4,
        False,
    ),
    Task(
        "check_worthiness",
        "claimbuster/train.jsonl",
        lambda row: bool(row["gold"]),
        check_worthiness.text_features,
        "idf",
        2e-5,
        True,
    ),
)


def read(task: Task, sets: Path, nlp: Language) -> Labelled:
    """Read and parse a set."""
    rows = [json.loads(line) for line in (sets / task.path).read_text("utf-8").splitlines()]
    labelled = [(row["text"], label) for row in rows if (label := task.label(row)) is not None]
    features, sentences = [], []
    for doc in nlp.pipe(text for text, _ in labelled):
        features.append(task.features(doc))
        sentences.append(vectors.read_vectors(doc))
    return Labelled(to_matrix(features, distinct=True), sentences, np.array([int(label) for _, label in labelled]))


def fit(task: Task, data: Labelled) -> Grader:
    """Fit the models of a task."""
    how = {"scaling": task.scaling, "penalty": task.penalty}
    if task.network:
        return fit_grader(data.matrix, data.sentences, data.labels, **how)
    return Grader(fit_logistic(data.matrix, data.labels, **how))


def cross_validate(task: Task, data: Labelled, seed: int = 0) -> float:
    """Return the F1 of held-out sentences in five folds; thresholds are set inside the training folds."""
    scores = np.zeros(len(data.labels))
    for train, test in StratifiedKFold(5, shuffle=True, random_state=seed).split(data.matrix, data.labels):
        held_out = data.part(test)
        scores[test] = score_all(fit(task, data.part(train)), held_out.matrix, held_out.sentences)
    return f1(data.labels, scores)


def save(name: str, grader: Grader) -> None:
    """Write the weights of a task into the package."""
    grader.linear.save(WEIGHTS / f"{name}.npz")
    if grader.network is not None:
        grader.network.save(WEIGHTS / f"{name}_network.npz")


def main() -> None:
    """Train or cross-validate the tasks named on the command line."""
    options = _options()
    if options.vectors:
        vectors.save(quantize(read_vectors(options.vectors, WORDS), seed=0), WEIGHTS / f"{vectors.WEIGHTS}.npz")
        return
    nlp, figures = load(options.model), {}
    for task in TASKS:
        if options.only in (None, task.name):
            data = read(task, options.train or options.cross_validate, nlp)
            if options.train:
                save(task.name, fit(task, data))
            else:
                figures[task.name] = {"F1": round(cross_validate(task, data, options.seed), 1), "n": len(data.labels)}
    print(json.dumps(figures))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--cross-validate", metavar="SETS_DIR", type=Path)
    action.add_argument("--train", metavar="SETS_DIR", type=Path)
    action.add_argument("--vectors", metavar="FILE", type=Path, help="as published; see docs/pipeline.md")
    parser.add_argument("--only", choices=[task.name for task in TASKS], help="one task alone")
    parser.add_argument("--model", default="", help="spaCy pipeline by name or path; the bundled one by default")
    parser.add_argument("--seed", type=int, default=0, help="of the division into folds")
    return parser.parse_args()


if __name__ == "__main__":
    main()
