"""Train the pronoun model: python training/coreference.py TRAIN.jsonl [--out WEIGHTS.npz].

TRAIN.jsonl holds one passage a line as the GAP corpus has it: `text`, `pronoun`, the names `A` and `B` as
[start, end], and `gold`, "A", "B" or null.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from spacy.tokens import Doc

from hashed_training import Trainer
from parses import parse
from tasks.coreference import names_near, overlaps, pronoun_of
from verify.extract.attribution.quotations import find_quotations
from verify.extract.coreference.features import Choice, pair_rows
from verify.extract.coreference.resolve import FEMALE
from verify.extract.features.arrays import make_arrays
from verify.extract.features.hashed_model import HashedModel, pack
from verify.extract.features.hashing import Column, Rows
from verify.nlp import load

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "verify" / "weights" / "coreference.npz"
SIZE = 1 << 15
HIDDEN, DROPOUT, EPOCHS, BATCH, RATE = 10, 0.5, 5, 16, 2e-3
SEEDS = 8  # networks that vote: on 2,000 passages one alone varies by two points of F1


@dataclass(frozen=True, slots=True)
class Passage:
    """The names near a pronoun, and which of them it stands for, if any."""

    rows: Rows
    is_gold: Column


def main(arguments: list[str] | None = None) -> int:
    """Train on a file of passages and write the weights."""
    options = _parser().parse_args(arguments)
    rows = [json.loads(line) for line in options.train.read_text("utf-8").splitlines()]
    docs = parse([row["text"] for row in rows], load(options.model), options.parses)
    passages = [_passage(row, doc) for row, doc in zip(rows, docs, strict=True)]
    model = join([fit(passages, seed) for seed in range(SEEDS)])
    np.savez_compressed(options.out, allow_pickle=False, **pack("pair", model))
    print(f"{len(passages)} passages -> {options.out}: {options.out.stat().st_size / 1e6:.1f} MB")
    return 0


def _passage(row: dict[str, Any], doc: Doc) -> Passage:
    """Return a passage with the two names it gives, among all others that the pipeline finds."""
    arrays, token = make_arrays(doc, find_quotations(doc)), pronoun_of(row, doc)
    spans, names = names_near(row, doc, [row["A"], row["B"]])
    gold = row[row["gold"]] if row["gold"] else [0, 0]
    rows = pair_rows(arrays, [Choice(token.i, token.lower_ in FEMALE, names)], SIZE)
    return Passage(rows, np.array([overlaps(span, gold) for span in spans]))


def fit(passages: list[Passage], seed: int) -> HashedModel:
    """Fit one network by the likelihood of the right names together, "none of them" included."""
    trainer = Trainer(SIZE, HIDDEN, 1, DROPOUT, seed)
    steps = [
        part
        for _ in range(EPOCHS)
        for part in np.array_split(trainer.random.permutation(len(passages)), len(passages) // BATCH)
    ]
    for chosen in steps:
        batch = [passages[one] for one in chosen]
        scores, memory = trainer.scores(np.concatenate([one.rows for one in batch]))
        parts = np.split(scores[:, 0], np.cumsum([len(one.rows) for one in batch])[:-1])
        gradient = np.concatenate([_gradient(part, one.is_gold) for part, one in zip(parts, batch, strict=True)])
        trainer.step((gradient[:, None] / len(batch)).astype(np.float32), memory, RATE)
    return trainer.model()


def _gradient(scores: Column, is_gold: Column) -> Column:
    """Return the gradient of the negative log likelihood of the gold names, or of none where there is no gold."""
    fits = np.exp(np.append(scores, 0) - max(scores.max(), 0))
    expected = fits / fits.sum()
    right = expected * np.append(is_gold, not is_gold.any())
    return np.asarray((expected - right / right.sum())[:-1])


def join(models: list[HashedModel]) -> HashedModel:
    """Return one network whose scores are the mean of several over the same features."""
    bias = np.mean([model.output_bias for model in models], axis=0)
    return HashedModel(
        np.concatenate([model.table for model in models], axis=1),
        np.concatenate([model.bias for model in models]),
        (np.concatenate([model.output for model in models]) / len(models)).astype(np.float32),
        bias.astype(np.float32),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--parses", type=Path, help="keep the parses in this file and use them when it is there")
    parser.add_argument("--model", default="", help="spaCy pipeline by name or path; the bundled one by default")
    return parser


if __name__ == "__main__":
    sys.exit(main())
