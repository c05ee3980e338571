"""What docs/operations.md says is what the program, Prefect and systemd take."""

from __future__ import annotations

import configparser
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from tests.operations import OWN, PATIENCE, assignments, blocks, post
from verify.cli import app
from verify.settings import load_settings

SHELL = [line for block in blocks("sh") for line in block.splitlines()]
UNITS = [configparser.ConfigParser(strict=False, interpolation=None) for _ in blocks("ini", 4)]
for parser, block in zip(UNITS, blocks("ini", 4), strict=True):
    setattr(parser, "optionxform", str)  # noqa: B010  systemd's keys have capitals
    parser.read_string(block)
STARTED = [unit["Service"]["ExecStart"] for unit in UNITS]


@pytest.mark.parametrize(
    "line",
    [line for line in SHELL if line.startswith("verify ")]
    + [line.removeprefix("/opt/verify/.venv/bin/") for line in STARTED if "/verify " in line],
)
def test_commands_of_verify_are_taken(line: str) -> None:
    _, name, *arguments = shlex.split(line)
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    command.make_context(name, arguments)


def test_commands_of_prefect_are_run_by_tests() -> None:
    """Section 2 starts the server as `local_server` does; tests/test_schedule.py runs the blocks of section 7."""
    shown = {line for line in SHELL if line.startswith("prefect ")}
    run = {"prefect server start --host 127.0.0.1 --port 4200"}
    run |= {line for block in blocks("sh", 7) for line in block.splitlines()}
    assert shown == run


def test_units_start_what_stands_in_the_text() -> None:
    bins = "/opt/verify/.venv/bin/"
    in_text = {f"{bins}{line}" for line in SHELL if line.startswith(("verify schedule", "prefect server"))}
    assert {line for line in STARTED if line.startswith(bins)} == in_text
    for unit in UNITS:
        assert unit["Service"]["User"] == "verify"
        assert unit["Service"]["Restart"] == "always"
        assert unit["Install"]["WantedBy"] == "multi-user.target"


def test_settings_of_prefect_have_the_effect_that_is_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect.settings import Settings

    for block in (blocks("ini", 2)[0], blocks("ini", 6)[0]):
        for key, value in assignments(block).items():
            monkeypatch.setenv(key, value)
    settings = Settings()
    assert settings.api.url == "http://127.0.0.1:4200/api"
    assert settings.home == Path("/var/lib/verify/prefect")
    server = settings.server
    assert not server.analytics_enabled
    assert not server.ephemeral.enabled
    assert server.concurrency.lease_storage.endswith(".filesystem")
    assert server.services.db_vacuum.enabled_vacuum_types >= {"events", "flow_runs"}
    assert server.database.connection_url is not None
    assert server.database.connection_url.get_secret_value().startswith("postgresql+asyncpg://verify@/prefect?host=/")
    assert set(assignments(blocks("ini", 2)[0])) > OWN


def test_settings_of_the_hook_are_known(tmp_path: Path) -> None:
    settings, _ = load_settings(environ=assignments(blocks("ini", 5)[0]), folder=tmp_path)
    assert settings.notify_command == ("mail", "-s", "verify: a run failed", "desk@example.org")
    assert settings.notify_url.get_secret_value() == "https://chat.example.org/hooks/SECRET"


@pytest.mark.flow
def test_the_automations_are_taken_by_a_server(server: str, tmp_path: Path) -> None:
    (script,) = blocks("python", 5)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    made = {row["name"]: row for row in post(f"{server}/automations/filter", {})}
    assert {name for name in made if name.startswith("tell the desk")} | {"mark runs that were cut off"} <= set(made)
    assert len(made) == script.count("Automation(\n")
    assert all(row["enabled"] for row in made.values())
