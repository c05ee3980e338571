"""The run as a Prefect flow: one task a stage, the same functions in the same order as `verify.pipeline.run`.

A task handles a batch of articles, because a task run costs the server more than an article costs the pipeline.
Nothing is cached by Prefect: its keys do not see a change in an imported module. Article text is never a flow
parameter, which would put it into the server's database; the parameters are settings alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.schemas.objects import State
from prefect.runtime import deployment
from prefect.states import Completed
from prefect.utilities.timeout import timeout
from prefect.utilities.urls import url_for

import crews
from task_runs import RETRY, stage
from verify import notify, pipeline, serving, stages
from verify.context import Run
from verify.draft import Draft
from verify.pipeline import Result
from verify.settings import load_settings
from verify.staging import staged
from verify.terms import Flag

MAX_ROWS = 20  # of the table artifact: the server stores it, and a person reads it
SUMMARY_KEY, FLAGS_KEY = "verify-summary", "verify-flags"

find_inputs = stage(stages.find_inputs, **RETRY)
find_unchanged = stage(stages.find_unchanged)
corroborate = stage(stages.corroborate)
flag = stage(stages.flag)
tabulate = stage(stages.tabulate)
validate = stage(stages.validate)
conclude = stage(stages.conclude)
report = stage(stages.report)
publish = stage(stages.publish, **RETRY)
copy_out = stage(stages.copy_out, **RETRY)


def tell(flow: Any, flow_run: Any, state: State[Any]) -> None:
    """Tell those whom the settings name that a run has ended without a dataset."""
    where = url_for("flow-run", obj_id=flow_run.id) or ""
    text = f"verify: run {flow_run.name} {state.name.lower() if state.name else 'failed'}: {state.message or ''}"
    notify.tell(notify.hooks(flow_run.parameters), text, where)


@flow(name="verify-articles", log_prints=False, validate_parameters=True, on_failure=[tell], on_crashed=[tell])
def verify_articles(settings: dict[str, Any] | None = None, config: str | None = None) -> State[Any]:
    """Read articles and publish the dataset of their claims.

    Args:
        settings: Settings that differ from the configuration file, as `{"input": ["data/raw"]}`.
        config: A configuration file, instead of the one in the current folder.

    Returns:
        Completed with the run's counts, when a dataset was published.
    """
    if deployment.name:
        serving.skip_due(deployment.name)
    loaded, _ = load_settings(settings, config=Path(config) if config else None)
    with timeout(loaded.run_seconds or None), pipeline.remembering(loaded) as run:
        return _publish_dataset(run)


def _publish_dataset(run: Run) -> State[Any]:
    """Call every stage in order."""
    log = get_run_logger()
    with crews.hire(run) as crew:
        inputs, issues = find_inputs(run)
        corpus = pipeline.read_files(inputs, issues, run, crew)
        log.info("read %d articles, %d issues", len(corpus.articles), len(corpus.issues))
        if folder := find_unchanged(corpus, run):
            copy_out(run)
            return _completed(pipeline.find_again(folder, run))
        findings = pipeline.extract(corpus, run, crew, _log_progress)
    failed, corpus = tuple(findings.issues) != corpus.issues, replace(corpus, issues=tuple(findings.issues))
    if failed and (folder := find_unchanged(corpus, run)):  # the same ones as the last time
        copy_out(run)
        return _completed(pipeline.find_again(folder, run))
    survey = corroborate(findings, run.memory)
    with staged(run.settings.output) as tables:
        draft = Draft(survey.whole, findings.issues, tables, survey.shelf)
        for part in survey.parts():
            validate(tabulate(part.fresh, flag(part.fresh, survey), survey), draft, part.kept)
            del part  # before the next one is made
        del survey, findings  # what is left of a run needs no analysis
        judged = conclude(draft)
        log.info("%d expectations, %d failed", len(judged.quality.outcomes), len(judged.quality.failed))
        folder = publish(draft, judged, report(draft, judged, corpus, run), corpus, run)
    copy_out(run)
    result = pipeline.summarise(folder, judged, run)
    _leave_artifacts(result, draft.tally.flags, run.settings.pages_url)
    return _completed(result)


def _log_progress(stage: str, done: int, total: int) -> None:
    get_run_logger().info("%s: %d of %d", stage, done, total)


def _completed(result: Result) -> State[Any]:
    get_run_logger().info(result.summary)
    return Completed(message=result.summary, data=result)


def _leave_artifacts(result: Result, flags: Counter[str], pages_url: str) -> None:
    """Leave the run's summary, and the way to its pages, in the server's user interface."""
    lines = [
        "# Claims dataset",
        f"| articles | claims | need review | critical | could not be read |\n|---|---|---|---|---|\n"
        f"| {result.n_articles} | {result.n_claims} | {result.n_review} | {result.n_critical} | {result.n_unread} |",
        *_ways(result.folder, pages_url),
        f"- dataset: `{result.folder.resolve()}`",
    ]
    create_markdown_artifact(key=SUMMARY_KEY, markdown="\n\n".join(lines), description=result.summary)
    rows = [{"severity": Flag(name).severity, "flag": name, "claims": n} for name, n in flags.most_common(MAX_ROWS)]
    create_table_artifact(key=FLAGS_KEY, table=rows, description="flags by the number of claims")


def _ways(folder: Path, pages_url: str) -> list[str]:
    """Return a line for each page: a link where the pages are served, else the path.

    A browser opens no `file://` link from a page that it has over http.
    """
    pages = ("report.html", "validation.html")
    if pages_url:
        return [f"- [{page}]({pages_url.rstrip('/')}/runs/{folder.name}/{page})" for page in pages]
    return [f"- {page}: `{folder.resolve() / page}` (a link where `pages_url` is set)" for page in pages]
