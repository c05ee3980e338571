"""How a command ends: an exit code, and for a person what went wrong.

0 published (or done), 1 a critical expectation failed or an article could not be read, 2 wrong usage or configuration,
3 environment or unexpected error, 130 interrupted.
"""

from __future__ import annotations

import traceback

import typer

from verify import errors
from verify.console import say

OK, FOUND_PROBLEMS, WRONG_USAGE, BROKEN, INTERRUPTED = 0, 1, 2, 3, 130
_USAGE_ERRORS = (errors.ConfigError, errors.InputError)


def report_error(error: BaseException, *, debug: bool = False) -> int:
    """Print an error for a person and return its exit code.

    Args:
        error: What ended a command.
        debug: Show where it was raised as well.
    """
    if isinstance(error, typer.Exit):
        return int(error.exit_code)
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return interrupted()
    if isinstance(error, typer.TyperException):
        said = error.format_message() if hasattr(error, "format_message") else str(error)
        say(f"error: {said} See: verify --help")
        return WRONG_USAGE
    if debug:
        traceback.print_exception(error)
    else:
        unexpected = "" if isinstance(error, errors.VerifyError) else f"unexpected {type(error).__name__}: "
        say(f"error: {unexpected}{error}" + ("" if not unexpected else " (--debug shows where)"))
    if isinstance(error, _USAGE_ERRORS):
        return WRONG_USAGE
    return FOUND_PROBLEMS if isinstance(error, errors.ValidationFailed) else BROKEN


def interrupted() -> int:
    """Say that nothing came of the command, and return its exit code."""
    say("interrupted; nothing was published")
    return INTERRUPTED
