"""What a dataset was made from and with: enough to make it again, nothing that names a machine or a moment."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify import nlp
from verify.settings import OPERATION

if TYPE_CHECKING:
    from verify.models import Article
    from verify.settings import Settings

PLACES = {"input", "output", "publishers", "model"}  # paths of one machine; what stood there is hashed instead
PARTS = ("spacy", "pandas", "pyarrow", "great_expectations")


def provenance(articles: Iterable[Article], settings: Settings) -> dict[str, Any]:
    """Return what stands under `provenance` in `datapackage.json`.

    Args:
        articles: All articles that were read; each one's own hash stands in `articles.csv`.
        settings: The settings of the run, which name the spaCy pipeline; those that are places are left out.

    Raises:
        ModelError: The pipeline is not there any more.
    """
    pipeline = nlp.locate(settings.model)
    rows = sorted((a.path, a.row or 0, a.text_sha256, str(a.published_at), a.publisher_id or "") for a in articles)
    return {
        "program": {"name": "verify", "version": metadata.version("verify")},
        "python": ".".join(map(str, sys.version_info[:2])),
        "libraries": {part: metadata.version(part) for part in PARTS},
        "pipeline": nlp.describe(pipeline) | {"sha256": folder_hash(pipeline)},
        "settings": settings.model_dump(mode="json", exclude=PLACES | OPERATION),
        "inputs": {"articles": len(rows), "sha256": hashlib.sha256(repr(rows).encode("utf-8", "replace")).hexdigest()},
    }


def folder_hash(folder: Path, leave_out: Iterable[str] = ()) -> str:
    """Hash the names and bytes of all files of a folder, at any depth, but for compiled Python.

    Args:
        folder: A folder.
        leave_out: Names of folders in it that do not count.
    """
    left_out = set(leave_out)
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        name = path.relative_to(folder)
        if not left_out.intersection(name.parts):
            found.update(name.as_posix().encode("utf-8", "surrogateescape"))
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
