"""Stages as tasks of Prefect: what is retried, and what Prefect is kept from doing with articles and records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.utilities.annotations import quote

from verify.errors import DatasetError, InputError

CALLS: Counter[str] = Counter()  # task runs of this process by stage, to compare with what the server recorded


def stage(function: Callable[..., Any], **options: Any) -> Callable[..., Any]:
    """Make a task of a stage.

    Results stay in memory, and arguments are quoted: Prefect would otherwise search every article and record in
    them for futures.
    """
    made: Any = task(cache_policy=NO_CACHE, persist_result=False, **options)(function)

    def call(*arguments: Any) -> Any:
        CALLS[made.name] += 1
        return made(*(quote(argument) for argument in arguments))

    return call


def is_passing(_task: Any, _run: Any, state: State[Any]) -> bool:
    """Tell whether a task failed by something that can pass by itself: a file or folder that is busy or away."""
    return isinstance(state.result(raise_on_failure=False), OSError | InputError | DatasetError)


# Finding, reading and publishing touch files; the other stages would only fail again.
RETRY: dict[str, Any] = {"retries": 2, "retry_delay_seconds": [1, 5], "retry_condition_fn": is_passing}
