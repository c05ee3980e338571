"""Multiply matrices on one thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from threadpoolctl import ThreadpoolController


@contextmanager
def one_thread() -> Iterator[None]:
    """Let the libraries that multiply matrices use one thread while the block runs.

    A parse and the models of the extraction multiply thousands of small matrices. A second thread has nothing to do in
    them, and numpy's OpenBLAS lets it wait for the next one in a loop that takes a whole processor: it burned as many
    processor seconds as the extraction itself, and would take them from a worker process beside it.
    """
    with _libraries().limit(limits=1, user_api="blas"):
        yield


@cache
def _libraries() -> ThreadpoolController:
    """Return the way to the libraries; all of them are loaded with a pipeline."""
    return ThreadpoolController()
