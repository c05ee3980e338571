"""Print words a second of a whole run beside those of the bare spaCy pipeline: python benchmarks/speed.py PATH ...

Both read the same articles in the same process, in turn, and the median of the ratios counts: machines differ and
are noisy, so only the ratio is worth quoting.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from verify import pipeline, stages, workers
from verify.extract.attribution.find import find_attributions
from verify.extract.coreference.resolve import resolve
from verify.extract.mentions.find import find_mentions
from verify.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the table."""
    options = _parser().parse_args(arguments)
    settings = Settings(input=tuple(options.paths), model=options.model)
    context = pipeline.prepare(settings)
    crew = workers.Alone(context)
    corpus = pipeline.read(context, crew)
    words = sum(len(article.text.split()) for article in corpus)
    texts = [cleaned.reading.text for cleaned in stages.clean(corpus.articles)]
    docs = list(context.nlp.pipe(texts))
    known = [(doc, mentions := find_mentions(doc), resolve(doc, mentions)) for doc in docs]
    bare, attributing, extracting, whole = [], [], [], []
    for _ in range(options.rounds):
        bare.append(_seconds(lambda: list(context.nlp.pipe(texts))))
        attributing.append(_seconds(lambda: [find_attributions(*one) for one in known]))
        extracting.append(_seconds(lambda: pipeline.extract(corpus, context, crew)))
        whole.append(_seconds(lambda: _run(settings)))
    table = Table("what", "words a second", "time beside nlp.pipe", "processor seconds", box=None)
    for name, seconds in (
        ("nlp.pipe", bare),
        ("attribution alone", attributing),
        ("clean, annotate, extract", extracting),
        ("whole run", whole),
    ):
        ratio = statistics.median(s / b for b, s in zip(bare, seconds, strict=True))
        median = statistics.median(seconds)
        table.add_row(name, f"{words / median:,.0f}", f"{ratio:.2f}", f"{median:.1f}")
    console = Console(no_color=True)
    console.print(table)
    console.print(f"{len(corpus)} articles, {words:,} words, median of {options.rounds} rounds, one process")
    return 0


def _run(settings: Settings) -> None:
    """Publish into a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        pipeline.run(settings.model_copy(update={"output": Path(folder)}))


def _seconds(call: Callable[[], object]) -> float:
    """Return the processor seconds that a call takes, which other processes do not lengthen."""
    began = time.process_time()
    call()
    return time.process_time() - began


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", default="", help="spaCy pipeline by name or path; the bundled one by default")
    return parser


if __name__ == "__main__":
    sys.exit(main())
