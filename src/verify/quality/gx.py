"""The only part that knows Great Expectations, which takes seconds to load: import it where tables are judged.

Contexts are ephemeral, suites are code, and nothing is written; telemetry is off.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

# Set before the import, which is when it is read.
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

import great_expectations as gx
from great_expectations import expectations as gxe
from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.execution_engine import PandasExecutionEngine, pandas_execution_engine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import (
    MulticolumnMapMetricProvider,
    multicolumn_condition_partial,
)

from verify.quality.report import Outcome
from verify.quality.suites import BY_KEY, Expectation

if TYPE_CHECKING:
    import pandas as pd

# Larger frames than this many bytes are not hashed. The hash tells one batch from another, and takes longer than to
# judge it: it is made of all cells, and anew whenever the batch is asked for. Here, nobody asks which one it was.
pandas_execution_engine.HASH_THRESHOLD = 0

_METRIC = "multicolumn_values.follow_verify_rule"
_BY_ROW = frozenset(
    {
        "Rule",
        "ExpectColumnValuesToBeBetween",
        "ExpectColumnValuesToBeInSet",
        "ExpectColumnValuesToBeUnique",
        "ExpectColumnValuesToMatchRegex",
        "ExpectColumnValuesToNotBeNull",
        "ExpectCompoundColumnsToBeUnique",
    }
)


class FollowRule(MulticolumnMapMetricProvider):  # type: ignore[misc]
    """Apply one of our rules to the columns that it names."""

    condition_metric_name = _METRIC
    condition_domain_keys = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")
    condition_value_keys = ("rule", "of_table")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, rule: str, of_table: str, **_: Any) -> pd.Series[bool]:  # noqa: N805
        return BY_KEY[of_table, rule].holds(column_list)


class ExpectRowsToFollowRule(MulticolumnMapExpectation):  # type: ignore[misc]
    """Expect every row to follow one of the rules of `verify.quality`."""

    map_metric = _METRIC
    rule: str
    of_table: str
    success_keys = ("rule", "of_table", "mostly")
    args_keys = ("column_list", "rule", "of_table")


@cache
def _kind(name: str) -> Any:
    """Return a kind of expectation that builds what it is made of once: a validation asks for it a hundred times."""
    parent = ExpectRowsToFollowRule if name == "Rule" else getattr(gxe, name)

    def configuration(self: Any) -> Any:
        if self._built is None:
            self._built = parent.configuration.fget(self)
        return self._built

    own = {"_built": PrivateAttr(None), "configuration": property(configuration), "__module__": __name__}
    return type(f"{parent.__name__}BuiltOnce", (parent,), own)  # a name of its own, as it is registered by its name


def judge(table: str, view: pd.DataFrame, suite: Sequence[Expectation], way_in: Any = None) -> Iterator[Outcome]:
    """Judge a table.

    What judges row by row is first only asked for yes or no; the rows are asked for where the answer is no. Most
    expectations are met, and an expectation's rows cost twice its answer, whether there are any or not.

    Args:
        table: Its name.
        view: The table with what its rules need, indexed by what names a row.
        suite: What is expected of it.
        way_in: One from `whole` for all tables: making one costs as much as judging a small table.

    Yields:
        One outcome for each expectation, in their order, with all rows that failed it.
    """
    batch = (way_in or whole(new_context(), "table")).get_batch({"dataframe": view})
    by_row = [position for position, expectation in enumerate(suite) if expectation.type in _BY_ROW]
    met = {position for position, result in _results(batch, suite, by_row, "BOOLEAN_ONLY") if result.success}
    # COMPLETE with an unnamed index gives the failing rows' names at a third of the price of naming a column.
    others = [position for position in range(len(suite)) if position not in met]
    found = dict(_results(batch, suite, others, "COMPLETE"))
    _forget(batch)
    for position, expectation in enumerate(suite):
        if position in met:
            yield _met(table, expectation, len(view))
        else:
            yield _outcome(table, expectation, found[position])


def _results(
    batch: Any, suite: Sequence[Expectation], chosen: Sequence[int], result_format: str
) -> Iterator[tuple[int, Any]]:
    """Judge some of the expectations; yield the place of each in the suite and its result."""
    if not chosen:
        return
    expectations = gx.ExpectationSuite(name="chosen", expectations=[_expectation(i, suite[i]) for i in chosen])
    for result in batch.validate(expectations, result_format={"result_format": result_format}).results:
        yield result.expectation_config.meta["position"], result


def _forget(batch: Any) -> None:
    """Let go of what was computed of a batch: the engine would keep a column for each condition of every table."""
    batch.data.execution_engine._metric_cache.clear()


def judge_into_docs(
    context: Any, table: str, view: pd.DataFrame, suite: Sequence[Expectation], moment: datetime
) -> None:
    """Judge a table so that the context's data docs show it; text must have been escaped.

    Args:
        context: A context with a data docs site.
        table: The table's name.
        view: The table with what its rules need.
        suite: What is expected of it.
        moment: When, as the pages show it.
    """
    expected = context.suites.add(to_gx(table, suite))
    data = whole(context, table)
    definition = context.validation_definitions.add(gx.ValidationDefinition(name=table, data=data, suite=expected))
    checkpoint = gx.Checkpoint(name=table, validation_definitions=[definition], result_format="SUMMARY")
    run = gx.RunIdentifier(run_name=table, run_time=moment)
    context.checkpoints.add(checkpoint).run(batch_parameters={"dataframe": view}, run_id=run)


def new_context(config: Mapping[str, Any] | None = None) -> Any:
    """Return a context that lives in memory, without telemetry and progress bars.

    Args:
        config: Stores and data docs sites; none are needed for judging alone.
    """
    bars = ProgressBarsConfig(globally=False)
    stores = config or {"store_backend_defaults": InMemoryStoreBackendDefaults()}
    project = DataContextConfig(config_version=4, progress_bars=bars, analytics_enabled=False, **stores)
    return gx.get_context(mode="ephemeral", project_config=project)


def whole(context: Any, name: str) -> Any:
    """Return the way by which frames get into a context, one after the other and each whole."""
    asset = context.data_sources.add_pandas(name).add_dataframe_asset(name)
    return asset.add_batch_definition_whole_dataframe("whole")


def to_gx(table: str, suite: Iterable[Expectation]) -> gx.ExpectationSuite:
    """Make the suite of Great Expectations."""
    return gx.ExpectationSuite(name=table, expectations=[_expectation(i, e) for i, e in enumerate(suite)])


def _expectation(position: int, expectation: Expectation) -> Any:
    arguments = {
        key: list(value) if isinstance(value, tuple) else value for key, value in expectation.arguments.items()
    }
    meta = {"position": position, "name": expectation.name, "meaning": expectation.meaning}
    return _kind(expectation.type)(
        **arguments, severity=expectation.severity.value, meta=meta, notes=expectation.meaning
    )


def _met(table: str, expectation: Expectation, n_rows: int) -> Outcome:
    """Return the outcome of an expectation that every row meets."""
    observed = f"0 of {n_rows} rows"
    return Outcome(
        table,
        expectation.name,
        expectation.meaning,
        expectation.severity,
        success=True,
        observed=observed,
        n_rows=n_rows,
    )


def _outcome(table: str, expectation: Expectation, result: Any) -> Outcome:
    error = _error(result.exception_info)
    found = result.result or {}
    failing = found.get("unexpected_index_list") or []
    return Outcome(
        table,
        expectation.name,
        expectation.meaning,
        expectation.severity,
        success=bool(result.success) and not error,
        errored=bool(error),
        observed=error or _observed(found),
        n_failing=int(found.get("unexpected_count") or 0),
        n_rows=int(found["element_count"]) if "unexpected_count" in found else None,
        failing_ids=tuple(map(str, failing)),
    )


def _error(info: Mapping[str, Any] | None) -> str:
    """Return the message of an expectation that could not be judged: Great Expectations calls it a failure."""
    shapes = [info or {}, *(value for value in (info or {}).values() if isinstance(value, dict))]
    raised = next((shape for shape in shapes if shape.get("raised_exception")), None)
    if raised is None:
        return ""
    return re.sub(r"\s+", " ", str(raised.get("exception_message") or "it could not be judged"))[:300]


def _observed(found: Mapping[str, Any]) -> str:
    if "unexpected_count" in found:
        return f"{found['unexpected_count']} of {found['element_count']} rows"
    value = found.get("observed_value")
    if isinstance(value, int) or value is None:
        return "" if value is None else str(value)
    return f"{float(value):.4f}" if not isinstance(value, list | dict | str) else ""
