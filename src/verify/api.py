"""The calls of the library and the command line that are made of the stages of a run, and publish nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from verify import quality, schema, stages, workers
from verify.articles import Corpus, read_text
from verify.dataset import Dataset, read_dataset
from verify.draft import Draft, Judged, Tables
from verify.models import Article
from verify.pipeline import extract, fill, prepare, read
from verify.provenance import provenance
from verify.settings import Settings
from verify.staging import InMemory
from verify.tables import issues_frame

if TYPE_CHECKING:
    from verify.quality import QualityReport


def build(articles: Corpus | Iterable[Article], settings: Settings | None = None) -> Dataset:
    """Make a dataset of articles; no files are written, and no Prefect is needed.

    Args:
        articles: What `verify.read_articles` returned, or any articles.
        settings: How; the defaults otherwise.
    """
    corpus = articles if isinstance(articles, Corpus) else Corpus(tuple(articles), ())
    context = prepare(settings or Settings())
    with workers.hire(context) as crew:
        findings = extract(corpus, context, crew)
    survey, stage = stages.corroborate(findings), InMemory()
    draft = Draft(survey.whole, findings.issues, stage)
    fill(draft, survey)
    judged = stages.conclude(draft)
    pages = stages.report(draft, judged, corpus, context)
    made_from = provenance(corpus.articles, context.settings)
    return Dataset(stage.tables(), made_from, judged.quality, pages)


def extract_tables(settings: Settings, text: str | None = None) -> Tables:
    """Make the tables of some articles and judge nothing that needs the whole dataset to be valid.

    Args:
        settings: What to read.
        text: A text to read instead of the input, as from standard input.
    """
    context = prepare(settings)
    with workers.hire(context) as crew:
        corpus = read(context, crew) if text is None else read_text(text)
        findings = extract(corpus, context, crew)
    survey, stage = stages.corroborate(findings), InMemory()
    for part in survey.parts():
        stage.write(stages.tabulate(part.fresh, stages.flag(part.fresh, survey), survey))
    stage.write(survey.whole | {"issues": issues_frame(findings.issues)})
    return stage.tables()


def validate_dataset(path: Path | str) -> QualityReport:
    """Check a published dataset again, or someone else's."""
    return quality.validate(read_dataset(path).tables)


def rebuild_pages(path: Path | str, settings: Settings, out: Path) -> list[Path]:
    """Render the pages of a dataset again, with the texts of its articles where they are still the same.

    Args:
        path: Folder of the dataset.
        settings: Where the articles are.
        out: Folder that the pages are written to.

    Returns:
        The pages written.
    """
    context = prepare(settings)
    tables = read_dataset(path).tables
    published = dict(zip(tables["articles"]["article_id"], tables["articles"]["text_sha256"], strict=True))
    with workers.hire(context) as crew:
        corpus = read(context, crew)
    texts = {a.article_id: a.text for a in corpus.articles if published.get(a.article_id) == a.text_sha256}
    whole = {name: tables[name] for name in schema.TABLES if name not in schema.parted()}
    draft = Draft(whole, (), InMemory())
    stages.validate({name: tables[name] for name in schema.parted()}, draft)
    judged = Judged(draft.judge.report(whole["issues"]), whole, draft.tally.claims, draft.tally.review)
    pages = stages.render(draft, judged, texts)
    out.mkdir(parents=True, exist_ok=True)
    for name, page in pages.items():
        (out / name).write_bytes(page if isinstance(page, bytes) else page.encode("utf-8"))
    return [out / name for name in pages]
