"""The flow on a real Dask cluster, one of whose workers is killed, publishes what a run on this machine publishes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from distributed import Client

from tests.test_flow import hashes

pytestmark = pytest.mark.flow
DASK = [sys.executable, "-m", "dask"]
# The commands of docs/operations-dask.md: without an address of its own for the dashboard, Dask opens one for all.
PRIVATE = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
# Notes the process of every load of a spaCy pipeline.
COUNT_LOADS = """
import os
import verify.nlp as nlp
real = nlp.load
def load(*arguments):
    with open({path!r}, "a") as file:
        file.write(f"{{os.getpid()}}\\n")
    return real(*arguments)
nlp.load = load
"""


@dataclass
class Cluster:
    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]
    loads: Path

    def loaded(self) -> Counter[int]:
        return Counter(map(int, self.loads.read_text().split())) if self.loads.exists() else Counter()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers, which have the package and not the folder of flows."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address, loads = f"tcp://127.0.0.1:{port}", tmp_path / "loads"
    (tmp_path / "sitecustomize.py").write_text(COUNT_LOADS.format(path=str(loads)))
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    command = [*DASK, "scheduler", *PRIVATE, "--port", str(port), "--preload", "prefect_dask"]
    scheduler = subprocess.Popen(command, cwd=tmp_path)
    command = [*DASK, "worker", address, *PRIVATE, "--nthreads", "1", "--no-nanny"]
    command += ["--preload", "prefect_dask", "--preload", "verify.workers"]
    workers = [subprocess.Popen(command, cwd=tmp_path, env=env) for _ in range(2)]
    yield Cluster(address, scheduler, workers, loads)
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def write_articles(folder: Path, number: int) -> None:
    folder.mkdir()
    for n in range(number):
        lines = [
            f"The council of ward {n} said on Tuesday that Norway would close {k + 2} bridges by March {2020 + k}.\n"
            f"Mayor Ada Quill allegedly told officials in town {k} that the ferry, which is old, may sink."
            for k in range(12)
        ]
        (folder / f"article-{n:02}.txt").write_text("\n\n".join(lines))


def kill_one_in_the_middle(cluster: Cluster, flow: subprocess.Popen[str]) -> None:
    """Kill a worker that has its pipeline and a batch, when the other one has its pipeline too."""
    with Client(cluster.address, set_as_default=False, timeout=400) as client:
        client.wait_for_workers(2, timeout=400)
        pids = client.run(os.getpid)
        while flow.poll() is None:
            busy = [worker for worker, keys in client.processing().items() if keys]
            if busy and len(cluster.loaded()) == 2:
                os.kill(pids[busy[0]], signal.SIGKILL)
                return
            time.sleep(0.1)
    raise AssertionError("the flow ended before its workers had a batch each: " + str(flow.communicate()))


def test_a_killed_worker_changes_nothing(server: str, cluster: Cluster, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_articles(raw, 40)
    settings = {"input": [str(raw)], "output": str(tmp_path / "dask"), "batch_size": 5}
    settings |= {"runner": "dask", "dask_address": cluster.address}
    flow = run_flow_beside(settings, tmp_path)
    kill_one_in_the_middle(cluster, flow)
    said, errors = flow.communicate(timeout=600)
    assert flow.returncode == 0, errors
    assert said.startswith("COMPLETED"), said + errors
    assert sum(worker.poll() == -signal.SIGKILL for worker in cluster.workers) == 1
    assert set(cluster.loaded().values()) == {1}
    command = [sys.executable, "-m", "verify.cli", "run", str(raw), "-o", str(tmp_path / "local")]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=300)
    assert hashes(tmp_path / "dask" / "latest") == hashes(tmp_path / "local" / "latest")


def run_flow_beside(settings: dict[str, object], folder: Path) -> subprocess.Popen[str]:
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[1] / 'flows')!r})\n"
        "from verify_articles import verify_articles\n"
        f"state = verify_articles({settings!r}, return_state=True)\n"
        "print(state.type.value, state.message)\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder
    )


def test_a_cluster_as_documented_listens_on_this_machine_alone(cluster: Cluster) -> None:
    with Client(cluster.address, set_as_default=False, timeout=400) as client:
        client.wait_for_workers(2, timeout=400)
        for process in (cluster.scheduler, *cluster.workers):
            listening = [c for c in psutil.Process(process.pid).net_connections("inet") if c.status == "LISTEN"]
            assert listening
            assert {connection.laddr.ip for connection in listening} == {"127.0.0.1"}
