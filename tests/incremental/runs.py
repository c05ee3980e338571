"""Texts, runs on them, and what they publish."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from verify import pipeline
from verify.pipeline import Result
from verify.settings import Settings

BRIDGE = "The harbour bridge will reopen on 3 June, the council said on Tuesday. Norway paid 4 million dollars.\n"
QUAY = "Mayor Ada Berg reportedly asked two engineers for a second report on 03/04/2024. She denied it.\n"
SHIPS = "Norway bought three ships from Iran in 2019. The price was not announced, the ministry in Oslo said.\n"
STORM = "A storm closed the port of Bergen for two days. Several ferries may stay in harbour until Friday.\n"
TEXTS = (BRIDGE, QUAY, SHIPS, STORM)


class Work:
    """What runs have done: the texts read and extracted since it was last asked."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.extracted: list[str] = []

    def taken(self) -> tuple[list[str], list[str]]:
        """Return the names of the files read and of the articles extracted, and forget them."""
        found = sorted(self.read), sorted(self.extracted)
        self.read, self.extracted = [], []
        return found


def run(raw: Path, out: Path | None = None, **more: Any) -> Result:
    publishers = raw.parent / "publishers.csv"
    return pipeline.run(Settings(input=(raw,), output=out or raw.parent / "out", publishers=publishers, **more))


def content(folder: Path) -> dict[str, bytes]:
    """Return all files of a run; of its descriptor all but the moment and the run's id."""
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    descriptor = json.loads(files["datapackage.json"])
    assert descriptor.pop("created")
    assert descriptor.pop("run")
    return files | {"datapackage.json": json.dumps(descriptor).encode()}


def assert_as_a_full_run(raw: Path, result: Result, **more: Any) -> None:
    shutil.rmtree(raw.parent / "anew", ignore_errors=True)
    anew = run(raw, raw.parent / "anew", full=True, **more)
    assert content(result.folder) == content(anew.folder)
    assert result.summary.split(" -> ")[0].removeprefix("nothing has changed: ") == anew.summary.split(" -> ")[0]


def n_runs(raw: Path) -> int:
    return len(list((raw.parent / "out" / "runs").iterdir()))
