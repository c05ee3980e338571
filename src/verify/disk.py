"""Files that must stand on the disk whole before anything names them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write JSON for programs and people."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=False) + "\n", "utf-8", newline="")


def flush(folder: Path) -> None:
    """Bring every file of a folder, and the folder itself, to the disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        (flush_folder if path.is_dir() else flush_file)(path)
    flush_folder(folder)


def flush_file(path: Path) -> None:
    """Bring a file to the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
