"""Serve the flow on a schedule, and set right what a power loss left behind; the only room that calls Prefect.

Prefect reads its settings when it is imported, so it is imported inside the functions.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import filelock

from verify import notify
from verify.console import say
from verify.errors import COMMAND_LINE, ConfigError, ScheduleError

if TYPE_CHECKING:
    from uuid import UUID

    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun, State
    from prefect.schedules import Schedule

FLOW = "verify-articles"
ENTRYPOINT = "verify_articles.py:verify_articles"
START = (
    "Start a server with `prefect server start --host 127.0.0.1 --port 4200`, say where it is with "
    "`export PREFECT_API_URL=http://127.0.0.1:4200/api`, and run this again; docs/operations.md has the whole way."
)
# The embedded server that Prefect would start instead loses the records of most task runs and all schedules.
QUIET = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false"}


def when(*, cron: str = "", timezone: str = "UTC", every: float = 0) -> Schedule:
    """Return the schedule of a cron expression, or of an interval where there is none.

    Args:
        cron: Five fields: minute, hour, day, month, day of week.
        timezone: Of the cron expression, by its IANA name.
        every: Seconds between two runs.

    Raises:
        ConfigError: One of them cannot be used.
    """
    _quieten()
    from prefect.schedules import Cron, Interval

    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError("--timezone", timezone, "an IANA name, as Europe/Berlin", COMMAND_LINE) from None
    if every < 0 or (cron and len(cron.split()) != 5):
        raise ConfigError("--cron, --every", cron or every, "five fields, or seconds above 0", COMMAND_LINE)
    try:
        return Cron(cron, timezone=timezone) if cron else Interval(every)
    except ValueError as error:
        raise ConfigError("--cron", cron, f"a cron expression of five fields ({error})", COMMAND_LINE) from None


def serve(name: str, schedule: Schedule, parameters: Mapping[str, Any]) -> None:
    """Serve the flow until the process is ended; one run at a time.

    What an earlier process left running is marked as crashed first, and told to those whom the settings name. A run
    that is due while another goes on waits for it. When the process is asked to end, the schedule is paused; the next
    start resumes it.

    Args:
        name: The deployment's name.
        schedule: When a run is due.
        parameters: The flow's parameters: `settings`, and `config`.

    Raises:
        ScheduleError: No server answers, or the deployment is served on this machine already.
    """
    with server() as client, _alone(name):
        if left := sweep(client, name):
            notify.tell(notify.hooks(parameters), f"verify: runs that were cut off: {', '.join(left)}")
        from prefect.flows import load_flow_from_entrypoint
        from prefect.settings import get_current_settings

        flow: Any = load_flow_from_entrypoint(f"{flows_folder()}/{ENTRYPOINT}")
        say(f"serving {FLOW}/{name} until this process is ended; its runs: {get_current_settings().ui_url}/runs")
        options = {"parameters": dict(parameters), "limit": 1, "print_starting_message": False}
        try:
            with suppress(SystemExit):  # how Prefect leaves when the process is asked to end
                flow.serve(name=name, schedule=schedule, pause_on_shutdown=False, **options)
        finally:
            _pause(client, name)


@contextmanager
def server() -> Iterator[SyncPrefectClient]:
    """Yield a client of the Prefect server that the environment or the Prefect profile names.

    Raises:
        ScheduleError: None is named, or the one named does not answer.
    """
    _quieten()
    from prefect.client.orchestration import get_client
    from prefect.settings import get_current_settings

    url = get_current_settings().api.url
    if not url:
        raise ScheduleError("no Prefect server is named: PREFECT_API_URL is not set", START)
    with get_client(sync_client=True) as client:
        if error := client.api_healthcheck():
            raise ScheduleError(f"no Prefect server answers at {url} ({type(error).__name__})", START)
        yield client


def sweep(client: SyncPrefectClient, deployment: str = "") -> list[str]:
    """Set right what a process or machine that was cut off left behind on the server.

    Runs that the server takes for running become Crashed. Of the runs that were due meanwhile all but the last are
    skipped: one run reads what is there now, and more would read the same.

    Args:
        client: Of the server.
        deployment: Its name; runs of all deployments of the flow without.

    Returns:
        The names of the runs that were taken for running.
    """
    from prefect.states import Crashed

    left = _runs(client, deployment, ["RUNNING", "PENDING", "CANCELLING"])
    crashed: State[Any] = Crashed(message="The process was cut off; marked by verify.")
    for run in left:
        client.set_flow_run_state(run.id, crashed, force=True)
    for runs in _due(client, deployment).values():
        _skip(client, runs[:-1])
    return [run.name for run in left]


def skip_due(deployment: str) -> int:
    """Skip the runs of a deployment that are due: the one that goes on now reads what they would have read.

    Without it, runs that take longer than the time between two of them would queue up without end.

    Returns:
        How many runs were skipped.
    """
    with server() as client:
        runs = [run for due in _due(client, deployment).values() for run in due]
        _skip(client, runs)
    return len(runs)


def flows_folder() -> Path:
    """Return the folder of the flows: inside the package in a wheel, beside `src` in a checkout."""
    packaged = Path(str(files("verify") / "flows"))
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "flows"


def _pause(client: SyncPrefectClient, name: str) -> None:
    """Pause the schedule, so that no runs become due while nothing serves them.

    Prefect would do it itself, but on SIGTERM its loop ends before the server has been asked.
    """
    try:
        client.pause_deployment(client.read_deployment_by_name(f"{FLOW}/{name}").id)
    except Exception as error:  # the server may be gone; the process ends all the same
        say(f"the schedule '{name}' could not be paused ({type(error).__name__})")


def _quieten() -> None:
    """Set what Prefect reads when it is imported."""
    for key, value in QUIET.items():
        os.environ.setdefault(key, value)


def _runs(client: SyncPrefectClient, deployment: str, states: list[str]) -> list[FlowRun]:
    """Return the flow's runs in some states; at most 200, which is what the server gives at once."""
    from prefect.client.schemas import filters

    return client.read_flow_runs(
        flow_filter=filters.FlowFilter(name={"any_": [FLOW]}),
        deployment_filter=filters.DeploymentFilter(name={"any_": [deployment]}) if deployment else None,
        flow_run_filter=filters.FlowRunFilter(state={"type": {"any_": states}}),
    )


def _due(client: SyncPrefectClient, deployment: str) -> dict[UUID | None, list[FlowRun]]:
    """Return the runs that are due and have not begun, by deployment and from the first to the last."""
    now = datetime.now(UTC)
    due: dict[UUID | None, list[FlowRun]] = {}
    for run in _runs(client, deployment, ["SCHEDULED"]):
        if run.auto_scheduled and run.expected_start_time and run.expected_start_time <= now:
            due.setdefault(run.deployment_id, []).append(run)
    return {key: sorted(runs, key=lambda run: run.expected_start_time or now) for key, runs in due.items()}


def _skip(client: SyncPrefectClient, runs: Iterable[FlowRun]) -> None:
    from prefect.states import Cancelled

    for run in runs:
        client.set_flow_run_state(run.id, Cancelled(message="Skipped: another run reads the same."), force=True)


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Hold a lock for the deployment on this machine, which the system frees when the process dies."""
    from prefect.settings import get_current_settings

    home = get_current_settings().home
    home.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(home / f"verify-{name}.lock", blocking=False):
            yield
    except filelock.Timeout:
        hint = "End that process first, or give this schedule another --name."
        raise ScheduleError(f"the schedule '{name}' is served on this machine already", hint) from None
