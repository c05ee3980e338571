"""Write predictions for an evaluation set: python benchmarks/predict.py TASK GOLD.jsonl PRED.jsonl [--model NAME].

The gold file is read for its input fields alone. Exit codes: 0 written, 2 wrong usage, 3 the stage that the task
needs does not exist yet.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).resolve().parent))

from verify.nlp import load

TASKS = (
    "attribution",
    "certainty",
    "check_worthiness",
    "claims",
    "clean",
    "coreference",
    "entities",
    "factuality",
    "five_w",
    "hedges",
    "quantities",
    "times",
)
NOT_BUILT = 3


def main(arguments: list[str] | None = None) -> int:
    """Predict one set and return the exit code."""
    options = _parser().parse_args(arguments)
    task = find_task(options.task)
    if task is None:
        print(f"{options.task}: the stage that this task needs does not exist yet", file=sys.stderr)
        return NOT_BUILT
    try:
        rows = [json.loads(line) for line in options.gold.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        print(f"{options.gold}: cannot be read as JSON lines ({error})", file=sys.stderr)
        return 2
    nlp = load(options.model)
    with options.pred.open("w", encoding="utf-8") as out:
        for prediction in task.predict_all(rows, nlp):
            out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    return 0


def find_task(name: str) -> ModuleType | None:
    """Return the module of a task, or None where its stage does not exist yet."""
    module = f"tasks.{name}"
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("gold", type=Path)
    parser.add_argument("pred", type=Path)
    parser.add_argument("--model", default="", help="spaCy pipeline by name or path; the bundled one by default")
    return parser


if __name__ == "__main__":
    sys.exit(main())
