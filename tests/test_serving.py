"""What is set right on the server before and during a run, with a client that remembers what it was told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from verify import serving
from verify.cli_schedule import _parameters
from verify.errors import ConfigError

HOURLY, NIGHTLY = uuid4(), uuid4()
NOW = datetime.now(UTC)


def run(name: str, state: str, hours: float, deployment: UUID = HOURLY, asked: bool = False) -> SimpleNamespace:
    """Make a run that was due some hours ago."""
    due = NOW - timedelta(hours=hours)
    return SimpleNamespace(
        id=name, name=name, state=state, deployment_id=deployment, expected_start_time=due, auto_scheduled=not asked
    )


class Client:
    """A Prefect client that has some runs and keeps the states they are set to."""

    def __init__(self, *runs: SimpleNamespace) -> None:
        self.runs = runs
        self.set: dict[str, str] = {}

    def read_flow_runs(self, *, flow_run_filter: Any, **_: Any) -> list[SimpleNamespace]:
        states = {state.value for state in flow_run_filter.state.type.any_}
        return [run for run in self.runs if run.state in states]

    def read_deployment_by_name(self, name: str) -> SimpleNamespace:
        return SimpleNamespace(id=name)

    def pause_deployment(self, name: str) -> None:
        self.set[name] = "PAUSED"

    def set_flow_run_state(self, name: str, state: Any, *, force: bool) -> None:
        assert force
        self.set[name] = state.type.value


RUNS = (
    run("cut-off", "RUNNING", 5),
    run("claimed", "PENDING", 4),
    run("second", "SCHEDULED", 2),
    run("first", "SCHEDULED", 3),
    run("third", "SCHEDULED", 1),
    run("at-night", "SCHEDULED", 9, NIGHTLY),
    run("asked-for", "SCHEDULED", 1, asked=True),
    run("to-come", "SCHEDULED", -1),
)


def test_sweep_ends_what_was_cut_off_and_leaves_one_run_to_make_up() -> None:
    client: Any = Client(*RUNS)
    assert serving.sweep(client) == ["cut-off", "claimed"]
    assert client.set == {"cut-off": "CRASHED", "claimed": "CRASHED", "first": "CANCELLED", "second": "CANCELLED"}


def test_a_run_skips_what_is_due_but_not_what_a_person_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    client = Client(*(run for run in RUNS if run.deployment_id == HOURLY))
    monkeypatch.setattr(serving, "server", lambda: nullcontext(client))
    assert serving.skip_due("hourly") == 3
    assert set(client.set) == {"first", "second", "third"}


def test_a_schedule_is_paused_and_a_server_that_is_gone_stops_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    client: Any = Client()
    serving._pause(client, "hourly")
    assert client.set == {"verify-articles/hourly": "PAUSED"}
    serving._pause(None, "hourly")  # type: ignore[arg-type]
    assert "could not be paused" in capsys.readouterr().err


def test_the_flow_gets_what_the_command_line_gave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given = {"input": ["raw", "memory://news"], "output": "memory://desk", "model": None}
    settings = {"input": ["raw", "memory://news"], "output": "memory://desk"}
    assert _parameters(given, None) == {"settings": settings}
    (tmp_path / "desk.toml").write_text("keep = -1\n")
    with pytest.raises(ConfigError, match="keep"):
        _parameters(given, Path("desk.toml"))


def test_the_flow_is_where_the_package_looks_for_it() -> None:
    assert (serving.flows_folder() / Path(serving.ENTRYPOINT.partition(":")[0])).is_file()
