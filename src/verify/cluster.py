"""A Dask cluster as a crew: batches of articles go out through Prefect's Dask task runner, and records come back.

A worker that dies is Dask's concern: it gives the batch to another one. A batch that ends worker after worker is cut
into single articles here, and an article that does so alone becomes an issue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from distributed import KilledWorker
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect_dask.task_runners import DaskTaskRunner

from verify import remote, workers
from verify.articles import Corpus, InputFile
from verify.context import Extracted, Run
from verify.errors import WorkerError
from verify.models import Article
from verify.settings import Settings
from verify.workers import EXTRACT, Crew, logs

LOOPBACK = "127.0.0.1"  # Dask's protocol runs what it is sent, so a cluster of one's own is nobody else's
AHEAD = 2  # batches in hand for each thread of the cluster, so that none waits for the next one
_extract: Any = task(name="extract", cache_policy=NO_CACHE, persist_result=False)(remote.extract)
# Prefect sends the flow with each of its task runs. This one goes in its place: the flow itself would have to be
# importable everywhere, and the scheduler would load all that it needs. Of it, a task run needs the name.
_STAND_IN: Any = flow(name="verify-articles")(remote.extract)


class Cluster:
    """A crew whose extraction is done by a Dask cluster; it reads where the flow is, since the files are there."""

    def __init__(self, runner: DaskTaskRunner, run: Run, reader: Crew, calls: Counter[str]) -> None:
        self._runner, self._told, self._reader, self._calls = runner, workers.brief(run), reader, calls
        self.at_once = AHEAD * _threads(runner)

    def read(self, batch: Sequence[InputFile]) -> Corpus:
        """Read the articles of some files."""
        return self._reader.read(batch)

    def extract(self, batch: Sequence[Article]) -> Extracted:
        """Clean, parse and extract some articles on the cluster."""
        self._calls["extract"] += 1
        try:
            found, records = remote.unpack(self._submit(remote.pack(batch, self._told)))
        except KilledWorker as error:
            if len(batch) == 1:
                return EXTRACT.give_up(batch[0], f"every Dask worker that had it died: {error}")
            return EXTRACT.join([self.extract([article]) for article in batch])
        logs.replay(records)
        return found

    def _submit(self, sent: bytes) -> bytes:
        """Have one batch done on the cluster, as a task run of the flow."""
        run = FlowRunContext.get()
        assert run is not None
        with run.model_copy(update={"flow": _STAND_IN}):
            future = self._runner.submit(_extract, {"sent": sent})
        answer: bytes = future.result()
        return answer


@contextmanager
def open_cluster(run: Run, reader: Crew, calls: Counter[str]) -> Iterator[Crew]:
    """Connect to the scheduler of the settings, or start a cluster on this machine for as long as the block runs.

    Args:
        run: Whose articles are extracted.
        reader: Reads the files.
        calls: Counts the task runs by stage.

    Raises:
        WorkerError: The scheduler does not answer.
    """
    with make_runner(run.settings) as runner:
        yield Cluster(runner, run, reader, calls)


def make_runner(settings: Settings) -> DaskTaskRunner:
    """Return Prefect's task runner for the settings `dask_address` and `processes`."""
    if settings.dask_address:
        return DaskTaskRunner(address=settings.dask_address)
    own = {"n_workers": settings.processes, "threads_per_worker": 1, "host": LOOPBACK, "dashboard_address": None}
    return DaskTaskRunner(cluster_kwargs=own)


def _threads(runner: DaskTaskRunner) -> int:
    """Return how many threads the cluster has now.

    Raises:
        WorkerError: The scheduler does not answer.
    """
    try:
        threads: dict[str, int] = runner.client.nthreads()  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError) as error:
        raise WorkerError(
            f"The Dask scheduler cannot be reached: {error}", "Start it, or correct `dask_address`."
        ) from error
    return max(1, sum(threads.values()))
