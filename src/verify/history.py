"""The datasets that were published in a folder, and the way back to an earlier one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from verify import datapackage, runs
from verify.errors import DatasetError
from verify.terms import Confidence, IssueSeverity

DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Counts:
    """What a dataset holds, in a few numbers."""

    articles: int
    claims: int
    review: int  # claims of low confidence
    unread: int  # inputs that could not be read


def count(articles: pd.DataFrame, claims: pd.DataFrame, issues: pd.DataFrame) -> Counts:
    """Count what a dataset holds.

    Args:
        articles: The table of that name.
        claims: The table, with `confidence` at least.
        issues: The table, with `severity` at least.
    """
    return Counts(
        len(articles),
        len(claims),
        int((claims["confidence"] == Confidence.LOW).sum()),
        count_unread(issues),
    )


def count_unread(issues: pd.DataFrame) -> int:
    """Count the inputs that could not be read.

    Args:
        issues: The table, with `severity` at least.
    """
    return int((issues["severity"] == IssueSeverity.ERROR).sum())


def count_published(folder: Path) -> Counts:
    """Count what a published dataset holds.

    Args:
        folder: Of one run.

    Raises:
        DatasetError: A table is missing or cannot be read.
    """
    needed = {"articles": "article_id", "claims": "confidence", "issues": "severity"}
    try:
        frames = [pd.read_parquet(folder / f"{name}.parquet", columns=[column]) for name, column in needed.items()]
    except (OSError, ValueError) as error:
        raise DatasetError(folder, f"cannot be read: {error}", "Go back to another run: verify rollback.") from error
    return count(*frames)


def history(out: Path) -> pd.DataFrame:
    """List the datasets that were published in a folder, the newest first.

    Args:
        out: The folder that holds `runs/` and `latest`.

    Returns:
        Columns run, created (ISO 8601), articles, claims, review (claims of low confidence), is_latest and state,
        which is empty, or `damaged` where a file is missing or is not the one that was published.

    Raises:
        DatasetError: There is no dataset, or `latest.json` names none.
    """
    pointer, folders = runs.latest(out), _require_runs(out)
    named = pointer.run if pointer else None
    rows = [_row(folder) | {"is_latest": folder.name == named} for folder in reversed(folders)]
    frame = pd.DataFrame(rows, columns=["run", "created", "articles", "claims", "review", "is_latest", "state"])
    return frame.astype(dict.fromkeys(("articles", "claims", "review"), "Int64"))


def roll_back(out: Path, run: str = "") -> Path:
    """Make an earlier dataset the latest one again; the next run publishes as always.

    Args:
        out: The folder that holds `runs/` and `latest`.
        run: The id of a run, or the beginning of one; the run before the latest one without it.

    Returns:
        The folder of the run that is the latest now.

    Raises:
        DatasetError: There is no such run, it is damaged, or another run publishes here.
    """
    _require_runs(out)
    try:
        with runs.locked(out):
            runs.sweep(out)
            folder = _chosen(out, run)
            faults = _faults(folder)
            if faults:
                raise DatasetError(
                    folder, f"is not as it was published: {faults[0]}", "Choose another run: verify history"
                )
            runs.point(out, runs.Pointer(folder.name))
            return folder
    except OSError as error:
        raise DatasetError(error.filename or out, f"could not be written: {error.strerror or error}") from error


def _require_runs(out: Path) -> list[Path]:
    folders = runs.find(out)
    if not folders:
        raise DatasetError(out, "holds no dataset", "Make one with: verify run")
    return folders


def _chosen(out: Path, run: str) -> Path:
    """Return the folder of the run that the words stand for."""
    folders, pointer = runs.find(out), runs.latest(out)
    if run:
        found = [folder for folder in folders if folder.name.startswith(run)]
        if len(found) != 1:
            raise DatasetError(out, f"{len(found)} runs begin with {run!r}; expected one", "List them: verify history")
        return found[0]
    earlier = [folder for folder in folders if pointer and folder.name < pointer.run]
    if not earlier:
        raise DatasetError(out, "holds no run before the latest one", "List them: verify history")
    return earlier[-1]


def _row(folder: Path) -> dict[str, object]:
    """Describe one run; what cannot be read of it is missing."""
    row: dict[str, object] = {"run": folder.name, "state": DAMAGED if _faults(folder) else ""}
    try:
        row["created"] = str(json.loads((folder / datapackage.FILE).read_text("utf-8"))["created"])
        counts = count_published(folder)
    except (OSError, ValueError, KeyError, TypeError, DatasetError):
        return row
    return row | {"articles": counts.articles, "claims": counts.claims, "review": counts.review}


def _faults(folder: Path) -> list[str]:
    """Say what is wrong with the files of a run."""
    try:
        return datapackage.problems(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [f"{datapackage.FILE} cannot be read: {error}"]
