"""Judge all tables of a dataset: some articles at a time, and at the end what only all rows together show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from verify import schema, tables
from verify.quality.coverage import read_limits
from verify.quality.issues import Place, issues, places_of
from verify.quality.keys import leads_somewhere, narrow, narrow_view
from verify.quality.report import MAX_IDS, Outcome, QualityReport
from verify.quality.suites import Expectation, make_suite
from verify.quality.verdicts import Failures, Verdicts, find_verdicts
from verify.quality.views import make_views

if TYPE_CHECKING:
    from verify.models import Issue

Frames = Mapping[str, pd.DataFrame]
Keep = Callable[[Frames, Verdicts], None]
TOGETHER = 10_000  # claims that are judged at once: to judge none takes a second as well


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
        keep: Called with the rows of some articles and what failed of each, once that is known.

    Raises:
        ConfigError: The file of limits has a mistake.
    """

    def __init__(
        self, whole: Frames, *, expectations: Path | None = None, keep: Keep = lambda frames, verdicts: None
    ) -> None:
        self._whole = {name: whole[name] for name in schema.TABLES if name in whole and name not in schema.parted()}
        self._limits = read_limits(expectations)
        self._keep = keep
        self._outcomes: dict[tuple[str, str], Outcome] = {}
        self._narrow: dict[str, list[pd.DataFrame]] = defaultdict(list)
        self._waiting: list[Frames] = []  # rows that are judged when there are enough, or when all are there
        self._failures = Failures()
        self._n_rows: Counter[str] = Counter()
        self._places: dict[tuple[str, str], Place] = {}
        self._way_in: Any = None  # to Great Expectations, which is loaded when the first table is judged
        self.words: dict[str, str] = {}  # of the claims that failed an expectation, by claim_id

    def add(self, part: Frames, known: Verdicts = MappingProxyType({}), fresh: Frames | None = None) -> None:
        """Judge the rows of some articles in all parted tables.

        Args:
            part: The rows of all of these articles.
            known: What failed of those that an earlier run has judged.
            fresh: The rows of the others; all rows where nothing is known.

        Raises:
            SchemaError: A table is not there, or has other columns or dtypes than its schema.
        """
        for name in schema.parted():
            tables.check(name, part[name])
            self._narrow[name].append(narrow(name, part[name], self._limits))
            self._n_rows[name] += len(part[name])
        if fresh is None or not leads_somewhere(part, self._whole):
            known, fresh = {}, part
        self._failures.add(known, are_counted=True)
        self._find_failed(known, part)
        self._waiting.append(fresh)
        if sum(len(frames["claims"]) for frames in self._waiting) >= TOGETHER:
            self._judge_waiting()

    def report(self, issues: pd.DataFrame) -> QualityReport:
        """Judge what only all rows together show, once, and return all outcomes in the order of tables and suites.

        Args:
            issues: The table of what could not be read.
        """
        if self._waiting:
            self._judge_waiting()
        self._outcomes = {key: self._failures.of(found, self._n_rows[key[0]]) for key, found in self._outcomes.items()}
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

    def _judge_waiting(self) -> None:
        """Judge the rows that wait, row by row, and say what failed of each of their articles."""
        waiting = {name: _joined([frames[name] for frames in self._waiting]) for name in schema.parted()}
        self._waiting = []
        frames = self._whole | waiting
        views = make_views(frames, schema.parted())
        found = []
        for name, view in views.items():
            suite = [expectation for expectation in make_suite(name) if not expectation.is_of_all]
            found += self._judge(name, view, suite)
        verdicts, is_sure = find_verdicts(found, views)
        self._note(found, {})
        self._failures.add(verdicts)
        self._find_failed(verdicts, frames)
        if is_sure:
            self._keep(waiting, verdicts)

    def _judge(self, name: str, view: pd.DataFrame, suite: list[Expectation]) -> list[Outcome]:
        from verify.quality import gx

        self._way_in = self._way_in or gx.whole(gx.new_context(), "table")
        return list(gx.judge(name, view, suite, self._way_in))

    def _note(self, outcomes: Iterable[Outcome], frames: Frames) -> None:
        """Add outcomes to those of the articles before, and keep where the rows that failed come from."""
        for outcome in outcomes:
            key = (outcome.table, outcome.name)
            outcome = outcome.shortened()
            self._outcomes[key] = self._outcomes[key] + outcome if key in self._outcomes else outcome
            if outcome.failing_ids and frames:
                self._find_places({outcome.table: outcome.failing_ids}, frames)

    def _find_failed(self, verdicts: Verdicts, frames: Frames) -> None:
        """Keep where the first rows that failed come from, and the words of their claims."""
        failed: dict[tuple[str, str], list[str]] = defaultdict(list)
        for own in sorted(verdicts):
            for table, name, key in verdicts[own]:
                failed[table, name].append(key)
        keys: dict[str, list[str]] = defaultdict(list)
        for (table, _), found in failed.items():
            keys[table] += found[:MAX_IDS]
        self._find_places(keys, self._whole | dict(frames))

    def _find_places(self, keys: Mapping[str, Iterable[str]], frames: Frames) -> None:
        if keys and "articles" in frames:
            for table, found in keys.items():
                self._places |= places_of(table, found, frames)
                self.words |= _words(set(found), frames["claims"])


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0].reset_index(drop=True)


def _words(keys: set[str], claims: pd.DataFrame) -> dict[str, str]:
    if "text" not in claims:
        return {}
    found = claims[claims["claim_id"].isin(list(keys))]
    return dict(zip(found["claim_id"], found["text"], strict=True))
