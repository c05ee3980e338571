"""Collect garbage more rarely while many records are made, and give free memory back when that is done."""

from __future__ import annotations

import atexit
import ctypes
import gc
import sys
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


def end_quickly() -> None:
    """Let this process end without looking for cycles in all that it holds: that takes a second after a run."""
    atexit.register(gc.freeze)


def give_back() -> None:
    """Return free memory to the system, where the C library can (glibc); cycles must have been collected before.

    The matrices of a parse leave hundreds of megabytes of holes that neither Python's objects nor Arrow's tables can
    lie in: those have pools of their own.
    """
    if arrow := sys.modules.get("pyarrow"):
        arrow.default_memory_pool().release_unused()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
