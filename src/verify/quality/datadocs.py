"""The pages of Great Expectations, on request, beside our own: built from escaped text, without their remote pixel.

Great Expectations writes failing values into its pages as they are, so that script in an article would run there;
every text is escaped before it is judged a second time for these pages.
"""

from __future__ import annotations

import html
import re
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify.quality import gx
from verify.quality.coverage import read_limits
from verify.quality.suites import make_suite
from verify.quality.views import make_views

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "data-docs"
_NOTE = (
    '<p style="padding:.5em 1em;margin:0;background:#fff3cd;color:#533f03">These pages of Great Expectations load '
    "their styles from the network and are bare without it. They do not show how severe an expectation is; "
    "validation.html does.</p>"
)
_PIXEL = re.compile(r"<img\b[^>]{0,2000}\bsrc=[\"']https?://[^>]{0,2000}>", re.I)
_ASSET = re.compile(r"https://great-expectations-web-assets\.[^\s\"'<>)]{1,300}")  # a logo in a style
_BODY = re.compile(r"<body\b[^>]{0,2000}>", re.I)
_MEMORY = {"class_name": "InMemoryStoreBackend"}


def data_docs(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """Build the pages.

    Args:
        frames: All tables.

    Returns:
        The content of each file, by its path below the folder of the run.
    """
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        _build(site, frames)
        files = sorted(path for path in site.rglob("*") if path.is_file())
        return {f"{FOLDER}/{path.relative_to(site).as_posix()}": _clean(path) for path in files}


def _build(site: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    context = gx.new_context(_config(site))
    limits, moment = read_limits(), datetime.now(UTC)
    for name, view in make_views(frames).items():
        suite = make_suite(name, limits, len(view))
        gx.judge_into_docs(context, name, escape(view), suite, moment)
    context.build_data_docs()


def escape(view: pd.DataFrame) -> pd.DataFrame:
    """Escape every text of a table, the names of its rows and those of its columns' values alike."""
    safe = view.copy(deep=False)
    for column in safe.columns[safe.dtypes == "str"]:
        safe[column] = safe[column].map(html.escape, na_action="ignore").astype("str")
    return safe.set_axis(safe.index.map(html.escape), axis="index") if len(safe) else safe


def _clean(path: Path) -> bytes:
    if path.suffix != ".html":
        return path.read_bytes()
    text = _ASSET.sub("", _PIXEL.sub("", path.read_text("utf-8")))
    return _BODY.sub(lambda body: body.group() + _NOTE, text, count=1).encode()


def _config(site: Path) -> dict[str, Any]:
    files = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(site)}
    return {
        "stores": {
            "expectations_store": {"class_name": "ExpectationsStore", "store_backend": _MEMORY},
            "validation_results_store": {"class_name": "ValidationResultsStore", "store_backend": _MEMORY},
            "checkpoint_store": {"class_name": "CheckpointStore", "store_backend": _MEMORY},
            "validation_definition_store": {"class_name": "ValidationDefinitionStore", "store_backend": _MEMORY},
        },
        "expectations_store_name": "expectations_store",
        "validation_results_store_name": "validation_results_store",
        "checkpoint_store_name": "checkpoint_store",
        "data_docs_sites": {
            "pages": {
                "class_name": "SiteBuilder",
                "show_how_to_buttons": False,
                "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
                "store_backend": files,
            }
        },
    }
