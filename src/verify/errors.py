"""The errors of the package; every message says what happened, the value, what was expected and what to do.

    VerifyError
      ConfigError        a setting is unknown or has a value it cannot have
      InputError         a file or folder named by the user cannot be used at all
      ModelError         a spaCy pipeline is missing or lacks what the extraction needs
      SchemaError        a table does not have the columns or values its schema promises
      ValidationFailed   a critical expectation failed, so nothing was published
      DatasetError       a published dataset is missing, damaged or locked
      WorkerError        a worker process or machine cannot do its part of the run
      ScheduleError      a schedule cannot be served: no Prefect server answers, or it is served already

Problems inside single articles are never raised: they become rows of the `issues` table.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMAND_LINE = "command line"  # an origin of settings


class VerifyError(Exception):
    """What every error of this package inherits from.

    Args:
        message: What happened, with the value, and what was expected.
        hint: The next step for the person who reads it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message} {hint}".strip())

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by state: an exception is made anew from its message alone, which few of these can be."""
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[VerifyError], arguments: tuple[Any, ...], state: dict[str, Any]) -> VerifyError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(state)
    return error


class ConfigError(VerifyError):
    """A setting is unknown or has a value it cannot have.

    Args:
        key: The setting's name as it is written in the file.
        value: The value found.
        expected: What it may be.
        origin: Where the value came from (a file, an environment variable, the command line).
        hint: The next step.
    """

    def __init__(self, key: str, value: object, expected: str, origin: str, hint: str = "") -> None:
        self.key, self.value, self.expected, self.origin = key, value, expected, origin
        super().__init__(f"{origin}: setting '{key}' is {value!r}; expected {expected}.", hint)


class InputError(VerifyError):
    """A file or folder named by the user cannot be used at all."""

    def __init__(self, path: Path | str, reason: str, hint: str = "") -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}.", hint)


class ModelError(VerifyError):
    """A spaCy pipeline is missing or lacks what the extraction needs."""

    def __init__(self, name: str, reason: str, hint: str = "") -> None:
        self.name, self.reason = name, reason
        super().__init__(f"spaCy pipeline '{name}': {reason}.", hint)


class SchemaError(VerifyError):
    """A table does not have the columns or values its schema promises."""

    def __init__(self, table: str, column: str, expected: str, found: object, hint: str = "") -> None:
        self.table, self.column, self.expected, self.found = table, column, expected, found
        super().__init__(f"{table}: column '{column}' has {found}; expected {expected}.", hint)


class ValidationFailed(VerifyError):
    """A critical expectation failed, so nothing was published.

    Args:
        failures: One line for each expectation that stands against publication.
        page: The validation page that was kept, if one was.
    """

    def __init__(self, failures: Sequence[str], page: Path | None = None) -> None:
        self.failures, self.page = tuple(failures), page
        shown = "; ".join(self.failures[:5]) + ("; ..." if len(self.failures) > 5 else "")
        where = f" Their rows stand in {page}." if page else ""
        super().__init__(
            f"{len(self.failures)} expectations failed: {shown}.",
            f"Nothing was published; the last dataset is still in place.{where}",
        )


class DatasetError(VerifyError):
    """A published dataset is missing, damaged or locked."""

    def __init__(self, path: Path | str, reason: str, hint: str = "") -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}.", hint)


class ScheduleError(VerifyError):
    """A schedule cannot be served: no Prefect server answers, or the schedule is served already.

    Args:
        reason: What stands in the way.
        hint: What to start or stop.
    """

    def __init__(self, reason: str, hint: str) -> None:
        self.reason = reason
        super().__init__(f"{reason}.", hint)


class WorkerError(VerifyError):
    """A worker process or machine cannot do its part of the run.

    Args:
        reason: What happened.
        hint: What to change.
    """

    def __init__(self, reason: str, hint: str = "") -> None:
        self.reason = reason
        super().__init__(f"{reason}.", hint)
