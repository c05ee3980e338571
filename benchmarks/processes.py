"""Print how much faster worker processes read and extract: python benchmarks/processes.py PATH ...

One process and several do the same articles in turn, and the median of the ratios counts. Beside the ratio stand the
processor seconds: where they grow with the processes, something is done twice, and where only the walls are long, the
machine was busy with something else. The start of the workers and the loading of their pipelines count.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

from verify import pipeline, workers
from verify.articles import read_articles
from verify.settings import Settings


@dataclass(frozen=True)
class Cost:
    """What a run took."""

    wall: float
    processor: float  # of this process and its workers

    @property
    def busy(self) -> float:
        """How many processors the run had on average."""
        return self.processor / self.wall


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the table."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        words = write_articles(
            [article.text for article in read_articles(*options.paths)], options.articles, Path(folder)
        )
        pairs = [tuple(measure(Path(folder), n) for n in (1, options.processes)) for _ in range(options.rounds)]
    table = Table("processes", "seconds", "processor seconds", "processors had", "words a second", box=None)
    for number, costs in zip((1, options.processes), zip(*pairs, strict=True), strict=True):
        wall = statistics.median(cost.wall for cost in costs)
        processor = statistics.median(cost.processor for cost in costs)
        busy = statistics.median(cost.busy for cost in costs)
        table.add_row(str(number), f"{wall:.1f}", f"{processor:.1f}", f"{busy:.2f}", f"{words / wall:,.0f}")
    console = Console(no_color=True)
    console.print(table)
    walls = statistics.median(one.wall / many.wall for one, many in pairs)
    work = statistics.median(many.processor / one.processor for one, many in pairs)
    console.print(f"{walls:.2f} times as fast, with {work:.2f} times the processor seconds")
    machine = f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    console.print(f"{options.articles:,} articles, {words:,} words, median of {options.rounds} pairs, {machine}")
    return 0


def write_articles(texts: Sequence[str], number: int, folder: Path) -> int:
    """Write articles of some texts in turn, each with a sentence of its own, and return how many words they have."""
    words = 0
    for n, text in enumerate(islice(cycle(texts), number)):
        article = f"{text}\n\nThe office gave out release number {n} on the matter.\n"
        (folder / f"{n:06}.txt").write_text(article, "utf-8")
        words += len(article.split())
    return words


def measure(folder: Path, processes: int) -> Cost:
    """Read and extract all articles of a folder."""
    run = pipeline.prepare(Settings(input=(folder,), processes=processes))
    run.nlp.make_doc("")  # loaded before the clock starts, where this process does the work; workers load their own
    began, used = time.perf_counter(), _processor_seconds()
    with workers.hire(run) as crew:
        corpus = pipeline.read(run, crew)
        extracted = pipeline.extract(corpus, run, crew)
    cost = Cost(time.perf_counter() - began, _processor_seconds() - used)
    assert len(extracted.articles) == len(corpus)
    return cost


def _processor_seconds() -> float:
    """Return those of this process and of its children that have ended."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, kinds))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    return parser


if __name__ == "__main__":
    sys.exit(main())
