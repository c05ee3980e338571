"""Measure the typing of sources: python benchmarks/source_kinds.py GOLD.jsonl [--labels FILE].

GOLD.jsonl holds the articles (`id`, `text`); the labels, made by hand without seeing the code's answers, hold offsets
and kinds alone. A pronoun or description has the kind of whom it stands for in its article.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from verify.extract.attribution.find import RecordMaker
from verify.extract.coreference.resolve import resolve
from verify.extract.mentions.find import find_mentions
from verify.nlp import load
from verify.terms import SourceKind

LABELS = Path(__file__).resolve().parent / "labels" / "source_kinds.jsonl"


def main(arguments: list[str] | None = None) -> int:
    """Print the accuracy of each kind and what it is taken for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--labels", type=Path, default=LABELS)
    options = parser.parse_args(arguments)
    labels: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in options.labels.read_text("utf-8").splitlines():
        label = json.loads(line)
        labels[label["id"]].append(label)
    articles = [json.loads(line) for line in options.gold.read_text("utf-8").splitlines()]
    articles = [article for article in articles if article["id"] in labels]
    docs = load().pipe(article["text"].replace("\xa0", " ") for article in articles)
    answers: Counter[tuple[str, str]] = Counter()
    for article, doc in zip(articles, docs, strict=True):
        answers.update(_answers(doc, labels[article["id"]]))
    _show(answers)
    return 0


def _answers(doc: Doc, labels: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the label and the code's answer for each labelled source of an article."""
    mentions = find_mentions(doc)
    maker = RecordMaker(doc, (), mentions, resolve(doc, mentions))
    pairs = []
    for label in labels:
        spans = [doc.char_span(start, end, alignment_mode="expand") for start, end in label["source"]]
        tokens = [token.i for span in spans if span is not None for token in span if not token.is_space]
        pairs.append((label["kind"], maker.source(tokens)[0].value))
    return pairs


def _show(answers: Counter[tuple[str, str]]) -> None:
    right = sum(count for (label, answer), count in answers.items() if label == answer)
    print(f"{right} of {answers.total()} sources right ({100 * right / answers.total():.1f} %)\n")
    print("| kind | sources | right | taken for |\n|---|---:|---:|---|")
    for kind in SourceKind:
        of_kind = {answer: count for (label, answer), count in answers.items() if label == kind}
        wrong = sorted(((count, answer) for answer, count in of_kind.items() if answer != kind), reverse=True)
        others = ", ".join(f"{answer} {count}" for count, answer in wrong)
        print(f"| {kind} | {sum(of_kind.values())} | {of_kind.get(kind.value, 0)} | {others} |")


if __name__ == "__main__":
    sys.exit(main())
