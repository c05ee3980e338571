"""What is sent to another machine and back: bytes, and a function that loads nothing until it is called.

A scheduler between the two unpacks what it passes on, functions and arguments. With this it passes on bytes: it need
not load spaCy and pandas, which would keep it from answering for seconds, nor hold articles as objects.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging
    from collections.abc import Sequence

    from verify.context import Extracted
    from verify.models import Article
    from verify.workers import Brief


def extract(sent: bytes) -> bytes:
    """Clean, parse and extract a batch of articles; runs on the other machine.

    Args:
        sent: From `pack`.

    Returns:
        For `unpack`.
    """
    from verify.workers import extract_told

    batch, told = pickle.loads(sent)
    return pickle.dumps(extract_told(batch, told))


def pack(batch: Sequence[Article], told: Brief) -> bytes:
    """Return a batch of articles and what must be known for it."""
    return pickle.dumps((tuple(batch), told))


def unpack(answer: bytes) -> tuple[Extracted, list[logging.LogRecord]]:
    """Return what was extracted, and the log lines of the meantime."""
    found: tuple[Extracted, list[logging.LogRecord]] = pickle.loads(answer)
    return found
