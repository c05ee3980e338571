"""Train the grader of factuality, and cross-validate its view of verb signatures.

    python training/certainty_factuality.py --train SETS_DIR           fit and write the weights
    python training/certainty_factuality.py --cross-validate SETS_DIR  held-out verbs of MegaVeridicality, five folds

Trained on UDS It-Happened (train; text CC BY-SA 4.0) and MEANTIME (train; CC BY 4.0).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.model_selection import GroupKFold
from spacy.language import Language
from spacy.tokens import Doc

from certainty_linear import Floats, agreement, fit_ridge, score_rows, to_matrix
from verify.extract.doc import from_tokens
from verify.extract.factuality.rate import find_stance, hedge_levels
from verify.extract.factuality.score import WEIGHTS, predicate_features
from verify.extract.features.columns import read_columns
from verify.nlp import load

FOLDER = Path(__file__).parents[1] / "src" / "verify" / "weights"
TRAIN = ("uds_factuality/train.jsonl", "factuality_meantime/train.jsonl")
DEV = ("uds_factuality/dev.jsonl", "factuality_meantime/dev.jsonl", "rp_factuality/dev.jsonl")
VERBS = "megaveridicality/all.jsonl"
PENALTY, STRETCH = 40.0, 1.2  # set on UDS dev
FRAME_WORDS = 3  # words of a template that stand before its verb


def read(path: Path, nlp: Language) -> tuple[csr_matrix, Floats, list[str]]:
    """Read a set and return the features and the target of each predicate, and the verb its sentence turns on."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    features, target, verbs = [], [], []
    docs = nlp.pipe(from_tokens(nlp.vocab, row["tokens"], row["text"]) for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        features += _features(doc, [gold["token"] for gold in row["gold"]])
        target += [gold["factuality"] for gold in row["gold"]]
        verbs += [_verb(doc)] * len(row["gold"])
    return to_matrix(features, distinct=False), np.array(target), verbs


def _features(doc: Doc, tokens: Sequence[int]) -> list[list[str]]:
    levels, columns = hedge_levels(doc), read_columns(doc)
    rows = []
    for index in tokens:
        stance, _, is_future = find_stance(doc[index], levels)
        rows.append(predicate_features(doc[index], columns, stance, is_future=is_future))
    return rows


def _verb(doc: Doc) -> str:
    """Return the beginning of the verb of a MegaVeridicality template, which its forms share."""
    start = FRAME_WORDS if doc[0].lower_ == "a" else 1
    words = [token.lower_ for token in doc[start:] if token.lower_ not in ("did", "n't", "was", "not")]
    return words[0][:4] if words else ""


def cross_validate(sets: Path, nlp: Language) -> dict[str, Any]:
    """Return the agreement on verbs that were not trained on."""
    matrix, target, verbs = read(sets / VERBS, nlp)
    scores = np.zeros(len(target))
    for train, test in GroupKFold(5).split(matrix, target, verbs):
        model = fit_ridge(matrix[train], target[train], penalty=PENALTY / 4, stretch=1.0)
        scores[test] = score_rows(model, matrix[test])
    return agreement(target, np.clip(scores, -3, 3))


def train(sets: Path, nlp: Language) -> None:
    """Fit on the training sets, write the weights and print the agreement on the dev sets."""
    parts = [read(sets / name, nlp) for name in TRAIN]
    model = fit_ridge(
        vstack([part[0] for part in parts]).tocsr(),
        np.concatenate([part[1] for part in parts]),
        penalty=PENALTY,
        stretch=STRETCH,
    )
    model.save(FOLDER / f"{WEIGHTS}.npz")
    for name in DEV:
        matrix, target, _ = read(sets / name, nlp)
        print(name, agreement(target, np.clip(score_rows(model, matrix), -3, 3)))


def main() -> None:
    """Train or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--cross-validate", metavar="SETS_DIR", type=Path)
    action.add_argument("--train", metavar="SETS_DIR", type=Path)
    parser.add_argument("--model", default="", help="spaCy pipeline by name or path; the bundled one by default")
    options = parser.parse_args()
    nlp = load(options.model)
    if options.train:
        train(options.train, nlp)
    else:
        print(json.dumps({"megaveridicality": cross_validate(options.cross_validate, nlp)}))


if __name__ == "__main__":
    main()
