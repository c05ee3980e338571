"""The schedule against a real Prefect server: what a run that is due publishes, what fails, what is told."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import filelock
import pytest

from tests.operations import ARTICLE, PATIENCE, PREFECT, ROOT, VERIFY, blocks, flow_runs, post, tries, wait_for
from verify import cli

pytestmark = pytest.mark.flow
NAME = "every-minute"
ENDED = {"COMPLETED", "FAILED"}


@dataclass(frozen=True)
class Scheduled:
    """What a schedule did: a run that published, and one that was asked for meanwhile and found no articles."""

    folder: Path
    runs: list[dict[str, Any]]  # that have ended, by start
    told: str
    exit_code: int


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder over http, as `python3 -m http.server` gives them; no log."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder, and the address under which it is served."""
    folder = tmp_path_factory.mktemp("curated")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


@pytest.fixture(scope="module")
def scheduled(server: str, pages: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Scheduled:
    """Serve the flow, ask for a second run during the first, and take the articles away before that one begins."""
    folder = tmp_path_factory.mktemp("desk")
    raw, told, log = folder / "raw", folder / "told.txt", folder / "log.txt"
    raw.mkdir()
    (raw / "ferry.md").write_text(ARTICLE)
    (folder / "desk.toml").write_text(f'pages_url = "{pages[1]}"\nnotify_command = ["tee", "-a", "{told}"]\n')
    command = [*VERIFY, "schedule", "raw", "-o", str(pages[0]), "--config", "desk.toml", "--name", NAME]
    env = os.environ | {"PREFECT_RUNNER_POLL_FREQUENCY": "1"}
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [*command, "--every", "60"], cwd=folder, env=env, stdout=stream, stderr=subprocess.STDOUT
        )
    try:
        running = wait_for(lambda: flow_runs(server, NAME, "RUNNING"), process, log)
        ask = f"{server}/deployments/{running[0]['deployment_id']}/create_flow_run"
        post(ask, {"state": {"type": "SCHEDULED"}})
        wait_for((pages[0] / "latest.json").exists, process, log)
        raw.rename(folder / "away")
        wait_for(told.exists, process, log)
        wait_for(lambda: flow_runs(server, NAME, "FAILED"), process, log)
        runs = flow_runs(server, NAME)
        process.send_signal(signal.SIGTERM)
        exit_code = process.wait(PATIENCE)
    finally:
        process.kill()
    return Scheduled(folder, [run for run in runs if run["state_type"] in ENDED], told.read_text(), exit_code)


def test_a_run_made_by_the_schedule_publishes_a_dataset(scheduled: Scheduled, pages: tuple[Path, str]) -> None:
    first = scheduled.runs[0]
    assert first["auto_scheduled"]
    assert first["state_type"] == "COMPLETED"
    assert re.match(r"1 articles, [1-9]\d* claims, ", first["state"]["message"])
    assert (pages[0] / "latest" / "claims.csv").is_file()


def test_a_run_that_is_due_while_another_goes_on_waits_for_it(scheduled: Scheduled) -> None:
    first, second = scheduled.runs[:2]
    assert first["start_time"] < second["expected_start_time"] < first["end_time"] <= second["start_time"]


def test_a_run_that_fails_is_told_in_one_line(scheduled: Scheduled, server: str) -> None:
    (failed,) = [run for run in scheduled.runs if run["state_type"] == "FAILED"][:1]
    line = scheduled.told.splitlines()[0]
    assert line.startswith(f"verify: run {failed['name']} failed: ")
    assert "raw: there is no such file or folder" in line
    assert line.endswith(f"{server.removesuffix('/api')}/runs/flow-run/{failed['id']}")


def test_the_server_keeps_the_settings_that_were_given_and_no_way_to_tell(scheduled: Scheduled, pages: Any) -> None:
    expected = {"settings": {"input": ["raw"], "output": str(pages[0])}, "config": str(scheduled.folder / "desk.toml")}
    assert all(run["parameters"] == expected for run in scheduled.runs)


def test_the_link_in_the_summary_opens_the_report(scheduled: Scheduled, server: str, pages: Any) -> None:
    mine = {
        "flow_runs": {"id": {"any_": [scheduled.runs[0]["id"]]}},
        "artifacts": {"key": {"any_": ["verify-summary"]}},
    }
    (artifact,) = post(f"{server}/artifacts/filter", mine)
    link = re.search(r"\[report\.html\]\((\S+)\)", artifact["data"])[1]  # type: ignore[index]
    with urllib.request.urlopen(link, timeout=10) as answer:
        assert b"Ferry to return" in answer.read()


def test_a_schedule_that_is_asked_to_end_ends_and_is_paused(scheduled: Scheduled, server: str) -> None:
    assert scheduled.exit_code == 0
    (deployment,) = post(f"{server}/deployments/filter", {"deployments": {"name": {"any_": [NAME]}}})
    assert deployment["paused"]


def test_a_schedule_is_served_once_on_a_machine(server: str, tmp_path: Path) -> None:
    with filelock.FileLock(Path(os.environ["PREFECT_HOME"]) / "verify-held.lock"):
        done = subprocess.run(
            [*VERIFY, "schedule", "--every", "60", "--name", "held"], cwd=tmp_path, capture_output=True, text=True
        )
    assert done.returncode == 3
    assert "'held' is served on this machine already" in done.stderr


