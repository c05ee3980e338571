"""The command line: arguments in, a call of the library, an exit code out.

Data goes to standard output, everything else to standard error. How a command ends is `cli_exit`'s.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from verify import cli_history, cli_schedule, errors, show
from verify.cli_exit import FOUND_PROBLEMS, INTERRUPTED, OK, interrupted, report_error
from verify.console import say, watch
from verify.garbage import collected_rarely, end_quickly

app = typer.Typer(
    name="verify",
    help="News articles in, a checked and flagged dataset of the claims they make out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# Strings, since a path would lose one of the slashes of an address.
Paths = Annotated[
    list[str] | None, typer.Argument(help="Files, folders and addresses of articles; the setting 'input' without.")
]
Output = Annotated[str | None, typer.Option("--output", "-o", help="Folder or address that datasets are published in.")]
Config = Annotated[Path | None, typer.Option("--config", help="Configuration file, instead of verify.toml.")]
Model = Annotated[str | None, typer.Option("--model", help="spaCy pipeline by name or path.")]
Limit = Annotated[int | None, typer.Option("--limit", help="Read at most this many files.")]
Processes = Annotated[int | None, typer.Option("--processes", help="Processes that read and extract.")]
FailOn = Annotated[str | None, typer.Option("--fail-on", help="Severity that stops publication: critical or warning.")]
Format = Annotated[show.Format, typer.Option("--format", "-f", help="How rows are printed.")]
Dataset = Annotated[str, typer.Argument(help="Folder or address of a dataset, or of several with a 'latest'.")]
Quiet = Annotated[bool, typer.Option("--no-progress", help="Show no progress bar.")]
CURATED = "data/curated"


@app.callback(invoke_without_command=True)
def common(
    verbose: Annotated[int, typer.Option("--verbose", "-v", count=True, help="Log more; twice for everything.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Log errors alone.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    """Set what every command shares."""
    if version:
        show.version()
        raise typer.Exit
    level = logging.ERROR if quiet else (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("trafilatura").setLevel(logging.ERROR)  # what it warns of is a row of issues already
    _OPTIONS["debug"] = debug


@app.command()
def run(
    paths: Paths = None,
    output: Output = None,
    config: Config = None,
    model: Model = None,
    limit: Limit = None,
    processes: Processes = None,
    fail_on: FailOn = None,
    data_docs: Annotated[bool | None, typer.Option("--data-docs", help="Also build Great Expectations' pages.")] = None,
    full: Annotated[
        bool | None, typer.Option("--full", help="Read everything anew, and publish the same again.")
    ] = None,
    keep: Annotated[int | None, typer.Option("--keep", help="Datasets kept, this one included; 0 for all.")] = None,
    no_progress: Quiet = False,
) -> None:
    """Run all stages and publish a dataset.

    Example: verify run data/raw -o data/curated
    """
    from verify.pipeline import run as run_pipeline

    settings, _ = _settings(
        config,
        input=paths or None,
        output=output,
        model=model,
        limit=limit,
        processes=processes,
        fail_on=fail_on,
        data_docs=data_docs,
        full=full,
        keep=keep,
    )
    with watch(no_progress) as progress:
        result = run_pipeline(settings, progress=progress)
    say(result.summary)
    raise typer.Exit(FOUND_PROBLEMS if result.n_unread else OK)


@app.command()
def extract(
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders and addresses of articles, or - for text on standard input.")
    ],
    table: Annotated[str, typer.Option("--table", "-t", help="Which table to print.")] = "claims",
    format: Format = show.Format.JSONL,  # noqa: A002  the name of the option
    config: Config = None,
    model: Model = None,
    limit: Limit = None,
) -> None:
    """Print the claims of some articles; write no file.

    Example: verify extract article.txt --format table
    """
    from verify.api import extract_tables

    settings, _ = _settings(config, input=paths, model=model, limit=limit)
    tables = extract_tables(settings, sys.stdin.read() if paths == ["-"] else None)
    show.rows(_table(tables, table), format)
    for line in show.issue_lines(tables["issues"]):
        say(line)
    raise typer.Exit(FOUND_PROBLEMS if (tables["issues"]["severity"] == "error").any() else OK)


@app.command()
def validate(
    dataset: Dataset = CURATED,
    fail_on: FailOn = None,
    format: Format = show.Format.TABLE,  # noqa: A002
) -> None:
    """Check a published dataset again, or someone else's.

    Example: verify validate data/curated --fail-on warning
    """
    from verify.api import validate_dataset

    settings, _ = _settings(None, fail_on=fail_on)
    report = validate_dataset(dataset)
    show.rows(report.to_frame(), format)
    failures = report.failures(settings.fail_on)
    say(f"{len(failures)} failures at severity {settings.fail_on} or above")
    raise typer.Exit(FOUND_PROBLEMS if failures else OK)


@app.command()
def report(
    dataset: Dataset = CURATED,
    output: Output = None,
    config: Config = None,
    raw: Annotated[list[str] | None, typer.Option("--raw", help="Where the articles' texts are.")] = None,
) -> None:
    """Build the pages of a dataset again.

    Example: verify report data/curated -o pages
    """
    from verify.api import rebuild_pages

    settings, _ = _settings(config, input=raw or None)
    for page in rebuild_pages(dataset, settings, Path(output or "report")):
        typer.echo(page)


@app.command(name="show")
def show_claim(
    claim_id: Annotated[str, typer.Argument(help="Id of a claim, or the beginning of one.")],
    dataset: Annotated[str, typer.Option("--dataset", "-d", help="Folder or address of the dataset.")] = CURATED,
) -> None:
    """Print one claim with its words, its flags and why.

    Example: verify show c_0123456789abcdef
    """
    from verify.dataset import read_dataset

    typer.echo(show.claim(read_dataset(dataset), claim_id))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="Folder or address of the older dataset.")],
    new: Annotated[str, typer.Argument(help="Folder or address of the newer dataset.")],
    format: Format = show.Format.TABLE,  # noqa: A002
) -> None:
    """Print the claims that were added, are gone or have changed.

    Example: verify diff data/curated/runs/OLD data/curated/latest
    """
    from verify.dataset import diff as differences
    from verify.dataset import read_dataset

    show.rows(differences(read_dataset(old), read_dataset(new)), format)


@app.command()
def describe(
    topic: Annotated[str, typer.Argument(help="A table, or 'flags'; all tables without.")] = "",
) -> None:
    """Print what the columns of a table, or the flags, mean.

    Example: verify describe claims
    """
    from verify.dictionary import describe as text

    typer.echo(text(topic or None))


@app.command()
def info(config: Config = None) -> None:
    """Print versions, and every setting with where its value came from.

    Example: verify info
    """
    settings, origins = _settings(config)
    show.info(settings, origins)


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="Where the project is made.")] = Path()) -> None:
    """Make a sample project: an article, a publishers table and a verify.toml.

    Example: verify init my-desk
    """
    from verify.scaffold import make_project

    for path in make_project(folder):
        typer.echo(path)


app.command()(cli_history.history)
app.command()(cli_history.rollback)
app.command()(cli_schedule.schedule)
app.command()(cli_schedule.sweep)
_OPTIONS = {"debug": False}


def _settings(config: Path | None, **given: Any) -> Any:
    from verify.settings import load_settings

    return load_settings(given, config=config)


def _table(tables: Any, name: str) -> Any:
    """Return a table by name, or say which there are."""
    if name not in tables:
        raise errors.ConfigError("--table", name, f"one of {', '.join(tables)}", "command line")
    return tables[name]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; the console script's entry point."""
    command: Callable[..., Any] = typer.main.get_command(app)
    end_quickly()
    try:
        with collected_rarely():  # modules that are loaded are no garbage
            result = command(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except BaseException as error:  # the last place: every error becomes a message and an exit code
        return report_error(error, debug=_OPTIONS["debug"])
    return interrupted() if result == INTERRUPTED else int(result or OK)


if __name__ == "__main__":
    sys.exit(main())
