"""Rules that no schema can state: functions from the columns of a table to the rows that are as they should be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.terms import ExpectationSeverity, Flag

if TYPE_CHECKING:
    import pandas as pd

Holds = Callable[["pd.DataFrame"], "pd.Series[bool]"]
CRITICAL, WARNING = ExpectationSeverity.CRITICAL, ExpectationSeverity.WARNING


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold of every row of a table."""

    table: str
    name: str
    meaning: str
    severity: ExpectationSeverity
    columns: tuple[str, ...]  # of the table or of its view (see `views`)
    holds: Holds


def rule(table: str, *columns: str, severity: ExpectationSeverity = CRITICAL) -> Callable[[Holds], Rule]:
    """Make a rule of a function: its name is the rule's name, its docstring the meaning.

    Args:
        table: The table whose rows are judged.
        columns: What the function sees of it.
        severity: What a failing row means for publication.
    """

    def make(function: Holds) -> Rule:
        meaning = (function.__doc__ or "").strip()
        return Rule(table, function.__name__.replace("_", " "), meaning, severity, columns, function)

    return make


def has_flag(cells: pd.Series[str], flag: Flag) -> pd.Series[bool]:
    """Say which list cells hold a flag."""
    return cells.str.contains(f'"{flag.value}"', regex=False, na=False)