FLAKY = """
import json, sys
from verify import stages
read, calls = stages.read, []
def flaky(batch, run):
    calls.append(batch)
    if len(calls) == 1:
        raise OSError("the share is away")
    return read(batch, run)
flaky.__name__ = "read"
stages.read = flaky
sys.path.insert(0, FLOWS)
from verify_articles import verify_articles
for given in ({}, {"run_seconds": 0.1, "full": True}):
    state = verify_articles(SETTINGS | given, return_state=True)
    print(json.dumps([str(state.state_details.flow_run_id), state.type.value, state.name, state.message]))
"""


@pytest.fixture(scope="module")
def two_runs(server: str, tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """Runs in one process: in one the first reading fails, the other reads anew and may take a tenth of a second."""
    folder = tmp_path_factory.mktemp("flaky")
    (folder / "ferry.md").write_text(ARTICLE)
    settings = {"input": [str(folder / "ferry.md")], "output": str(folder / "curated")}
    code = f"FLOWS, SETTINGS = {str(ROOT / 'flows')!r}, {settings!r}\n{FLAKY}"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_reading_is_tried_again(two_runs: list[list[str]], server: str) -> None:
    flow_run, state, *_ = two_runs[0]
    assert state == "COMPLETED"
    tried = tries(server, flow_run)
    assert tried.pop("read") == 2
    assert set(tried.values()) == {1}


def test_a_run_that_takes_too_long_is_ended(two_runs: list[list[str]]) -> None:
    _, state, name, message = two_runs[1]
    assert (state, name) == ("FAILED", "TimedOut")
    assert "0.1 second" in message


@pytest.mark.parametrize(("url", "said"), [("", "PREFECT_API_URL is not set"), ("http://127.0.0.1:9/api", "answers")])
def test_without_a_server_the_command_says_what_to_start(url: str, said: str, tmp_path: Path) -> None:
    env = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    env |= {"PREFECT_HOME": str(tmp_path)} | ({"PREFECT_API_URL": url} if url else {})
    done = subprocess.run(
        [*VERIFY, "schedule", "--every", "60"], env=env, cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 3, done.stderr
    assert said in done.stderr
    assert "prefect server start --host 127.0.0.1 --port 4200" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "one of the two"),
        (["--cron", "0 * * * *", "--every", "60"], "one of the two"),
        (["--cron", "61 * * * *"], "61"),
        (["--cron", "0 0 * * * *"], "five fields"),
        (["--cron", "0 * * * *", "--timezone", "Mars/Base"], "Mars/Base"),
        (["--every", "-5"], "above 0"),
        (["--every", "60", "--name", "../x"], "../x"),
        (["--every", "60", "--fail-on", "never"], "fail_on"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["schedule", *arguments]) == 2
    assert said in capsys.readouterr().err


# -- a worker, and what is left behind ---------------------------------------------------------------------------
@pytest.fixture(scope="module")
def deployed(server: str) -> dict[str, dict[str, Any]]:
    """Run the commands that docs/operations.md gives for a worker pool."""
    for line in blocks("sh", 7)[0].splitlines():
        assert line.startswith("prefect ")
        command = [*PREFECT, *line.split()[1:]]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, done.stdout + done.stderr
    return {row["name"]: row for row in post(f"{server}/deployments/filter", {}) if row["work_pool_name"] == "verify"}


def test_deployments_are_registered(deployed: dict[str, dict[str, Any]]) -> None:
    assert set(deployed) == {"hourly", "nightly"}
    assert {row["schedules"][0]["schedule"]["cron"] for row in deployed.values()} == {"0 * * * *", "30 2 * * *"}
    for row in deployed.values():
        assert row["global_concurrency_limit"]["limit"] == 1
        assert row["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
        assert row["pull_steps"] == [{"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}]


def test_a_worker_runs_a_deployment(deployed: dict[str, dict[str, Any]], server: str, tmp_path: Path) -> None:
    (tmp_path / "ferry.md").write_text(ARTICLE)
    settings = {"input": [str(tmp_path / "ferry.md")], "output": str(tmp_path / "curated")}
    url = f"{server}/deployments/{deployed['hourly']['id']}/create_flow_run"
    post(url, {"parameters": {"settings": settings}, "state": {"type": "SCHEDULED"}})
    command = [*PREFECT, *blocks("sh", 7)[1].split()[1:], "--run-once"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE)
    assert (tmp_path / "curated" / "latest" / "claims.csv").is_file(), done.stdout + done.stderr


def test_sweep_marks_runs_that_were_cut_off(deployed: dict[str, dict[str, Any]], server: str) -> None:
    lost = post(f"{server}/deployments/{deployed['nightly']['id']}/create_flow_run", {"state": {"type": "RUNNING"}})
    done = subprocess.run([*VERIFY, "sweep"], capture_output=True, text=True, timeout=PATIENCE)
    assert done.stdout.split() == [lost["name"]]
    assert "1 runs marked as crashed" in done.stderr
    assert [run["id"] for run in flow_runs(server, "nightly", "CRASHED")] == [lost["id"]]
