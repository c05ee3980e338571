"""Score pipelines on parsed and labelled texts and measure their speed on one thread.

    python training/evaluate.py --sets DEV_DIR [--model PATH] [--beside PATH] [--published CORPORA_DIR]

DEV_DIR holds files NAME.clear.conllu.gz with trees and entities (see recipe/converted.py). With `--beside` both
pipelines are scored and timed in one run, in turn, so that their figures can be compared.
"""

from __future__ import annotations

import os

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"

import argparse  # noqa: E402
import time  # noqa: E402
from collections import defaultdict  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import spacy  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.scorer import Scorer  # noqa: E402
from spacy.tokens import Doc, DocBin  # noqa: E402
from spacy.training import Example  # noqa: E402

from recipe.converted import read_converted  # noqa: E402
from recipe.corpora import read_corpora  # noqa: E402

BUNDLED = Path(__file__).parents[1] / "src" / "verify" / "pipelines" / "en_news_sm"
COLUMNS = {
    "TAG": "tag_acc",
    "POS": "pos_acc",
    "UAS": "dep_uas",
    "LAS": "dep_las",
    "sents F": "sents_f",
    "lemma": "lemma_acc",
    "ents F": "ents_f",
}
TYPES = ("PERSON", "GPE", "ORG", "NORP", "DATE", "LOC")
ROUNDS = 3
LAYERS = ("TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE")


def predict(nlp: Language, gold: list[Doc]) -> list[Example]:
    """Run a pipeline over the texts of gold Docs."""
    truths = DocBin(docs=gold, attrs=LAYERS, store_user_data=True).get_docs(nlp.vocab)
    guesses = nlp.pipe([doc.text for doc in gold])
    return [Example(guess, truth) for guess, truth in zip(guesses, truths, strict=True)]


def score(examples: list[Example]) -> dict[str, str]:
    """Score examples; every figure is a percentage with one decimal."""
    figures: dict[str, Any] = {**Scorer().score(examples), **lemma_accuracy(examples)}
    per_type = figures.get("ents_per_type") or {}
    row = {column: _percent(figures.get(key)) for column, key in COLUMNS.items()}
    return row | {kind: _percent(per_type[kind]["f"]) if kind in per_type else "-" for kind in TYPES}


def lemma_accuracy(examples: list[Example]) -> dict[str, float]:
    """Return the share of words with the gold lemma, whatever its case; punctuation and spaces are left out."""
    right = words = 0
    for example in examples:
        for guess, lemma in zip(example.predicted, example.get_aligned("LEMMA", as_string=True), strict=True):
            if lemma and not guess.is_punct and not guess.is_space:
                words += 1
                right += guess.lemma_.lower() == lemma.lower()
    return {"lemma_acc": right / words} if words else {}


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"


def by_genre(examples: list[Example]) -> dict[str, list[Example]]:
    """Group examples by the genre that their document's id names (GUM_news_x), where it names one."""
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        parts = str(example.reference.user_data.get("document", "")).split("_")
        if parts[0] == "GUM" and len(parts) > 1:
            groups[parts[1]].append(example)
    return dict(sorted(groups.items()))


def speeds(pipelines: dict[str, Language], texts: list[str]) -> dict[str, float]:
    """Measure tokens per second of processor time, the best of a few rounds in which the pipelines take turns."""
    best = dict.fromkeys(pipelines, 0.0)
    for _ in range(ROUNDS):
        for name, nlp in pipelines.items():
            start = time.process_time()
            tokens = sum(len(doc) for doc in nlp.pipe(texts))
            best[name] = max(best[name], tokens / (time.process_time() - start))
    return best


def table(rows: dict[str, dict[str, str]], first: str) -> str:
    """Set rows as a Markdown table."""
    columns = list(next(iter(rows.values())))
    lines = [f"| {first} | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {name} | {' | '.join(row.values())} |" for name, row in rows.items()]
    return "\n".join(lines)


def describe(nlp: Language, path: Path) -> str:
    """Name a pipeline with its version and size on disk."""
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return f"{nlp.meta['name']} {nlp.meta['version']} ({size / 1e6:.1f} MB)"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Score pipelines and measure their speed.")
    parser.add_argument("--sets", type=Path, required=True, help="folder of NAME.clear.conllu.gz files")
    parser.add_argument("--model", type=Path, default=BUNDLED, help="pipeline to score (default: the bundled one)")
    parser.add_argument("--published", type=Path, help="folder of corpora as published, for figures by genre of GUM")
    parser.add_argument("--beside", type=Path, help="another pipeline to score in the same run")
    arguments = parser.parse_args()
    paths = [path for path in (arguments.model, arguments.beside) if path]
    loaded = [(spacy.load(path), path) for path in paths]
    pipelines = {describe(nlp, path): nlp for nlp, path in loaded}
    texts: list[str] = []
    for file in sorted(arguments.sets.glob("*.clear.conllu*")):
        gold = list(read_converted(file))
        texts += [doc.text for doc in gold]
        results = {name: predict(nlp, gold) for name, nlp in pipelines.items()}
        rows = {name: score(examples) for name, examples in results.items()}
        print(f"\n## {file.name.split('.')[0]}\n\n{table(rows, 'pipeline')}", flush=True)
    if arguments.published:
        gold = read_corpora(arguments.published, seed=0).dev.get("gum_dev", [])
        genres = {
            f"{genre}, {name}": score(group)
            for name, nlp in pipelines.items()
            for genre, group in by_genre(predict(nlp, gold)).items()
        }
        print(f"\n## GUM by genre\n\n{table(dict(sorted(genres.items())), 'genre')}", flush=True)
    rates = speeds(pipelines, texts)
    slowest = rates[list(pipelines)[-1]]
    rows = {name: {"tokens/s": f"{rate:,.0f}", "times": f"{rate / slowest:.2f}"} for name, rate in rates.items()}
    print(f"\n## Speed on one thread\n\n{table(rows, 'pipeline')}")


if __name__ == "__main__":
    main()
