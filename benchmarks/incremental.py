"""What a run costs when nothing, or little, has changed, beside the first one: processor seconds of `verify run`.

python benchmarks/incremental.py FOLDER --articles 1000 --changed 10 100
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the table."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder) / "raw", Path(folder) / "curated"
        names = _copy(options.folder, raw, options.articles)
        seconds = {"first": _run(raw, out), "nothing changed": _run(raw, out)}
        for number in options.changed:
            for name in names[:number]:
                with name.open("a", encoding="utf-8") as file:
                    file.write("\n\nThe paper printed this article again on Monday.\n")
            seconds[f"{number} changed"] = _run(raw, out)
    table = Table("run", "processor seconds", "of the first", box=None)
    for what, taken in seconds.items():
        table.add_row(what, f"{taken:.1f}", f"{taken / seconds['first']:.1%}")
    console = Console(no_color=True)
    console.print(table)
    console.print(f"{len(names)} articles, one process")
    return 0


def _copy(source: Path, raw: Path, most: int) -> list[Path]:
    """Copy text files of a folder, and return the copies."""
    raw.mkdir()
    found = sorted(source.rglob("*.txt"))[:most]
    return [Path(shutil.copyfile(path, raw / f"{number:06}.txt")) for number, path in enumerate(found)]


def _run(raw: Path, out: Path) -> float:
    """Return the processor seconds, user and system, of one run in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "verify.cli", "run", str(raw), "-o", str(out), "--no-progress"]
    done = subprocess.run(command, capture_output=True, text=True)
    print(done.stderr.strip().splitlines()[-1])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of text files")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--changed", type=int, nargs="+", default=[10], help="articles, for each further run")
    return parser


if __name__ == "__main__":
    sys.exit(main())
