"""Who does the batches of a flow: its own process, worker processes beside it, or a Dask cluster.

Each batch is a task run of Prefect. `hire` gives the crew that the settings ask for; `verify.pipeline` gives any crew
its batches and remembers what it found, so a run finds the same wherever it works.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from task_runs import CALLS, RETRY, stage
from verify import workers
from verify.articles import Corpus, InputFile
from verify.context import Extracted, Run
from verify.errors import ConfigError
from verify.models import Article
from verify.workers import Crew


def _read(batch: Sequence[InputFile], crew: Crew) -> Corpus:
    return crew.read(batch)


def _extract(batch: Sequence[Article], crew: Crew) -> Extracted:
    return crew.extract(batch)


_read_task = stage(_read, name="read", **RETRY)
_extract_task = stage(_extract, name="extract")


class Here:
    """This machine: the crew of a run without Prefect, each of its batches a task run."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self.at_once = crew.at_once

    def read(self, batch: Sequence[InputFile]) -> Corpus:
        """Read the articles of some files."""
        corpus: Corpus = _read_task(batch, self._crew)
        return corpus

    def extract(self, batch: Sequence[Article]) -> Extracted:
        """Clean, parse and extract some articles."""
        extracted: Extracted = _extract_task(batch, self._crew)
        return extracted


@contextmanager
def hire(run: Run) -> Iterator[Crew]:
    """Return who does the batches of a run; what was started for it ends with the block.

    Raises:
        ConfigError: The settings ask for Dask, which is not installed.
        WorkerError: No Dask scheduler answers.
    """
    if run.settings.runner == "dask":
        try:
            from verify.cluster import open_cluster
        except ModuleNotFoundError as error:
            raise ConfigError("runner", "dask", f"'local': {error}", "settings", "Install verify[dask].") from None

        with open_cluster(run, Here(workers.Alone(run)), CALLS) as crew:
            yield crew
    else:
        with workers.hire(run) as crew:
            yield Here(crew)
