"""Bytes to text."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from verify.articles.problems import Problem
from verify.terms import IssueReason

if TYPE_CHECKING:
    from pathlib import Path

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"\x7fELF", b"\xd0\xcf\x11\xe0")
_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)
# Encodings that a page may declare. HTML reads Latin-1 and ASCII as Windows-1252 (WHATWG Encoding Standard).
_DECLARED = re.compile(r"utf-8|cp125\d|iso8859-\d{1,2}|koi8-[rtu]|gb|big5|euc_|shift_jis|mac-")
_AS_WINDOWS = ("iso8859-1", "ascii")
_MAX_CONTROL = 0.1  # share of control characters above which decoded bytes are not text


def read_bytes(path: Path, max_bytes: int, setting: str = "") -> bytes:
    """Read a file whole.

    Args:
        path: Where it is.
        max_bytes: The most bytes it may have.
        setting: The setting that says so, if one does.

    Raises:
        Problem: It cannot be opened or read, or is longer than `max_bytes`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise Problem(IssueReason.UNREADABLE, f"the file cannot be read: {error.strerror}") from None
    if len(data) > max_bytes:
        hint = f" or raise the limit `{setting}`" if setting else ""
        raise Problem(IssueReason.TOO_LONG, f"longer than {max_bytes} bytes; split it{hint}")
    return data


def decode(data: bytes, *, is_html: bool = False, offset: int = 0) -> str:
    """Turn the bytes of a file into text: UTF-8, UTF-16 with a byte order mark, or what an HTML page declares.

    Args:
        data: The bytes; a byte order mark at their beginning is left out of the text.
        is_html: Whether a `charset` in the first kilobytes counts.
        offset: Where the bytes begin in their file, for the position of a problem.

    Raises:
        Problem: The bytes are not text, or not in an encoding that is known; with the position of the first
            byte that cannot be decoded.
    """
    bom, encoding = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), (b"", ""))
    if not encoding:
        _check_text(data, offset)
        encoding = _declared(data) if is_html else "utf-8"
    try:
        text = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        at = len(bom) + error.start
        detail = f"byte 0x{data[at]:02x} is not {encoding.upper()}; expected UTF-8, or UTF-16 with a byte order mark"
        raise Problem(IssueReason.UNDECODABLE, detail, offset + at) from None
    if sum(c < " " and c not in "\t\n\r\f\v" for c in text[:8192]) > _MAX_CONTROL * len(text[:8192]):
        raise Problem(IssueReason.BINARY, "mostly control characters; expected text", offset)
    return text


def _check_text(data: bytes, offset: int) -> None:
    """Raise a Problem for bytes that are not text in any encoding without a byte order mark."""
    if data.startswith(_MAGIC):
        raise Problem(IssueReason.BINARY, f"begins with {data[:4]!a}, a binary format; expected text", offset)
    zero = data.find(b"\0", 0, 8192)
    if zero >= 0:
        raise Problem(IssueReason.BINARY, "a zero byte; expected text", offset + zero)


def _declared(data: bytes) -> str:
    """Return the encoding that an HTML page declares; UTF-8 if it declares none or none that is known."""
    found = _CHARSET.search(data, 0, 4096)
    if not found:
        return "utf-8"
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return "utf-8"
    if name in _AS_WINDOWS:
        return "cp1252"
    return name if _DECLARED.match(name) else "utf-8"
