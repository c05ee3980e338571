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
    from spacy.language import Language

    from verify.models import Article
    from verify.settings import Settings

PLACES = {"input", "output", "publishers", "model"}  # paths of one machine; what stood there is hashed instead
PARTS = ("spacy", "pandas", "pyarrow", "great_expectations")


def provenance(articles: Iterable[Article], pipeline: Language, settings: Settings) -> dict[str, Any]:
    """Return what stands under `provenance` in `datapackage.json`.

    Args:
        articles: All articles that were read; each one's own hash stands in `articles.csv`.
        pipeline: The spaCy pipeline.
        settings: The settings of the run; those that are places are left out.
    """
    rows = sorted((a.path, a.row or 0, a.text_sha256, str(a.published_at), a.publisher_id or "") for a in articles)
    return {
        "program": {"name": "verify", "version": metadata.version("verify")},
        "python": ".".join(map(str, sys.version_info[:2])),
        "libraries": {part: metadata.version(part) for part in PARTS},
        "pipeline": nlp.describe(pipeline) | {"sha256": _folder_hash(pipeline.path)},
        "settings": settings.model_dump(mode="json", exclude=PLACES | OPERATION),
        "inputs": {"articles": len(rows), "sha256": hashlib.sha256(repr(rows).encode("utf-8", "replace")).hexdigest()},
    }


def _folder_hash(folder: Path | None) -> str:
    """Hash the names and bytes of all files of a folder; empty for a pipeline that was not loaded from one."""
    if folder is None:
        return ""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
