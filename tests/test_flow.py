"""The flow against a real Prefect server, and what it publishes beside the run without Prefect."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from local_server import task_run_states
from tests.operations import post, tries

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.flow
STAGES = {
    "find_inputs",
    "read",
    "find_unchanged",
    "extract",
    "corroborate",
    "flag",
    "tabulate",
    "validate",
    "conclude",
    "report",
    "publish",
    "copy_out",
}


def run_flow(server: str, settings: dict[str, Any], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the flow in a process of its own, as a schedule would."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'flows')!r})\n"
        "from task_runs import CALLS\n"
        "from verify_articles import verify_articles\n"
        f"state = verify_articles({settings!r}, return_state=True)\n"
        "print(state.type.value, state.state_details.flow_run_id, CALLS.total(), sep='|')\n"
        "print(state.message)\n"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, timeout=600)


@pytest.fixture(scope="module")
def published(server: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One run of the flow over the sample data, in several batches and two worker processes."""
    folder = tmp_path_factory.mktemp("flow")
    settings = {
        "input": [str(ROOT / "data" / "raw")],
        "output": str(folder / "curated"),
        "publishers": str(ROOT / "data" / "publishers.csv"),
        "batch_size": 5,
        "processes": 2,
    }
    done = run_flow(server, settings, folder)
    assert done.returncode == 0, done.stderr
    first, message = done.stdout.strip().splitlines()[-2:]
    state, flow_run, calls = first.split("|")
    return {"state": state, "flow_run": flow_run, "calls": int(calls), "message": message, "settings": settings}


def test_a_flow_that_published_is_completed_with_its_counts(published: dict[str, Any]) -> None:
    assert published["state"] == "COMPLETED"
    assert " articles, " in published["message"]
    assert "0 critical" in published["message"]
    assert (Path(published["settings"]["output"]) / "latest" / "claims.csv").is_file()


def test_every_task_run_is_recorded(server: str, published: dict[str, Any]) -> None:
    deadline = time.monotonic() + 60
    while len(states := task_run_states(server, published["flow_run"])) < published["calls"]:
        assert time.monotonic() < deadline, f"{len(states)} of {published['calls']} task runs recorded"
        time.sleep(0.5)
    assert len(states) == published["calls"] > len(STAGES)
    runs = post(f"{server}/task_runs/filter", {"flow_runs": {"id": {"any_": [published["flow_run"]]}}, "limit": 200})
    assert {run["name"].rpartition("-")[0] for run in runs} == STAGES


def test_the_run_leaves_a_summary_and_a_table(server: str, published: dict[str, Any]) -> None:
    artifacts = post(f"{server}/artifacts/filter", {"limit": 50})
    kinds = {row["key"]: row["type"] for row in artifacts if row["flow_run_id"] == published["flow_run"]}
    assert kinds == {"verify-summary": "markdown", "verify-flags": "table"}
    summary = next(row["data"] for row in artifacts if row["key"] == "verify-summary")
    assert "report.html" in summary
    assert "validation.html" in summary


def test_no_article_text_reaches_the_server(server: str, published: dict[str, Any]) -> None:
    run = post(f"{server}/flow_runs/filter", {"flow_runs": {"id": {"any_": [published["flow_run"]]}}})[0]
    assert set(run["parameters"]["settings"]) == set(published["settings"])


def test_the_run_without_prefect_writes_the_same_bytes(published: dict[str, Any], tmp_path: Path) -> None:
    settings = published["settings"]
    command = [sys.executable, "-m", "verify.cli", "run", *settings["input"], "-o", str(tmp_path / "curated")]
    env = os.environ | {"VERIFY_PUBLISHERS": settings["publishers"], "VERIFY_BATCH_SIZE": "5"}
    subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    flow, plain = Path(settings["output"]) / "latest", tmp_path / "curated" / "latest"
    assert hashes(flow) == hashes(plain)
    one, other = (json.loads((folder / "datapackage.json").read_text("utf-8")) for folder in (flow, plain))
    for entry in ("created", "run"):
        assert one.pop(entry)
        assert other.pop(entry)
    assert one == other


def test_nothing_has_changed_for_the_flow_nor_for_the_run_without_it(
    server: str, published: dict[str, Any], tmp_path: Path
) -> None:
    settings = published["settings"]
    command = [sys.executable, "-m", "verify.cli", "run", *settings["input"], "-o", settings["output"]]
    env = os.environ | {"VERIFY_PUBLISHERS": settings["publishers"], "VERIFY_BATCH_SIZE": "5"}
    plain = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    flow = run_flow(server, settings, tmp_path)
    expected = f"nothing has changed: {published['message']}"
    assert [text.strip().splitlines()[-1] for text in (plain.stderr, flow.stdout)] == [expected, expected]
    assert len(list((Path(settings["output"]) / "runs").iterdir())) == 1


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file but the descriptor, whose `created` and `run` differ."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != "datapackage.json"
    }


def test_a_flow_that_publishes_nothing_fails_and_leaves_the_last_dataset(server: str, tmp_path: Path) -> None:
    curated = tmp_path / "curated"
    raw = tmp_path / "raw"
    raw.mkdir()
    shutil.copy(ROOT / "data" / "raw" / "harbour-gazette" / "canal-aftermath.txt", raw / "one.txt")
    settings = {"input": [str(raw)], "output": str(curated)}
    assert run_flow(server, settings, tmp_path).returncode == 0
    before = (curated / "latest.json").read_bytes()
    (raw / "one.txt").write_text("   ")
    done = run_flow(server, settings, tmp_path)
    state, flow_run, _ = done.stdout.splitlines()[0].split("|")
    assert state == "FAILED"
    assert tries(server, flow_run)["publish"] == 1, "what fails again is not tried again"
    assert (curated / "latest.json").read_bytes() == before
