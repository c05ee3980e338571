"""A sample project to start from: one article, a publishers table and a configuration file."""

from __future__ import annotations

from pathlib import Path

from verify.errors import InputError
from verify.settings import Settings

ARTICLE = """---
title: Harbour bridge to reopen in June
url: https://news.example.org/harbour-bridge
published_at: 2024-05-14
byline: Staff
---
The harbour bridge will reopen on 3 June, the city council said on Tuesday. The bridge has been closed since March, when
inspectors found cracks in two of its cables.

According to two engineers, the repair may cost more than 4 million dollars. The council has not confirmed the figure.
"""
PUBLISHERS = """publisher_id,name,domains,kind,country,reliability
example-news,Example News,news.example.org,newspaper,USA,
"""


def make_project(folder: Path) -> list[Path]:
    """Write the sample project.

    Args:
        folder: Where; made if it is missing.

    Returns:
        The files written.

    Raises:
        InputError: One of the files is there already; nothing is overwritten.
    """
    files = {
        folder / "data" / "raw" / "harbour-bridge.md": ARTICLE,
        folder / "data" / "publishers.csv": PUBLISHERS,
        folder / "verify.toml": _configuration(),
    }
    for path in files:
        if path.exists():
            raise InputError(path, "is there already", "Choose an empty folder: verify init DIR")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return list(files)


def _configuration() -> str:
    """Return every setting with its default, commented out, and its meaning."""
    lines = ["# Settings of verify; the value shown is the default.", ""]
    for key, field in Settings.model_fields.items():
        value = Settings().model_dump(mode="json")[key]
        text = str(value).lower() if isinstance(value, bool) else repr(value).replace("'", '"')
        lines += [f"# {field.description}", f"# {key} = {text}", ""]
    return "\n".join(lines)
