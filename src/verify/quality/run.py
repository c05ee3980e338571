"""Judge all tables of a dataset: some articles at a time, and at the end what only all rows together show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from verify import schema, tables
from verify.quality.coverage import read_limits
from verify.quality.issues import Place, find_places, issues
from verify.quality.report import Outcome, QualityReport
from verify.quality.suites import Expectation, make_suite
from verify.quality.views import make_views, narrow, narrow_view

if TYPE_CHECKING:
    from verify.models import Issue

Frames = Mapping[str, pd.DataFrame]


def validate(frames: Frames, *, expectations: Path | None = None) -> QualityReport:
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
    for name in schema.TABLES:
        tables.check(name, frames[name])
    judge = Judge(frames, expectations=expectations)
    judge.add(frames)
    return judge.report(frames["issues"])


class Judge:
    """Judge a dataset whose parted tables come some articles at a time.

    Args:
        whole: The tables that are not parted, but for `issues`.
        expectations: Limits on rows and shares of the user's own, in place of `schemas/expectations.toml`.

    Raises:
        ConfigError: The file of limits has a mistake.
    """

    def __init__(self, whole: Frames, *, expectations: Path | None = None) -> None:
        self._whole = {name: whole[name] for name in schema.TABLES if name in whole and name not in schema.parted()}
        self._limits = read_limits(expectations)
        self._outcomes: dict[tuple[str, str], Outcome] = {}
        self._narrow: dict[str, list[pd.DataFrame]] = defaultdict(list)
        self._places: dict[tuple[str, str], Place] = {}
        self._way_in: Any = None  # to Great Expectations, which is loaded when the first table is judged
        self.words: dict[str, str] = {}  # of the claims that failed an expectation, by claim_id

    def add(self, part: Frames) -> None:
        """Judge the rows of some articles in all parted tables.

        Raises:
            SchemaError: A table is not there, or has other columns or dtypes than its schema.
        """
        for name in schema.parted():
            tables.check(name, part[name])
            self._narrow[name].append(narrow(name, part[name], self._limits))
        frames = self._whole | {name: part[name] for name in schema.parted()}
        for name, view in make_views(frames, schema.parted()).items():
            suite = [expectation for expectation in make_suite(name) if not expectation.is_of_all]
            self._note(self._judge(name, view, suite), frames)

    def report(self, issues: pd.DataFrame) -> QualityReport:
        """Judge what only all rows together show, once, and return all outcomes in the order of tables and suites.

        Args:
            issues: The table of what could not be read.
        """
        claims = _joined(self._narrow["claims"])
        frames = self._whole | {"issues": issues, "claims": claims}
        suites = {}
        for name in schema.TABLES:
            if name in schema.parted():  # one table after the other: their keys together are hundreds of megabytes
                keys = claims if name == "claims" else _joined(self._narrow.pop(name))
                suites[name] = make_suite(name, self._limits, len(keys))
                of_all = [expectation for expectation in suites[name] if expectation.is_of_all]
                self._note(self._judge(name, narrow_view(name, keys), of_all), {})
            else:
                suites[name] = make_suite(name, self._limits, len(frames[name]))
                self._note(self._judge(name, make_views(frames, [name])[name], suites[name]), frames)
        named = [(name, expectation.name) for name, suite in suites.items() for expectation in suite]
        return QualityReport(tuple(self._outcomes[key] for key in named if key in self._outcomes))

    def issues(self, report: QualityReport) -> Iterator[Issue]:
        """Yield one issue for each row that failed an expectation, the first `MAX_IDS` rows of each."""
        return issues(report, self._places)

    def _judge(self, name: str, view: pd.DataFrame, suite: list[Expectation]) -> list[Outcome]:
        from verify.quality import gx

        self._way_in = self._way_in or gx.whole(gx.new_context(), "table")
        return list(gx.judge(name, view, suite, self._way_in))

    def _note(self, outcomes: Iterable[Outcome], frames: Frames) -> None:
        """Add outcomes to those of the articles before, and keep where the rows that failed come from."""
        failed = []
        for outcome in outcomes:
            key = (outcome.table, outcome.name)
            self._outcomes[key] = self._outcomes[key] + outcome if key in self._outcomes else outcome
            failed += [outcome] if outcome.failing_ids else []
        if failed and "articles" in frames:
            self._places |= find_places(failed, frames)
            self.words |= _words({key for outcome in failed for key in outcome.failing_ids}, frames["claims"])


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0].reset_index(drop=True)


def _words(keys: set[str], claims: pd.DataFrame) -> dict[str, str]:
    if "text" not in claims:
        return {}
    found = claims[claims["claim_id"].isin(list(keys))]
    return dict(zip(found["claim_id"], found["text"], strict=True))
