"""The whole run, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from verify import fingerprint, mirror, stages, workers
from verify.articles import Corpus, InputFile, combine
from verify.console import Progress
from verify.context import Run
from verify.draft import Draft, Judged
from verify.errors import ConfigError, DatasetError
from verify.findings import Findings
from verify.garbage import collected_rarely
from verify.history import Counts, count_published
from verify.memory import Memory, Store
from verify.models import AnalysedArticle, Article, Issue
from verify.publishers import read_publishers
from verify.settings import Settings
from verify.staging import staged
from verify.survey import Survey
from verify.terms import ExpectationSeverity
from verify.workers import Crew

_FLOW = "Start the flow instead: make run, or verify schedule."
STATE = ".state.sqlite"  # what runs remember, in the folder that they publish in


@dataclass(frozen=True, slots=True)
class Result:
    """What a run published, or found published."""

    folder: Path  # data/curated/runs/<run>
    latest: Path  # the link that an analyst opens
    n_articles: int
    n_claims: int
    n_review: int  # claims of low confidence
    n_critical: int
    n_unread: int  # inputs that could not be read
    is_unchanged: bool = False  # there was nothing to do: the latest dataset was made of the same
    address: str = ""  # that it was copied to

    @property
    def summary(self) -> str:
        """The last line of a run."""
        unread = f", {self.n_unread} could not be read (issues.csv)" if self.n_unread else ""
        unchanged = "nothing has changed: " if self.is_unchanged else ""
        return (
            f"{unchanged}{self.n_articles} articles, {self.n_claims} claims, {self.n_review} need review, "
            f"{self.n_critical} critical{unread} -> {self.address or self.latest} (report.html)"
        )


def run(settings: Settings, *, progress: Progress = lambda stage, done, total: None) -> Result:
    """Read the articles, publish the dataset and say what it holds.

    What earlier runs found in the same articles is not looked for again, and where everything is the same, the latest
    dataset stays.

    Args:
        settings: What to read, where to publish and how.
        progress: Called with a stage, how many articles are done and how many there are.

    Raises:
        InputError: An input does not exist.
        ModelError: The spaCy pipeline cannot be used.
        ValidationFailed: An expectation failed that stops publication.
        DatasetError: The output folder is locked or cannot be written.
        ConfigError: The settings ask for a Dask cluster, which is the flow's.
    """
    if settings.runner != "local":
        raise ConfigError("runner", settings.runner, "'local'; a cluster is for the flow", "settings", _FLOW)
    with remembering(settings) as context:
        with workers.hire(context) as crew:
            corpus = read(context, crew, progress)
            if folder := stages.find_unchanged(corpus, context):
                stages.copy_out(context)
                return find_again(folder, context)
            findings = extract(corpus, context, crew, progress)
        failed, corpus = tuple(findings.issues) != corpus.issues, replace(corpus, issues=tuple(findings.issues))
        if failed and (folder := stages.find_unchanged(corpus, context)):  # the same ones as the last time
            stages.copy_out(context)
            return find_again(folder, context)
        survey = stages.corroborate(findings, context.memory)
        with staged(settings.output) as stage:
            draft = Draft(survey.whole, findings.issues, stage, survey.shelf)
            fill(draft, survey)
            del survey, findings  # what is left of a run needs no analysis
            judged = stages.conclude(draft)
            pages = stages.report(draft, judged, corpus, context)
            folder = stages.publish(draft, judged, pages, corpus, context)
        stages.copy_out(context)
        return summarise(folder, judged, context)


def fill(draft: Draft, survey: Survey) -> None:
    """Make the tables of a dataset, some articles at a time, and judge what can be judged so.

    Articles whose rows an earlier run made of the same are neither flagged nor tabulated again.
    """
    for part in survey.parts():
        rows = stages.tabulate(part.fresh, stages.flag(part.fresh, survey), survey)
        stages.validate(rows, draft, part.kept)
        del part, rows  # before the next ones are made


def prepare(settings: Settings) -> Run:
    """Load what every stage needs, for a run that remembers nothing."""
    return Run(settings, None, read_publishers(settings.publishers))


@contextmanager
def remembering(settings: Settings) -> Iterator[Run]:
    """Load what every stage needs, with what earlier runs have found.

    Raises:
        InputError: The table of publishers cannot be read.
        ModelError: There is no such spaCy pipeline.
    """
    run = prepare(settings)
    if settings.publish_to:
        mirror.pull(settings.publish_to, settings.output)
    memory = Memory(
        Store(_state(settings)),
        fingerprint.of_reading(run.fingerprint, settings),
        fingerprint.of_analysing(run.fingerprint, settings),
        run.publishers.country,
        is_blind=settings.full,
    )
    try:
        with collected_rarely():
            yield replace(run, memory=memory)
    finally:
        memory.store.close()


def _state(settings: Settings) -> Path:
    return Path(settings.state) if settings.state else settings.output / STATE


def read(context: Run, crew: Crew, progress: Progress = lambda stage, done, total: None) -> Corpus:
    """Read all inputs.

    Raises:
        InputError: A path of the settings does not exist.
    """
    return read_files(*stages.find_inputs(context), context, crew, progress)


def read_files(
    inputs: Sequence[InputFile],
    issues: Sequence[Issue],
    context: Run,
    crew: Crew,
    progress: Progress = lambda stage, done, total: None,
) -> Corpus:
    """Read the inputs that were found: the files that are known from memory, the others batch by batch."""
    known = context.memory.recall_files(inputs)
    parts = [Corpus(issues=tuple(issues)), *known.values()]
    cut = workers.cut([file for file in inputs if file not in known], context.settings.batch_size, crew.at_once)
    for batch, (done, part) in zip(cut, workers.each(crew.read, cut, crew.at_once), strict=True):
        context.memory.keep_files(batch, part)
        parts.append(part)
        progress("files", len(known) + done, len(inputs))
    return combine(parts)


def extract(corpus: Corpus, context: Run, crew: Crew, progress: Progress = lambda stage, done, total: None) -> Findings:
    """Analyse all articles of a corpus: those that are known from memory, the others batch by batch.

    Every batch is kept when it is done, so a run that is killed goes on from there.
    """
    findings, fresh = Findings(analyse=partial(_analyse_again, context=context)), []
    findings.issues += corpus.issues
    for article in corpus.articles:
        if known := context.memory.recall(article):
            findings.add_known(article, known)
        else:
            fresh.append(article)
    n_known = len(findings)
    cut = workers.cut(fresh, context.settings.batch_size, crew.at_once, workers.length)
    for done, part in workers.each(crew.extract, cut, crew.at_once):
        kept = context.memory.keep(part.articles)
        for analysed in part.articles:
            findings.add(analysed, kept.get(analysed.article.article_id))
        findings.issues += part.issues
        progress("articles", n_known + done, len(corpus.articles))
    context.let_go()  # before the stage that holds what all articles say
    return findings


def _analyse_again(article: Article, context: Run) -> AnalysedArticle:
    """Analyse an article of which the state holds something that is no analysis.

    Raises:
        DatasetError: It cannot be analysed.
    """
    part = workers.extract([article], context)
    context.memory.keep(part.articles)
    if part.articles:
        return part.articles[0]
    what = f"holds no analysis of {article.path}, and none can be made: {part.issues[0].detail}"
    raise DatasetError(_state(context.settings), what, "Run again with --full.")


def summarise(folder: Path, judged: Judged, context: Run) -> Result:
    """Say what a run published."""
    return _result(folder, judged.counts, judged.quality.count_failed(ExpectationSeverity.CRITICAL), context)


def find_again(folder: Path, context: Run) -> Result:
    """Say what the latest dataset holds, which a run has found to be what it would publish."""
    return replace(_result(folder, count_published(folder), 0, context), is_unchanged=True)


def _result(folder: Path, counts: Counts, n_critical: int, context: Run) -> Result:
    numbers = (counts.articles, counts.claims, counts.review, n_critical, counts.unread)
    address = context.settings.publish_to
    return Result(folder, context.settings.output / "latest", *numbers, address=address)
