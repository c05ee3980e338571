"""The commands `verify history` and `verify rollback`: arguments in, a call of `history`, rows or a line out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from verify import show
from verify.console import say
from verify.settings import load_settings

Output = Annotated[Path | None, typer.Option("--output", "-o", help="Folder that datasets are published in.")]
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

    show.rows(published(_folder(output, config)), format)


def rollback(
    run: Annotated[str, typer.Argument(help="Id of a run, or the beginning of one; the one before without.")] = "",
    output: Output = None,
    config: Config = None,
) -> None:
    """Make an earlier dataset the latest one again; the next run publishes as always.

    Example: verify rollback 20261123070000
    """
    from verify.history import roll_back

    say(f"the latest dataset is {roll_back(_folder(output, config), run)}")


def _folder(output: Path | None, config: Path | None) -> Path:
    return load_settings({"output": output}, config=config)[0].output
