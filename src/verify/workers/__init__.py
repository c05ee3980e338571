"""Many articles at once: the same stages in this process, or in worker processes beside it."""

from verify.workers.batches import cut, length
from verify.workers.crew import Alone, Crew, each, hire
from verify.workers.jobs import EXTRACT, READ, Brief, brief, extract, extract_told, open_run
from verify.workers.pool import Pool

__all__ = [
    "EXTRACT",
    "READ",
    "Alone",
    "Brief",
    "Crew",
    "Pool",
    "brief",
    "cut",
    "each",
    "extract",
    "extract_told",
    "hire",
    "length",
    "open_run",
]
