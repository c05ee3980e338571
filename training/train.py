"""Train the bundled pipeline from a folder of published corpora and package it.

    python training/train.py CORPORA_DIR [--target DIR] [--work DIR] [--plan FILE] [--only parser|entities]

The corpora and where each comes from are listed in docs/pipeline.md. Checkpoints and logs stand in the work folder; a
part that stands there finished is not trained again, so that a run that was broken off goes on where it was, and
the two parts can be trained side by side, each with `--only`, before a last call packages them.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import itertools
import json
import random
import time
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc

from recipe.assembly import assemble, save
from recipe.augment import Swapper, corpus_names, labelled, to_doc
from recipe.corpora import Corpora, read_corpora
from recipe.fitting import Plan, Report, example, fit_entities, fit_parser, make_pipeline
from recipe.pools import make_pools
from recipe.refining import label_texts, mix
from recipe.templates import Writer
from recipe.vectors import Words, find_vectors, keep_words, quantize, read_vectors
from verify.word_vectors import fill

HERE = Path(__file__).parent
CONFIGS = HERE / "configs"
BUNDLED = HERE.parent / "src" / "verify" / "pipelines" / "en_news_sm"
SEED = 1
SWAPPED = 0.7
# The corpora nearest to news in their mapping of names are seen more often.
TIMES = {"gum": 2, "ewt_named": 4, "pud": 2}
# Word vectors each part gets: names are rarer words than those that decide on a tree.
PARSER_WORDS, ENTITY_WORDS = 40_000, 70_000
# How many of them stay in the package, which is to have at most 15 MB.
PACKAGED_WORDS = {"tok2vec": 33_000, "ner": 66_000}
PARSER_RUNS = ("parser", "parser_renamed", "parser_averaged")
ENTITY_RUNS = ("entities", "entities_written", "entities_silver")


def read_plan(path: Path, part: str) -> Plan:
    """Read how a part is trained."""
    return Plan(**tomllib.loads(path.read_text("utf-8"))[part])


def reporter(folder: Path, dev: dict[str, list[Doc]], keys: tuple[str, ...]) -> Report:
    """Make the function that scores and keeps a checkpoint, and appends the figures to `log.jsonl`."""
    start = time.monotonic()

    def report(nlp: Language, step: int, losses: dict[str, float]) -> None:
        nlp.to_disk(folder / "checkpoint")
        figures = {name: _score(nlp, docs, keys) for name, docs in dev.items()}
        line = {"step": step, "seconds": round(time.monotonic() - start), **figures}
        line["losses"] = {name: round(float(loss), 1) for name, loss in losses.items()}
        with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        print(line, flush=True)

    return report


def _score(nlp: Language, docs: list[Doc], keys: tuple[str, ...]) -> dict[str, float]:
    examples = [example(nlp, doc) for doc in docs]
    for eg, guess in zip(examples, nlp.pipe([doc.text for doc in docs]), strict=True):
        eg.predicted = guess
    scores = Scorer().score(examples)
    return {key: round(100 * scores[key], 2) for key in keys if scores.get(key) is not None}


def train_part(work: Path, name: str, train: Callable[[Path], None]) -> Language:
    """Train a part unless it stands finished in the work folder, and load it."""
    folder = work / name
    if not (folder / "finished").exists():
        folder.mkdir(parents=True, exist_ok=True)
        train(folder)
        (folder / "checkpoint").rename(folder / "finished")
    return spacy.load(folder / "finished")


def start(config: str, words: Words, most: int) -> Language:
    """Make an untrained pipeline with the vectors of the most frequent words."""
    nlp = make_pipeline(CONFIGS / config, SEED)
    codes = quantize(words.most_frequent(most), SEED)
    for _, pipe in nlp.pipeline:
        fill(pipe.model, codes)  # type: ignore[attr-defined]
    return nlp


def train_parser(folder: Path, corpora: Corpora, words: Words, plans: dict[str, Plan]) -> None:
    """Train tagger, morphologizer and parser in three runs, the later ones with other names in the trees."""
    nlp = start("parser.cfg", words, PARSER_WORDS)
    report = reporter(folder, corpora.dev, ("tag_acc", "dep_uas", "dep_las", "sents_f"))
    pools = make_pools([], SEED)
    names = [name for name in (*pools.given, *pools.surnames, *pools.surnames, *pools.places) if name.isalpha()]
    for seed, name in enumerate(PARSER_RUNS, start=SEED):
        before = nlp.to_bytes()
        fit_parser(nlp, corpora.all_parsed(), names, plans[name], seed, report)
        nlp = tuned(folder, nlp, before, plans[name].share)
    report(nlp, 0, {})


def tuned(folder: Path, nlp: Language, before: bytes, share: float) -> Language:
    """Load what a run has kept last, averaged with the weights before it where its plan says so."""
    kept = spacy.load(folder / "checkpoint")
    return mix(nlp.from_bytes(before), kept, share) if share < 1 else kept


def train_entities(folder: Path, corpora: Corpora, words: Words, plans: dict[str, Plan]) -> None:
    """Train the entity component in three runs; the second and third go on from averages of those before."""
    nlp = start("entities.cfg", words, ENTITY_WORDS)
    sets = {name: docs for name, docs in corpora.parsed.items() if name != "ewt"} | corpora.labelled
    sample = [doc for docs in sets.values() for doc in docs]
    report = reporter(folder, corpora.dev, ("ents_p", "ents_r", "ents_f"))
    for seed, name in enumerate(ENTITY_RUNS, start=SEED):
        plan = plans[name]
        if plan.silver:
            sets["silver"] = list(label_texts(nlp, corpora.parsed.get("ewt", [])))
        before = nlp.to_bytes()
        fit_entities(nlp, entity_passes(nlp, sets, plan, seed), plan, seed, report, sample)
        nlp = tuned(folder, nlp, before, plan.share)
        nlp.to_disk(folder / name)  # to compare what each run brought
    report(nlp, 0, {})


def entity_passes(nlp: Language, sets: dict[str, list[Doc]], plan: Plan, seed: int) -> Iterator[list[Doc]]:
    """Yield the texts of one pass after the other: every second time with the names they have, else with others."""
    rng = random.Random(seed)
    pools = make_pools(corpus_names(doc for name, docs in sets.items() if name != "silver" for doc in docs), seed)
    swapper, writer = Swapper(pools, rng, SWAPPED), Writer(pools, rng)
    for number in itertools.count():
        texts = [
            doc if number % 2 == 0 and copy == 0 else to_doc(nlp, swapper.swap(labelled(doc)))
            for name, docs in sets.items()
            for doc in (docs[number % 2 :: 2] if name == "silver" else docs)
            for copy in range(TIMES.get(name, 1))
        ]
        yield texts + [to_doc(nlp, writer.text()) for _ in range(plan.written)]


def main() -> None:
    """Read the corpora, train both parts, and write the pipeline."""
    parser = argparse.ArgumentParser(description="Train the bundled pipeline.")
    parser.add_argument("corpora", type=Path, help="folder of corpora in their published form")
    parser.add_argument("--target", type=Path, default=BUNDLED, help="where the pipeline is written")
    parser.add_argument("--work", type=Path, default=HERE / "runs", help="where checkpoints and logs are kept")
    parser.add_argument("--plan", type=Path, default=CONFIGS / "plan.toml", help="steps and rates")
    parser.add_argument("--only", choices=("parser", "entities"), help="train one part and package nothing")
    arguments = parser.parse_args()
    corpora = read_corpora(arguments.corpora, SEED)
    words = read_vectors(find_vectors(arguments.corpora), ENTITY_WORDS)
    plans = {part: read_plan(arguments.plan, part) for part in (*PARSER_RUNS, *ENTITY_RUNS)}
    parts = {
        name: train_part(arguments.work, name, partial(train, corpora=corpora, words=words, plans=plans))
        for name, train in (("parser", train_parser), ("entities", train_entities))
        if arguments.only in (None, name)
    }
    if arguments.only is None:
        meta = json.loads((CONFIGS / "meta.json").read_text("utf-8"))
        nlp = assemble(parts["parser"], parts["entities"], corpora.all_parsed())
        for name, count in PACKAGED_WORDS.items():
            keep_words(nlp.get_pipe(name).model, words.words[:count])  # type: ignore[attr-defined]
        save(nlp, arguments.target, meta)
        print(f"{arguments.target}: written. Score it with: python training/evaluate.py --sets DEV_DIR")


if __name__ == "__main__":
    main()
