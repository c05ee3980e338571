"""Judge all tables of a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from verify import schema, tables
from verify.quality.coverage import read_limits
from verify.quality.report import QualityReport
from verify.quality.suites import make_suite
from verify.quality.views import make_views

if TYPE_CHECKING:
    import pandas as pd


def validate(frames: Mapping[str, pd.DataFrame], *, expectations: Path | None = None) -> QualityReport:
    """Judge all tables: structure, keys and references, words, dates, names, hedges, coverage.

    Loads Great Expectations, which takes seconds.

    Args:
        frames: All tables, typed as their schemas say.
        expectations: Limits on rows and shares of the user's own, in place of `schemas/expectations.toml`.

    Returns:
        One outcome for each expectation; nothing is raised for a failing one.

    Raises:
        SchemaError: A table is not there, or has other columns or dtypes than its schema.
        ConfigError: The file of limits has a mistake.
    """
    from verify.quality import gx

    for name in schema.TABLES:
        tables.check(name, frames[name])
    limits = read_limits(expectations)
    views = make_views(frames)
    context = gx.new_context()
    outcomes = [
        outcome
        for name, view in views.items()
        for outcome in gx.judge(name, view, make_suite(name, limits, len(view)), context)
    ]
    return QualityReport(tuple(outcomes))
