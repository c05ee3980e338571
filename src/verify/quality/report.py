"""What the suites found: one outcome for each expectation, and whether the dataset may be published."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from verify.errors import ValidationFailed
from verify.terms import ExpectationSeverity

if TYPE_CHECKING:
    import pandas as pd

MAX_IDS = 100  # failing ids that a report keeps of one expectation; `n_failing` counts all of them
_ORDER = {severity: rank for rank, severity in enumerate(ExpectationSeverity)}  # critical first


@dataclass(frozen=True, slots=True)
class Outcome:
    """One expectation on one table."""

    table: str
    name: str  # "end after start"
    meaning: str  # in one sentence
    severity: ExpectationSeverity
    success: bool
    errored: bool = False  # it could not be judged, which is worse than failing
    observed: str = ""  # a count, a share or the message of the error
    n_failing: int = 0
    n_rows: int | None = None  # that were judged one by one
    failing_ids: tuple[str, ...] = ()  # the table's key; the claim where it has no key of its own

    @property
    def weight(self) -> ExpectationSeverity:
        """The severity that it counts with; an errored expectation is critical, whatever it would have judged."""
        return ExpectationSeverity.CRITICAL if self.errored else self.severity

    @property
    def is_blocking(self) -> bool:
        """Whether nothing may be published because of it."""
        return not self.success and self.weight is ExpectationSeverity.CRITICAL

    def __add__(self, other: Outcome) -> Outcome:
        """Return the outcome of the same expectation on the rows of both."""
        n_failing, n_rows = self.n_failing + other.n_failing, None
        worst = max((self, other), key=lambda outcome: (outcome.errored, not outcome.success))
        observed = worst.observed
        if self.n_rows is not None and other.n_rows is not None:
            n_rows = self.n_rows + other.n_rows
            observed = observed if worst.errored else f"{n_failing} of {n_rows} rows"
        return replace(
            worst,
            observed=observed,
            n_failing=n_failing,
            n_rows=n_rows,
            failing_ids=self.failing_ids + other.failing_ids,
        ).shortened()

    def shortened(self) -> Outcome:
        """Return the outcome with no more failing ids than are kept."""
        return replace(self, failing_ids=self.failing_ids[:MAX_IDS]) if len(self.failing_ids) > MAX_IDS else self

    def __str__(self) -> str:
        said = f"{self.table}: {self.name}"
        return f"{said} ({self.observed})" if self.observed else said


@dataclass(frozen=True, slots=True)
class QualityReport:
    """The outcome of all suites, in the order of the tables."""

    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> bool:
        """Whether the dataset may be published: no expectation errored and no critical one failed."""
        return bool(self.outcomes) and not self.failures(ExpectationSeverity.CRITICAL)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Everything that failed, whatever its severity."""
        return self.failures()

    @property
    def blocking(self) -> tuple[Outcome, ...]:
        """What stands against publication."""
        return self.failures(ExpectationSeverity.CRITICAL)

    def failures(self, severity: str = ExpectationSeverity.INFO) -> tuple[Outcome, ...]:
        """Return what failed at a severity or above; an errored expectation counts as critical."""
        least = _ORDER[ExpectationSeverity(severity)]
        return tuple(outcome for outcome in self.outcomes if not outcome.success and _ORDER[outcome.weight] <= least)

    def count_failed(self, severity: ExpectationSeverity) -> int:
        """Count the failed expectations of one severity alone."""
        return sum(outcome.weight is severity for outcome in self.failures())

    def require(self, severity: str = ExpectationSeverity.CRITICAL) -> None:
        """Stop a run that must not publish.

        Args:
            severity: The least severity of a failure that stops it.

        Raises:
            ValidationFailed: An expectation errored, one of that severity or above failed, or none was judged.
        """
        blocking = self.failures(severity)
        if blocking or not self.outcomes:
            raise ValidationFailed([str(outcome) for outcome in blocking] or ["none was judged"])

    def to_frame(self) -> pd.DataFrame:
        """Return one row for each expectation, the failed ones first."""
        import pandas as pd

        ordered = sorted(self.outcomes, key=lambda outcome: outcome.success)
        rows = [asdict(outcome) | {"failing_ids": " ".join(outcome.failing_ids)} for outcome in ordered]
        return pd.DataFrame(rows, columns=[*Outcome.__dataclass_fields__])

    def summary(self) -> dict[str, Any]:
        """Return what `datapackage.json` keeps of the suites: counts, and every failure with its number of rows."""
        return {
            "expectations": len(self.outcomes),
            "failed": {severity.value: self.count_failed(severity) for severity in ExpectationSeverity},
            "failures": [
                {
                    "table": outcome.table,
                    "expectation": outcome.name,
                    "severity": outcome.severity.value,
                    "errored": outcome.errored,
                    "rows": outcome.n_failing,
                }
                for outcome in self.failures()
            ],
        }
