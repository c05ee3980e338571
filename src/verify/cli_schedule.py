"""The commands `verify schedule` and `verify sweep`: arguments in, a call of `serving`, a line out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from verify.console import say
from verify.errors import COMMAND_LINE, ConfigError


def schedule(
    paths: Annotated[list[str] | None, typer.Argument(help="Files, folders and addresses, as for run.")] = None,
    cron: Annotated[str, typer.Option("--cron", help="When: minute, hour, day, month, day of week.")] = "",
    timezone: Annotated[str, typer.Option("--timezone", help="Of --cron, as Europe/Berlin.")] = "UTC",
    every: Annotated[float, typer.Option("--every", help="Instead of --cron: seconds between two runs.")] = 0,
    name: Annotated[str, typer.Option("--name", help="Of the deployment on the Prefect server.")] = "scheduled",
    output: Annotated[str | None, typer.Option("--output", "-o", help="Folder or address to publish in.")] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Instead of verify.toml.")] = None,
    model: Annotated[str | None, typer.Option("--model", help="spaCy pipeline by name or path.")] = None,
    fail_on: Annotated[str | None, typer.Option("--fail-on", help="critical or warning.")] = None,
) -> None:
    """Serve the flow: a Prefect server starts a run when one is due, one at a time, until this process is ended.

    Example: verify schedule data/raw --cron "0 * * * *" --timezone Europe/Berlin
    """
    from verify import serving

    if bool(cron) == bool(every):
        raise ConfigError("--cron, --every", f"{cron}, {every:g}", "one of the two", COMMAND_LINE)
    _check_name(name)
    when = serving.when(cron=cron, timezone=timezone, every=every)
    given = {"input": paths or None, "output": output, "model": model, "fail_on": fail_on}
    serving.serve(name, when, _parameters(given, config))


def sweep() -> None:
    """Mark runs that a power loss cut off as crashed; call it only while no run goes on.

    Example: verify sweep
    """
    from verify import serving

    with serving.server() as client:
        left = serving.sweep(client)
    for run in left:
        typer.echo(run)
    say(f"{len(left)} runs marked as crashed")


def _check_name(name: str) -> None:
    """Refuse a name that could not stand in a file name or an address."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}", name):
        raise ConfigError("--name", name, "letters, digits, '-', '_' and '.'", COMMAND_LINE)


def _parameters(given: Mapping[str, object], config: Path | None) -> dict[str, Any]:
    """Return the flow's parameters: what the command line gave, as it gave it.

    The configuration file and the environment are read anew by every run; they are read here once so that a
    mistake in them shows now and not at night.
    """
    from verify.settings import load_settings

    load_settings(given, config=config)
    values = {key: value for key, value in given.items() if value is not None}
    return {"settings": values} | ({"config": str(config.resolve())} if config else {})
