"""The Prefect server on PostgreSQL, set up as docs/operations.md says, with a run made by a schedule on it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_server import prefect_server
from tests.operations import ARTICLE, PATIENCE, VERIFY, assignments, blocks, flow_runs, server_settings, wait_for

pytestmark = [pytest.mark.flow, pytest.mark.slow]
SOCKET = "/var/run/postgresql"  # Debian's; the test's cluster has another
NAME = "on-postgres"


def program(name: str) -> str | None:
    """Return a program of PostgreSQL; Debian keeps those of the server out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    """A throwaway cluster that listens on a socket alone; its folder holds the socket."""
    if not program("initdb") or not program("postgres"):
        if os.environ.get("CI"):  # there it is a fault of the set-up, not of the machine
            pytest.fail("CI must install postgresql: see .ci/run")
        pytest.skip("needs PostgreSQL")
    root = os.geteuid() == 0  # whom PostgreSQL refuses to run for
    user = pwd.getpwnam("postgres" if root else pwd.getpwuid(os.geteuid()).pw_name)
    folder = Path(tempfile.mkdtemp(prefix="verify-pg-"))  # not pytest's: another user must reach it
    os.chown(folder, user.pw_uid, user.pw_gid)
    identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if root else {}
    try:
        options = ["--pgdata", str(folder / "data"), "--username", "postgres", "--auth", "trust", "--no-sync"]
        initdb = [str(program("initdb")), *options, "--encoding", "UTF8", "--no-locale"]
        subprocess.run(initdb, cwd=folder, check=True, capture_output=True, timeout=PATIENCE, **identity)  # type: ignore[call-overload]
        command = [str(program("postgres")), "-D", str(folder / "data"), "-k", str(folder), "-c", "listen_addresses="]
        log = folder / "log.txt"
        with log.open("wb") as stream:
            process = subprocess.Popen([*command, "-c", "fsync=off"], cwd=folder, stderr=stream, **identity)  # type: ignore[call-overload]
        try:
            wait_for((folder / "data" / "postmaster.pid").exists, process, log)
            wait_for(lambda: "ready to accept connections" in log.read_text(), process, log)
            yield folder
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server_on_postgres(cluster: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Prefect server on the role and database of the page, with its connection URL but for the socket's folder."""
    install, *commands = blocks("sh", 6)[0].splitlines()
    assert install == "sudo apt-get install -y postgresql"
    environment = os.environ | {"PGHOST": str(cluster), "PGUSER": "postgres"}
    for command in commands:
        words = command.removeprefix("sudo -u postgres ").split()
        subprocess.run([str(program(words[0])), *words[1:]], env=environment, check=True, timeout=PATIENCE)
    (url,) = blocks("ini", 6)
    assert SOCKET in url
    before = dict(os.environ)
    settings = server_settings() | assignments(url.replace(SOCKET, str(cluster)))
    with prefect_server(tmp_path_factory.mktemp("prefect"), settings) as address:
        yield address
    os.environ.clear()
    os.environ.update(before)


def test_a_run_made_by_a_schedule_publishes_a_dataset(server_on_postgres: str, tmp_path: Path) -> None:
    (tmp_path / "ferry.md").write_text(ARTICLE)
    command = [*VERIFY, "schedule", "ferry.md", "-o", "curated", "--name", NAME, "--every", "5"]
    log = tmp_path / "log.txt"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            cwd=tmp_path,
            env=os.environ | {"PREFECT_RUNNER_POLL_FREQUENCY": "1"},
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    try:
        run, *_ = wait_for(lambda: flow_runs(server_on_postgres, NAME, "COMPLETED"), process, log)
    finally:
        process.terminate()
        process.wait(PATIENCE)
    assert run["auto_scheduled"]
    assert (tmp_path / "curated" / "latest" / "claims.csv").is_file()


def test_the_history_is_in_postgresql(server_on_postgres: str, cluster: Path) -> None:
    query = [str(program("psql")), "-h", str(cluster), "-U", "verify", "-At", "-c", "SELECT name FROM flow", "prefect"]
    done = subprocess.run(query, capture_output=True, text=True, check=True, timeout=PATIENCE)
    assert done.stdout.split() == ["verify-articles"]
