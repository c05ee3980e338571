"""The commands `verify history` and `verify rollback`: arguments in, a call of `history`, rows or a line out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verify import show
from verify.console import say

if TYPE_CHECKING:
    from verify.settings import Settings

Output = Annotated[str | None, typer.Option("--output", "-o", help="Folder or address that datasets are published in.")]
Config = Annotated[Path | None, typer.Option("--config", help="Configuration file, instead of verify.toml.")]


def history(
    output: Output = None,
    format: Annotated[show.Format, typer.Option("--format", "-f", help="How rows are printed.")] = show.Format.TABLE,  # noqa: A002
    config: Config = None,
) -> None:
    """List the datasets that were published, the newest first, and which of them is the latest.

    Example: verify history -o data/curated
    """
    from verify.history import history as published

    show.rows(published(_settings(output, config).output), format)


def rollback(
    run: Annotated[str, typer.Argument(help="Id of a run, or the beginning of one; the one before without.")] = "",
    output: Output = None,
    config: Config = None,
) -> None:
    """Make an earlier dataset the latest one again; the next run publishes as always.

    Example: verify rollback 20261123070000
    """
    from verify.history import roll_back
    from verify.mirror import push

    settings = _settings(output, config)
    say(f"the latest dataset is {roll_back(settings.output, run)}")
    if settings.publish_to:
        push(settings.output, settings.publish_to)


def _settings(output: str | None, config: Path | None) -> Settings:
    from verify.settings import load_settings

    return load_settings({"output": output}, config=config)[0]
