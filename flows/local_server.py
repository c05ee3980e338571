"""A Prefect server of one's own on loopback, for as long as a run needs it.

Prefect's embedded server loses the records of most task runs, so a run starts a real one: on a free port, with
its database in `.prefect/`, without telemetry, and stopped at the end. Nothing here imports Prefect, because
Prefect reads its settings from the environment when it is imported.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
START_SECONDS = 600  # migrations of an empty database take ten, and minutes on a machine that is busy
STOP_SECONDS = 30
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_CLI_COLORS": "false",
}


class ServerError(RuntimeError):
    """The local Prefect server did not come up."""


@contextmanager
def prefect_server(home: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run a server while the block runs, and point this process's Prefect settings to it.

    Args:
        home: Folder of the server's database and log; made where it is missing.
        settings: Further settings of Prefect by the names of their environment variables.

    Yields:
        The address of the API.

    Raises:
        ServerError: The server ended or did not answer in time; the message names its log.
    """
    home.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    url = f"http://{HOST}:{port}/api"
    os.environ.update(QUIET | dict(settings or {}) | {"PREFECT_HOME": str(home.resolve()), "PREFECT_API_URL": url})
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)]
    log = home / "server.log"
    with log.open("ab") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    try:
        _wait_until_healthy(url, process, log)
        yield url
    finally:
        _stop(process)


def task_run_states(url: str, flow_run_id: str) -> list[str]:
    """Return the state type of every task run that the server has recorded for a flow run."""
    body = json.dumps({"flow_runs": {"id": {"any_": [flow_run_id]}}, "limit": 200}).encode()
    states: list[str] = []
    while True:
        page = _post(f"{url}/task_runs/filter", body[:-1] + b', "offset": %d}' % len(states))
        states += [str(row["state_type"]) for row in page]
        if len(page) < 200:
            return states


def wait_for_task_runs(url: str, flow_run_id: str, expected: int, seconds: float = 60) -> int:
    """Wait until the server has recorded the end of all task runs, which it does in the background.

    Returns:
        How many it has recorded as ended when the wait is over.
    """
    deadline = time.monotonic() + seconds
    while True:
        ended = sum(state in {"COMPLETED", "FAILED", "CRASHED"} for state in task_run_states(url, flow_run_id))
        if ended >= expected or time.monotonic() > deadline:
            return ended
        time.sleep(0.5)


def _post(url: str, body: bytes) -> list[dict[str, object]]:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        rows: list[dict[str, object]] = json.load(answer)
    return rows


def _free_port() -> int:
    """Ask the system for a port that is free now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ServerError(f"the Prefect server ended with exit code {process.returncode}; see {log}")
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise ServerError(f"the Prefect server did not answer at {url} within {START_SECONDS} s; see {log}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server; kill it if it does not go."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
