"""Find the files to read in the folders that the user names."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verify.articles.problems import Problem
from verify.errors import InputError
from verify.places import place
from verify.terms import IssueReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from verify.models import Issue

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".json", ".jsonl", ".ndjson", ".csv")
SIDE_SUFFIX = ".meta.json"


@dataclass(frozen=True, slots=True, order=True)
class InputFile:
    """A file of articles.

    `name` is its path relative to the input folder, with forward slashes; it is what tables and messages show.
    """

    name: str
    path: Path
    side_file: Path | None = None  # NAME.meta.json beside it


def find_inputs(paths: Iterable[Path | str]) -> tuple[list[InputFile], list[Issue]]:
    """Walk folders for files of articles, at any depth.

    Hidden files and folders are left out. A symbolic link is followed when it leads to a file inside its input
    folder; links to folders inside are not followed, since the folder is read where it lies.

    Args:
        paths: Files, folders and addresses of them; a file that is named is read even if its name is hidden.

    Returns:
        The files in the order of their names, and an issue for whatever cannot be read as an article.

    Raises:
        InputError: A path does not exist.
    """
    files: dict[Path, InputFile] = {}
    issues: list[Issue] = []
    for given in paths:
        for found in _find(_place(given)):
            if isinstance(found, InputFile):
                files.setdefault(found.path, found)
            else:
                issues.append(found)
    return sorted(files.values(), key=lambda file: (file.name, str(file.path))), issues


def _place(given: Path | str) -> Path:
    try:
        return place(given)
    except ValueError as error:
        raise InputError(given, f"cannot be opened: expected {error}", "Install the package that it names.") from None


def _find(root: Path) -> Iterator[InputFile | Issue]:
    """Yield the files and problems of one path."""
    if not root.exists() and not root.is_symlink():
        raise InputError(root, "there is no such file or folder", "Name an existing one; see `verify run --help`.")
    if root.is_dir():
        yield from _walk(root, root)
    else:
        yield from _check(root.parent, root, _siblings(root.parent), is_named=True)


def _walk(root: Path, folder: Path) -> Iterator[InputFile | Issue]:
    """Yield the files and problems of a folder and the folders in it."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Problem(IssueReason.UNREADABLE, f"the folder cannot be listed: {error.strerror}").issue(
            _name(root, folder)
        )
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            if entry.suffix.lower() in SUFFIXES:
                yield Problem(
                    IssueReason.UNSUPPORTED, "a folder, though its name is that of a file; read as a folder"
                ).issue(_name(root, entry))
            yield from _walk(root, entry)
        else:
            yield from _check(root, entry, names)


def _check(root: Path, path: Path, names: set[str], *, is_named: bool = False) -> Iterator[InputFile | Issue]:
    """Yield a file if it is one to read, or else what is wrong with it."""
    name = _name(root, path)
    try:
        if path.name.lower().endswith(SIDE_SUFFIX) and not is_named:
            yield from _check_side_file(name, path, names)
            return
        if path.is_symlink() and not is_named:
            _check_link(root, path)
        if path.is_dir():
            return
        _check_kind(path)
        yield InputFile(name, path, _side_file(path, names))
    except Problem as problem:
        yield problem.issue(name)
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
        yield Problem(IssueReason.UNREADABLE, f"the file cannot be found: {_why(error)}").issue(name)


def _check_link(root: Path, path: Path) -> None:
    """Raise a Problem for a link that leads nowhere or out of the input folder."""
    try:
        target = path.resolve(strict=True)
    except FileNotFoundError:
        raise Problem(IssueReason.UNREADABLE, "a symbolic link that leads to nothing") from None
    if not target.is_relative_to(root.resolve()):
        raise Problem(IssueReason.OUTSIDE_FOLDER, "a symbolic link that leads out of the input folder; not followed")


def _check_kind(path: Path) -> None:
    """Raise a Problem for what is not a regular file of a known type."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise Problem(IssueReason.UNSUPPORTED, "neither a file nor a folder")
    if path.suffix.lower() not in SUFFIXES:
        raise Problem(IssueReason.UNSUPPORTED, f"a file of another type; expected one of {', '.join(SUFFIXES)}")


def _check_side_file(name: str, path: Path, names: set[str]) -> Iterator[Issue]:
    """Yield an issue for a metadata file that belongs to no article."""
    stem = path.name[: -len(SIDE_SUFFIX)]
    if not any(stem in (other, Path(other).stem) and Path(other).suffix.lower() in SUFFIXES for other in names):
        yield Problem(IssueReason.UNSUPPORTED, f"metadata without an article named {stem!r} beside it").issue(name)


def _side_file(path: Path, names: set[str]) -> Path | None:
    """Return the metadata file of an article: `a.txt.meta.json`, or else `a.meta.json`."""
    for name in (path.name + SIDE_SUFFIX, path.stem + SIDE_SUFFIX):
        if name in names:
            return path.with_name(name)
    return None


def _siblings(folder: Path) -> set[str]:
    try:
        return {entry.name for entry in folder.iterdir()}
    except OSError:
        return set()


def _name(root: Path, path: Path) -> str:
    """Return the path relative to its input folder; bytes of it that are not UTF-8 are shown as U+FFFD."""
    name = path.relative_to(root).as_posix() if path != root else root.name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
