"""Where things are: a path on this machine, or an address of another file system, as s3://bucket/folder.

Addresses are those of fsspec. A path made of one lists and opens like a `pathlib.Path`, so who reads files need not
know which it is.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Annotated, cast

from pydantic import PlainSerializer, PlainValidator

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:://|::)")
HOMES = Path(".verify")  # below the current folder


def is_address(value: object) -> bool:
    """Tell whether a value is an address; a letter and a colon are a drive, not a scheme."""
    return isinstance(value, str) and bool(_SCHEME.match(value))


def place(value: str | Path) -> Path:
    """Return the path that a string stands for; what is a path already stays as it is.

    Raises:
        ValueError: No such file system is known, or the package that it needs is not installed.
    """
    if not isinstance(value, str) or not is_address(value):
        return Path(value) if isinstance(value, str) else value
    from upath import UPath

    try:
        found = UPath(value)
        found.fs.protocol  # noqa: B018  the file system is made when it is first asked for
    except (ImportError, ValueError) as error:
        raise ValueError(f"a path, or an address that fsspec can open ({error})") from None
    return cast("Path", found)


def is_in_memory(path: Path) -> bool:
    """Tell whether a path lies in the memory of this process, where no other process can read it."""
    return getattr(path, "protocol", "") == "memory"


def home(address: str) -> Path:
    """Return the folder on this machine that datasets for an address are made in."""
    name = re.sub(r"[^A-Za-z0-9.]+", "-", address).strip("-.")[:60]
    return HOMES / f"{name}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"


Place = Annotated[Path, PlainValidator(place), PlainSerializer(str, return_type=str)]
