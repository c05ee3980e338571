"""Train the graders of sentences: hedges, certainty and check-worthiness.

    python training/certainty.py --cross-validate SETS_DIR    print the figures of five-fold cross-validation
    python training/certainty.py --train SETS_DIR             fit on whole sets and write the weights
    python training/certainty.py --vectors FILE               write the word vectors that two of them see

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
from sklearn.model_selection import StratifiedKFold
from spacy.language import Language
from spacy.tokens import Doc

from certainty_grader import Recipe, Sentences, fit_grader, score_sentences
from certainty_linear import f1, to_matrix
from recipe.vectors import Words, keys_of, read_vectors
from verify.extract.features import meanings
from verify.extract.sentences import check_worthiness as check_worthiness
from verify.extract.sentences import uncertainty as hedges_score
from verify.nlp import load

VECTORS = 20_000  # words that have one
WEIGHTS = Path(__file__).parents[1] / "src" / "verify" / "weights"
Row = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """A set of labelled sentences and how its model is fitted."""

    name: str  # of the weights
    path: str  # inside the folder of sets
    label: Callable[[Row], bool | None]  # None leaves the row out
    features: Callable[[Doc], list[str]]
    recipe: Recipe


TASKS = (
    Task(
        "hedges",
        "hedge_conll2010_sample/dev.jsonl",
        lambda row: bool(row["gold"]),
        hedges_score.text_features,
        Recipe("ratio", 3e-4, has_meanings=True),
    ),
    Task(
        "certainty",
        "certainty_science/train.jsonl",
        lambda row: row["aspects"]["Probability"] == "Uncertain" if row.get("aspects") else None,
        hedges_score.text_features,
        Recipe("ratio", 1e-3, has_meanings=False),
    ),
    Task(
        "check_worthiness",
        "claimbuster/train.jsonl",
        lambda row: bool(row["gold"]),
        check_worthiness.text_features,
        Recipe("idf", 2e-5, has_meanings=True),
    ),
)


def read(task: Task, sets: Path, nlp: Language) -> Sentences:
    """Read a set and return what its sentences are graded by, with their labels."""
    rows = [json.loads(line) for line in (sets / task.path).read_text("utf-8").splitlines()]
    labelled = [(row["text"], label) for row in rows if (label := task.label(row)) is not None]
    seen = [(task.features(doc), meanings.pooled(doc)) for doc in nlp.pipe(text for text, _ in labelled)]
    words = to_matrix((features for features, _ in seen), distinct=True)
    return Sentences(words, np.stack([vector for _, vector in seen]), np.array([int(label) for _, label in labelled]))


def cross_validate(task: Task, sentences: Sentences) -> float:
    """Return the F1 of held-out sentences in five folds; thresholds are set inside the training folds."""
    labels = sentences.labels
    scores = np.zeros(len(labels))
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(labels, labels):
        scores[test] = score_sentences(fit_grader(sentences[train], task.recipe), sentences[test])
    return f1(labels, scores)


def in_bytes(words: Words) -> meanings.WordVectors:
    """Round every number to a byte; one in a thousand that is too large for it is cut."""
    unit = float(np.quantile(np.abs(words.vectors), 0.999)) / 127
    rows = np.clip(np.round(words.vectors / unit), -127, 127).astype(np.int8)
    keys, first = np.unique(keys_of(words.words), return_index=True)
    return meanings.WordVectors(keys, rows[first], unit)


def main() -> None:
    """Train or cross-validate the tasks named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--cross-validate", metavar="SETS_DIR", type=Path)
    action.add_argument("--train", metavar="SETS_DIR", type=Path)
    action.add_argument("--vectors", metavar="FILE", type=Path, help="GloVe 6B 100d, see recipe/vectors.py")
    parser.add_argument("--only", choices=[task.name for task in TASKS], help="one task alone")
    parser.add_argument("--model", default="", help="spaCy pipeline by name or path; the bundled one by default")
    options = parser.parse_args()
    if options.vectors:
        in_bytes(read_vectors(options.vectors, VECTORS)).save(WEIGHTS)
        return
    nlp = load(options.model)
    figures = {}
    for task in TASKS:
        if options.only in (None, task.name):
            sentences = read(task, options.train or options.cross_validate, nlp)
            if options.train:
                fit_grader(sentences, task.recipe).save(WEIGHTS / f"{task.name}.npz")
            else:
                figures[task.name] = {"F1": round(cross_validate(task, sentences), 1), "n": len(sentences.labels)}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
