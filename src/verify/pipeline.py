"""The whole run, from top to bottom, and the calls of the library that are made of its stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from verify import stages
from verify.articles import Corpus, combine, read_text
from verify.console import Progress
from verify.dataset import Dataset, read_dataset
from verify.models import Article
from verify.nlp import load
from verify.provenance import provenance
from verify.publishers import read_publishers
from verify.settings import Settings
from verify.stages import Extracted, Run, Tables
from verify.terms import Confidence, ExpectationSeverity, IssueSeverity

if TYPE_CHECKING:
    from verify.quality import QualityReport

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Result:
    """What a run published."""

    folder: Path  # data/curated/runs/<run>
    latest: Path  # the link that an analyst opens
    n_articles: int
    n_claims: int
    n_review: int  # claims of low confidence
    n_critical: int
    n_unread: int  # inputs that could not be read

    @property
    def summary(self) -> str:
        """The last line of a run."""
        unread = f", {self.n_unread} could not be read (issues.csv)" if self.n_unread else ""
        return (
            f"{self.n_articles} articles, {self.n_claims} claims, {self.n_review} need review, "
            f"{self.n_critical} critical{unread} -> {self.latest} (report.html)"
        )


def run(settings: Settings, *, progress: Progress = lambda stage, done, total: None) -> Result:
    """Read the articles, publish the dataset and say what it holds.

    Args:
        settings: What to read, where to publish and how.
        progress: Called with a stage, how many articles are done and how many there are.

    Raises:
        InputError: An input does not exist.
        ModelError: The spaCy pipeline cannot be used.
        ValidationFailed: An expectation failed that stops publication.
        DatasetError: The output folder is locked or cannot be written.
    """
    context = prepare(settings)
    corpus = read(context, progress)
    extracted = extract(corpus, context, progress)
    articles, matches = stages.corroborate(extracted.articles)
    flags = stages.flag(articles, matches)
    tables = stages.tabulate(articles, matches, flags, extracted.issues)
    tables, quality = stages.validate(tables, extracted.issues)
    pages = stages.report(tables, articles, quality, context)
    folder = stages.publish(tables, quality, pages, corpus, context)
    return summarise(folder, tables, quality, context)


def prepare(settings: Settings) -> Run:
    """Load what every stage needs."""
    return Run(settings, load(settings.model), read_publishers(settings.publishers))


def read(context: Run, progress: Progress = lambda stage, done, total: None) -> Corpus:
    """Read all inputs, batch by batch.

    Raises:
        InputError: A path of the settings does not exist.
    """
    inputs, issues = stages.find_inputs(context)
    parts = [Corpus(issues=tuple(issues))]
    for done, batch in batches(inputs, context.settings.batch_size):
        parts.append(stages.read(batch, context))
        progress("files", done, len(inputs))
    return combine(parts)


def extract(corpus: Corpus, context: Run, progress: Progress) -> Extracted:
    """Clean, parse and extract all articles of a corpus, batch by batch."""
    extracted = Extracted(issues=tuple(corpus.issues))
    for done, batch in batches(corpus.articles, context.settings.batch_size):
        cleaned = stages.clean(batch)
        extracted += stages.extract(cleaned, stages.annotate(cleaned, context), context)
        progress("articles", done, len(corpus.articles))
    return extracted


def batches(items: Sequence[T], size: int) -> Iterator[tuple[int, Sequence[T]]]:
    """Yield files or articles in batches, each with the number of items done after it."""
    for start in range(0, len(items), size):
        batch = items[start : start + size]
        yield start + len(batch), batch


def summarise(folder: Path, tables: Tables, quality: QualityReport, context: Run) -> Result:
    """Count what a run published."""
    issues = tables["issues"]
    return Result(
        folder,
        context.settings.output / "latest",
        len(tables["articles"]),
        len(tables["claims"]),
        int((tables["claims"]["confidence"] == Confidence.LOW).sum()),
        quality.count_failed(ExpectationSeverity.CRITICAL),
        int((issues["severity"] == IssueSeverity.ERROR).sum()),
    )


def build(articles: Corpus | Iterable[Article], settings: Settings | None = None) -> Dataset:
    """Make a dataset of articles; no files are written, and no Prefect is needed.

    Args:
        articles: What `verify.read_articles` returned, or any articles.
        settings: How; the defaults otherwise.
    """
    corpus = articles if isinstance(articles, Corpus) else Corpus(tuple(articles), ())
    context = prepare(settings or Settings())
    extracted = extract(corpus, context, lambda stage, done, total: None)
    analysed, matches = stages.corroborate(extracted.articles)
    tables = stages.tabulate(analysed, matches, stages.flag(analysed, matches), extracted.issues)
    tables, quality = stages.validate(tables, extracted.issues)
    pages = stages.report(tables, analysed, quality, context)
    return Dataset(tables, provenance(corpus.articles, context.nlp, context.settings), quality, pages)


def extract_tables(settings: Settings, text: str | None = None) -> Tables:
    """Make the tables of some articles and judge nothing that needs the whole dataset to be valid.

    Args:
        settings: What to read.
        text: A text to read instead of the input, as from standard input.
    """
    context = prepare(settings)
    corpus = read(context) if text is None else read_text(text)
    extracted = extract(corpus, context, lambda stage, done, total: None)
    articles, matches = stages.corroborate(extracted.articles)
    return stages.tabulate(articles, matches, stages.flag(articles, matches), extracted.issues)


def validate_dataset(path: Path) -> QualityReport:
    """Check a published dataset again, or someone else's."""
    return stages.validate(dict(read_dataset(path).tables), ())[1]


def rebuild_pages(path: Path, settings: Settings, out: Path) -> list[Path]:
    """Render the pages of a dataset again, with the texts of its articles where they are still the same.

    Args:
        path: Folder of the dataset.
        settings: Where the articles are.
        out: Folder that the pages are written to.

    Returns:
        The pages written.
    """
    context = prepare(settings)
    tables: dict[str, Any] = dict(read_dataset(path).tables)
    published = dict(zip(tables["articles"]["article_id"], tables["articles"]["text_sha256"], strict=True))
    corpus = read(context)
    texts = {a.article_id: a.text for a in corpus.articles if published.get(a.article_id) == a.text_sha256}
    pages = stages.render(tables, texts, stages.validate(tables, ())[1])
    out.mkdir(parents=True, exist_ok=True)
    for name, page in pages.items():
        (out / name).write_bytes(page if isinstance(page, bytes) else page.encode("utf-8"))
    return [out / name for name in pages]
