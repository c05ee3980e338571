"""Collect garbage more rarely while many records are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Records hold no cycles, yet each pass of the collector looks at all of them: with Python's own thresholds that is
# half of the time it takes to read a thousand analyses back. More rarely still, what spaCy leaves in cycles piles up.
_RARELY = (50_000, 10, 10)


@contextmanager
def collected_rarely() -> Iterator[None]:
    """Let the block make records undisturbed; the thresholds from before come back with its end."""
    before = gc.get_threshold()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
