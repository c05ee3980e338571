"""Print words a second of a whole run beside those of the bare spaCy pipeline: python benchmarks/speed.py PATH ...

All read the same articles in the same process, in turn, and the median of the ratios counts: machines differ and
are noisy, so only the ratio is worth quoting. What is loaded once in a process (the pipeline, pandas, Great
Expectations) is loaded before the clock starts and stands in a line of its own; so do the figures of the commands.

The bare pipeline is measured twice: as `spacy.load` gives it, and as `verify.load` does, which multiplies matrices with
numpy's library on one thread. A run is given a pipeline that has read the texts before, as the bare one has from the
second round on: a vocabulary that is still empty costs either of them as much.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import spacy
from rich.console import Console
from rich.table import Table
from spacy.language import Language

from verify import nlp, pipeline, stages
from verify.articles import read_articles
from verify.settings import Settings
from verify.threads import one_thread

STAGES = (
    "read", "clean", "annotate", "extract", "corroborate", "flag", "tabulate", "validate", "conclude", "report",
    "publish",
)  # fmt: skip
LOAD = "import spacy; from verify.nlp import load; load()"
RAW, OURS = "nlp.pipe", "nlp.pipe, as verify loads it"


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the tables."""
    options = _parser().parse_args(arguments)
    settings = Settings(input=tuple(options.paths), model=options.model)
    corpus = read_articles(*options.paths)
    words = sum(len(article.text.split()) for article in corpus)
    began = time.process_time()
    raw, ours_loaded = spacy.load(nlp.locate(options.model)), nlp.load(options.model)
    texts = [cleaned.reading.text for cleaned in stages.clean(corpus.articles)]
    _warm_up(settings, ours_loaded)
    loading = time.process_time() - began
    bare, ours, whole = [], [], []
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(options.rounds):
        bare.append(_seconds(lambda: list(raw.pipe(texts))))
        with one_thread():
            ours.append(_seconds(lambda: list(ours_loaded.pipe(texts))))
        with _clocked() as spent:
            whole.append(_seconds(lambda: _run(settings, ours_loaded)))
        for stage in STAGES:
            taken[stage].append(spent[stage])
        taken["the rest"].append(whole[-1] - sum(spent.values()))
    console = Console(no_color=True)
    console.print(_table(words, bare, {OURS: ours, **taken, "whole run": whole}))
    for name, alone in {RAW: bare, OURS: ours}.items():
        ratio = statistics.median(b / w for b, w in zip(alone, whole, strict=True))
        console.print(f"The whole run reads {ratio:.2f} of the words a second of {name}.")
    if options.processes > 1:
        several = settings.model_copy(update={"processes": options.processes})
        console.print(_side_by_side(raw, ours_loaded, texts, several, options.rounds))
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    console.print(f"{len(corpus)} articles, {words:,} words, median of {options.rounds} rounds, one process, {load}")
    console.print(f"Loading what a process needs once: {loading:.1f} processor seconds")
    _print_commands(console, corpus.articles[0].text, options.rounds)
    return 0


def _table(words: int, bare: Sequence[float], taken: dict[str, list[float]]) -> Table:
    """Return the processor seconds of the bare pipeline, of each stage and of the whole run."""
    table = Table("what", "words a second", "time beside nlp.pipe", "processor seconds", box=None)
    for name, seconds in {RAW: list(bare), **taken}.items():
        beside = statistics.median(s / b for b, s in zip(bare, seconds, strict=True))
        median = statistics.median(seconds)
        table.add_row(name, f"{words / max(median, 1e-9):,.0f}", f"{beside:.2f}", f"{median:.2f}")
    return table


def _side_by_side(raw: Language, loaded: Language, texts: Sequence[str], settings: Settings, rounds: int) -> str:
    """Compare both with several processes each, by the clock, as processor seconds do not show what waits.

    The processes of both begin anew in each round: those of a run load the pipeline, those of spaCy are given it.
    """
    number, batch = settings.processes, settings.batch_size
    bare, whole = [], []
    for _ in range(rounds):
        bare.append(_by_the_clock(lambda: list(raw.pipe(texts, n_process=number, batch_size=batch))))
        whole.append(_by_the_clock(lambda: _run(settings, loaded)))
    ratio = statistics.median(b / w for b, w in zip(bare, whole, strict=True))
    seconds = f"{statistics.median(bare):.1f} and {statistics.median(whole):.1f} seconds by the clock"
    return f"With {number} processes each, {seconds}: {ratio:.2f} of the words a second of {RAW}."


def _by_the_clock(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _run(settings: Settings, loaded: Language) -> None:
    """Publish into a folder that is thrown away; but for the pipeline, nothing stays from one run to the next."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(nlp, "load", lambda name="": loaded):
        pipeline.run(settings.model_copy(update={"output": Path(folder)}))


def _warm_up(settings: Settings, loaded: Language) -> None:
    """Run once over one short article, so that everything is loaded."""
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text("The port shipped 40 tonnes of grain on 3 May 2024, a spokesman said.\n", "utf-8")
        _run(settings.model_copy(update={"input": (article,)}), loaded)


@contextmanager
def _clocked() -> Iterator[defaultdict[str, float]]:
    """Count the processor seconds of each stage while the block runs."""
    spent: defaultdict[str, float] = defaultdict(float)
    known = {name: getattr(stages, name) for name in STAGES}
    for name, stage in known.items():
        setattr(stages, name, _timed(name, stage, spent))
    try:
        yield spent
    finally:
        for name, stage in known.items():
            setattr(stages, name, stage)


def _timed(name: str, stage: Callable[..., object], spent: defaultdict[str, float]) -> Callable[..., object]:
    def timed(*given: object, **named: object) -> object:
        began = time.process_time()
        try:
            return stage(*given, **named)
        finally:
            spent[name] += time.process_time() - began

    return timed


def _print_commands(console: Console, text: str, rounds: int) -> None:
    """Print what the commands cost that should cost next to nothing, or no more than loading the pipeline."""
    script = Path(sys.executable).with_name("verify")
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text(text, "utf-8")
        commands = {
            "help": [str(script), "--help"],
            "extract": [str(script), "extract", str(article)],
            "load": [sys.executable, "-c", LOAD],
        }
        cost = {
            name: statistics.median(_command_seconds(command) for _ in range(rounds))
            for name, command in commands.items()
        }
    console.print(f"verify --help: {cost['help']:.2f} processor seconds")
    share = cost["load"] / cost["extract"]
    console.print(
        f"verify extract of one article: {cost['extract']:.2f} processor seconds, "
        f"{share:.0%} of them what importing spaCy and loading the pipeline cost"
    )


def _command_seconds(command: Sequence[str]) -> float:
    """Return the processor seconds of a command in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _seconds(call: Callable[[], object]) -> float:
    """Return the processor seconds that a call takes, which other processes do not lengthen."""
    began = time.process_time()
    call()
    return time.process_time() - began


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", type=int, default=1, help="compare with so many processes each as well")
    parser.add_argument("--model", default="", help="spaCy pipeline by name or path; the bundled one by default")
    return parser


if __name__ == "__main__":
    sys.exit(main())
