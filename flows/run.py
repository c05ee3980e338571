"""What `make run` does: the flow on data/raw, with a Prefect server of its own for as long as it runs.

Ends with 0 when a dataset was published, whatever could not be read (the last line says so), with the exit codes
of `verify run` otherwise.
"""

from __future__ import annotations

import sys
from pathlib import Path

from local_server import ServerError, prefect_server, wait_for_task_runs
from verify.console import say

STATE = Path(".prefect")


def main() -> int:
    """Run the flow against a local server and return the exit code."""
    try:
        with prefect_server(STATE) as url:
            return _run(url)
    except ServerError as error:
        say(f"error: {error}")
        return 3
    except KeyboardInterrupt:
        say("interrupted; nothing was published")
        return 130


def _run(url: str) -> int:
    """Run the flow; Prefect is imported here, after its settings stand in the environment."""
    from prefect.logging.handlers import APILogHandler

    from task_runs import CALLS
    from verify.cli_exit import report_error
    from verify_articles import verify_articles

    state = verify_articles(return_state=True)
    APILogHandler().flush()  # the server stops soon, and log lines are sent in the background
    if state.is_completed():
        recorded = wait_for_task_runs(url, str(state.state_details.flow_run_id), CALLS.total())
        say(f"{recorded} of {CALLS.total()} task runs are recorded in {STATE}")
        say(state.message or "")
        return 0
    error = state.result(raise_on_failure=False)
    return report_error(error if isinstance(error, BaseException) else RuntimeError(state.message))


if __name__ == "__main__":
    sys.exit(main())
