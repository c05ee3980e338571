"""Print what each kind of record costs, in microseconds a word: python benchmarks/extraction.py PATH ...

The articles are parsed once, and the extraction is timed in turn with `nlp.pipe` over the same texts: machines differ,
so only what stands beside it is worth comparing. Seconds are those of the processor; the fastest round counts.
"""

from __future__ import annotations

import argparse
import functools
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from verify import analysis, pipeline, stages
from verify.articles import read_articles
from verify.garbage import collected_rarely
from verify.settings import Settings
from verify.threads import one_thread

KINDS: Mapping[str, str] = {
    "find_claims": "claims, with their ratings and propositions",
    "find_attributions": "attributions",
    "find_times": "times",
    "resolve": "pronouns and descriptions",
    "find_mentions": "mentions",
    "to_raw": "offsets of the raw text",
    "find_hedges": "hedges",
    "find_quantities": "quantities",
}


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the table."""
    options = _parser().parse_args(arguments)
    run = pipeline.prepare(Settings(input=tuple(options.paths), model=options.model))
    articles = read_articles(*options.paths).articles
    words = sum(len(article.text.split()) for article in articles)
    cleaned = stages.clean(articles)
    docs = stages.annotate(cleaned, run)
    texts = [one.reading.text for one in cleaned]
    rounds: list[Mapping[str, float]] = []
    with one_thread(), collected_rarely():
        stages.extract(cleaned[:1], docs[:1], run)  # loads the weights and lexicons
        for _ in range(options.rounds):
            rounds.append(_clocked(lambda: stages.extract(cleaned, docs, run), lambda: list(run.nlp.pipe(texts))))
    Console(no_color=True).print(_table(rounds, words))
    return 0


def _clocked(extract: Callable[[], object], pipe: Callable[[], object]) -> Mapping[str, float]:
    """Return the processor seconds of each kind, of the whole extraction, and of the pipeline."""
    spent: defaultdict[str, float] = defaultdict(float)
    known = {name: getattr(analysis, name) for name in KINDS}
    for name, find in known.items():
        setattr(analysis, name, _timed(name, find, spent))
    try:
        _timed("all", extract, spent)()
    finally:
        for name, find in known.items():
            setattr(analysis, name, find)
    _timed("nlp.pipe", pipe, spent)()
    return spent


def _timed(name: str, call: Callable[..., Any], spent: defaultdict[str, float]) -> Callable[..., Any]:
    @functools.wraps(call)
    def timed(*given: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return call(*given, **named)
        finally:
            spent[name] += time.process_time() - began

    return timed


def _table(rounds: Sequence[Mapping[str, float]], words: int) -> Table:
    table = Table("what", "microseconds a word", "time beside nlp.pipe", box=None)
    least = {name: min(spent[name] for spent in rounds) for name in rounds[0]}
    least["copying the parse and the rest"] = least["all"] - sum(least[name] for name in KINDS)
    for name in (*KINDS, "copying the parse and the rest", "all", "nlp.pipe"):
        row = (f"{1e6 * least[name] / words:.1f}", f"{least[name] / least['nlp.pipe']:.3f}")
        table.add_row(KINDS.get(name, name), *row)
    return table


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--model", default="", help="spaCy pipeline by name or path; the bundled one by default")
    return parser


if __name__ == "__main__":
    sys.exit(main())
