"""Print how a run grows with the number of articles: python benchmarks/growth.py PATH ... --sizes 100 1000.

The articles of the paths are repeated, each time with other names and numbers, so that a repeated article makes other
claims than the first. Every size is run in a process of its own, which tells its peak memory.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from verify.articles import read_articles

NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")  # inside a sentence, where a capital means a name
NUMBER = re.compile(r"\b\d{1,3}\b")
MEGABYTE = 1024  # of what `ru_maxrss` counts in on Linux


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the table."""
    options = _parser().parse_args(arguments)
    texts = [article.text for article in read_articles(*options.paths)]
    table = Table("articles", "words", "seconds", "processor seconds", "words a second", "peak MB", box=None)
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / "raw"
            raw.mkdir()
            words = write_articles(texts, size, raw)
            wall, processor, peak = _run(raw, Path(folder) / "curated")
        row = (
            f"{size:,}",
            f"{words:,}",
            f"{wall:.0f}",
            f"{processor:.0f}",
            f"{words / processor:,.0f}",
            f"{peak:,.0f}",
        )
        table.add_row(*row)
    console = Console(no_color=True)
    console.print(table)
    console.print("one process; words a second are of processor seconds")
    return 0


def write_articles(texts: Sequence[str], number: int, folder: Path) -> int:
    """Write articles of some texts in turn, from the second turn on with other names and numbers.

    Args:
        texts: The texts to repeat.
        number: How many articles to write.
        folder: Where.

    Returns:
        How many words they have.
    """
    names = sorted({name for text in texts for name in NAME.findall(text)})
    words = 0
    for n in range(number):
        turn, which = divmod(n, len(texts))
        text = _changed(texts[which], names, turn) if turn else texts[which]
        (folder / f"{n:06}.txt").write_text(text, "utf-8")
        words += len(text.split())
    return words


def _changed(text: str, names: Sequence[str], turn: int) -> str:
    """Give every name of a text another one of all texts, the same one throughout, and count its numbers on."""
    shuffled = list(names)
    random.Random(turn).shuffle(shuffled)
    other = dict(zip(names, shuffled, strict=True))
    renamed = NAME.sub(lambda found: other[found[0]], text)
    return NUMBER.sub(lambda found: str(int(found[0]) + turn), renamed)


def _run(raw: Path, out: Path) -> tuple[float, float, float]:
    """Return seconds, processor seconds and peak megabytes of a run in a process of its own."""
    command = [sys.executable, __file__, "--run", str(raw), str(out)]
    began = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    processor, peak = map(float, done.stdout.split()[-2:])
    return time.perf_counter() - began, processor, peak


def run_and_tell(raw: Path, out: Path) -> None:
    """Run in this process, and print its processor seconds and peak megabytes."""
    from verify import pipeline
    from verify.settings import Settings

    pipeline.run(Settings(input=(raw,), output=out))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss / MEGABYTE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[100, 1000, 10_000])
    return parser


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run_and_tell(*map(Path, sys.argv[2:]))
    else:
        sys.exit(main())
