"""Print the quality figures beside their floors: python benchmarks/bench.py --sets DIR [--model NAME] [TASK ...].

DIR holds a folder for each evaluation set and the scorer `score.py`, which is run as a program. What is run, and
the lowest figure accepted, stands in `floors.toml`. Exit codes: 0 all floors hold, 1 one does not, 3 no sets.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.toml"
NO_SETS = 3
LOWER_IS_BETTER = ("MAE",)


@dataclass(frozen=True)
class Row:
    """One figure of one run."""

    name: str
    figure: str
    value: float | None
    floor: float
    seconds: float
    note: str

    @property
    def holds(self) -> bool:
        """Say whether the figure reaches its floor."""
        if self.value is None:
            return False
        lower = self.figure.split(".")[-1] in LOWER_IS_BETTER
        return self.value <= self.floor if lower else self.value >= self.floor


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks and return the exit code."""
    options = _parser().parse_args(arguments)
    if not options.sets or not (Path(options.sets) / "score.py").is_file():
        print(f"no evaluation sets in '{options.sets}': give their folder, as in make bench SETS=DIR", file=sys.stderr)
        return NO_SETS
    entries = tomllib.loads(FLOORS.read_text("utf-8"))
    chosen = {name: entry for name, entry in entries.items() if not options.only or name in options.only}
    rows = [row for name, entry in chosen.items() for row in run(name, entry, Path(options.sets), options.model)]
    show(rows)
    return 0 if all(row.holds for row in rows) else 1


def run(name: str, entry: dict[str, Any], sets: Path, model: str) -> list[Row]:
    """Run one entry of `floors.toml` and return a row for each figure that has a floor."""
    began = time.monotonic()
    result, note = _cross_validate(entry, sets, model) if "recipe" in entry else _predict(name, entry, sets, model)
    seconds = time.monotonic() - began
    return [Row(name, key, _dig(result, key), floor, seconds, note) for key, floor in entry["floors"].items()]


def _predict(name: str, entry: dict[str, Any], sets: Path, model: str) -> tuple[dict[str, Any], str]:
    """Predict a set that no model of ours was trained on, and score it."""
    task, gold = entry.get("task", name), sets / entry["set"]
    with tempfile.TemporaryDirectory() as folder:
        pred = Path(folder) / "pred.jsonl"
        predicted = _python(HERE / "predict.py", task, gold, pred, "--model", model)
        if predicted.returncode:
            return {}, predicted.stderr.strip().splitlines()[-1] if predicted.stderr.strip() else "failed"
        scored = _python(sets / "score.py", task, gold, pred)
    return (json.loads(scored.stdout), entry["set"]) if scored.returncode == 0 else ({}, scored.stderr.strip()[-200:])


def _cross_validate(entry: dict[str, Any], sets: Path, model: str) -> tuple[dict[str, Any], str]:
    """Run a recipe that trains and scores in folds; its last line is the result as JSON."""
    words = [str(word).format(sets=sets) for word in entry["recipe"]]
    done = _python(HERE.parent / words[0], *words[1:], "--model", model)
    if done.returncode:
        return {}, done.stderr.strip()[-200:]
    return json.loads(done.stdout.strip().splitlines()[-1]), "cross-validation"


def _python(program: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(program), *map(str, words)], capture_output=True, text=True, check=False)


def _dig(result: dict[str, Any], key: str) -> float | None:
    """Return result["a"]["b"] for the key "a.b"."""
    value: Any = result
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return None if value is None else float(value)


def show(rows: list[Row]) -> None:
    """Print the table; a figure below its floor is marked."""
    table = Table("run", "figure", "value", "floor", "", "seconds", "set", box=None)
    for row in rows:
        value = "-" if row.value is None else f"{row.value:g}"
        mark = "ok" if row.holds else "BELOW"
        table.add_row(row.name, row.figure, value, f"{row.floor:g}", mark, f"{row.seconds:.0f}", row.note)
    Console(width=160, no_color=True).print(table)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", metavar="RUN", help="names of floors.toml; all by default")
    parser.add_argument("--sets", default="", help="folder of the evaluation sets")
    parser.add_argument("--model", default="", help="spaCy pipeline by name or path; the bundled one by default")
    return parser


if __name__ == "__main__":
    sys.exit(main())
