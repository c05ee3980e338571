"""What the tests of the schedule share: the blocks of docs/operations.md, calls of the server's API, waiting."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "operations.md"
OWN = {"PREFECT_HOME", "PREFECT_API_URL"}  # settings that each test server has of its own
VERIFY = [sys.executable, "-m", "verify.cli"]
PREFECT = [sys.executable, "-m", "prefect"]
PATIENCE = 600  # seconds for what takes ten on a machine with nothing else to do
ARTICLE = """---
title: Ferry to return
published_at: 2024-05-14
url: https://news.example.org/ferry
---
The ferry will return on 3 June, the harbour office said on Tuesday. Norway paid 4 million dollars for the repair.
"""


def blocks(language: str, section: int | None = None) -> list[str]:
    """Return the page's blocks of a language, of one section or of all."""
    text = PAGE.read_text("utf-8")
    if section is not None:
        text = text.partition(f"\n## {section}. ")[2].partition("\n## ")[0]
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def assignments(block: str) -> dict[str, str]:
    """Return the lines NAME=VALUE of a block."""
    return dict(line.split("=", 1) for line in block.strip().splitlines())


def server_settings() -> dict[str, str]:
    """Return the settings of the server that the page gives, without those that every test server has of its own."""
    return {key: value for key, value in assignments(blocks("ini", 2)[0]).items() if key not in OWN}


def post(url: str, body: dict[str, Any]) -> Any:
    """Call the server's API; it answers 503 while its SQLite database is busy."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 503 or time.monotonic() > deadline:
                raise
            time.sleep(1)


def flow_runs(server: str, deployment: str, *states: str) -> list[dict[str, Any]]:
    """Return the runs of a deployment by start, in some states or in all but those that are still to come."""
    kind = {"any_": list(states)} if states else {"not_any_": ["SCHEDULED"]}
    body = {"flow_runs": {"state": {"type": kind}}, "deployments": {"name": {"any_": [deployment]}}}
    runs: list[dict[str, Any]] = post(f"{server}/flow_runs/filter", body)
    return sorted(runs, key=lambda run: run["start_time"] or "")


def tries(server: str, flow_run: str) -> dict[str, int]:
    """Return how often each task of a run was tried, once the server has recorded the end of its publication."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        runs = post(f"{server}/task_runs/filter", {"flow_runs": {"id": {"any_": [flow_run]}}})
        counts = {run["name"].rpartition("-")[0]: run["run_count"] for run in runs}
        if "publish" in counts and all(run["state_type"] in {"COMPLETED", "FAILED"} for run in runs):
            return counts
        time.sleep(0.5)
    raise AssertionError(f"no end of the publication is recorded for run {flow_run}")


def wait_for(found: Callable[[], Any], process: subprocess.Popen[bytes], log: Path, seconds: float = PATIENCE) -> Any:
    """Wait until something is found; fail when the process ends before or time is up."""
    deadline = time.monotonic() + seconds
    while not (value := found()):
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.3)
    return value
