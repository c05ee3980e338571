"""Log lines of a worker travel with its results, and are logged again where the run is.

A queue between processes would come to a halt when a process is killed that holds its lock; a list that is part of
the reply cannot.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from logging.handlers import QueueHandler


class _Keeper(QueueHandler):
    """Keep records in a list, in a form that pickles."""

    def enqueue(self, record: logging.LogRecord) -> None:
        """Keep one record; QueueHandler has made text of its arguments and traceback."""
        self.queue.append(record)  # type: ignore[attr-defined]


@contextmanager
def kept() -> Iterator[list[logging.LogRecord]]:
    """Keep all log records of this process while the block runs, and show none of them."""
    records: list[logging.LogRecord] = []
    root = logging.getLogger()
    before, root.handlers = root.handlers, [_Keeper(records)]  # type: ignore[arg-type]
    try:
        yield records
    finally:
        root.handlers = before


def replay(records: Sequence[logging.LogRecord]) -> None:
    """Log records of another process here, under their own names and with their own moments."""
    for record in records:
        logger = logging.getLogger(record.name)
        if logger.isEnabledFor(record.levelno):
            logger.handle(record)
