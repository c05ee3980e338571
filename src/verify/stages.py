"""The stages of a run, one function each; `pipeline` and the Prefect flow call the same ones in the same order.

read -> clean -> annotate -> extract, batch by batch
corroborate, over all articles
flag -> tabulate -> validate, so many articles at a time that their tables fit in memory
conclude -> report -> publish, for the whole dataset
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from verify import analysis, articles, fingerprint, flags, mirror, nlp, quality, tables
from verify import publish as publication
from verify import report as pages_of
from verify.articles import Corpus, InputFile
from verify.clean import find_blocks
from verify.context import Cleaned, Extracted, Run
from verify.draft import Draft, Judged, Tables
from verify.errors import ValidationFailed
from verify.findings import Findings
from verify.garbage import give_back
from verify.limits import LimitExceeded
from verify.memory import Memory, encode
from verify.models import AnalysedArticle, Article, Issue, RaisedFlag
from verify.provenance import provenance
from verify.reading import make_reading
from verify.shelf import Kept
from verify.staging import OnDisk
from verify.survey import Survey, make_survey
from verify.terms import IssueReason, IssueSeverity

if TYPE_CHECKING:
    from spacy.tokens import Doc


logger = logging.getLogger(__name__)
Pages = dict[str, str | bytes]
NO_MEMORY = Memory()
NOTHING_KEPT: Mapping[str, Kept] = MappingProxyType({})


def find_inputs(run: Run) -> tuple[list[InputFile], list[Issue]]:
    """List the files to read, and what is wrong with those that are not.

    Raises:
        InputError: A path of the settings does not exist.
    """
    inputs, issues = articles.find_inputs(run.settings.input)
    return inputs[: run.settings.limit or None], issues


def read(batch: Sequence[InputFile], run: Run) -> Corpus:
    """Read the articles of some files; what cannot be read becomes an issue. Duplicates are found later."""
    chars, size = run.settings.max_chars, run.settings.max_bytes
    return articles.join(
        articles.read_file(file, publishers=run.publishers, max_chars=chars, max_bytes=size) for file in batch
    )


def find_unchanged(corpus: Corpus, run: Run) -> Path | None:
    """Return the folder of the latest dataset if this run would make the same one again, and it is intact.

    Args:
        corpus: All articles and issues. Before the extraction they lack the articles that fail in it, which are tried
            at every run: a dataset with such issues is found again only when they are the same ones.
        run: A full one finds nothing.
    """
    if run.settings.full:
        return None
    return publication.find_unchanged(run.settings.output, _made_of(corpus, run))


def clean(batch: Sequence[Article]) -> list[Cleaned]:
    """Find the blocks of each article and make the text to analyse."""
    cleaned = []
    for article in batch:
        blocks = find_blocks(article.text, article.title)
        cleaned.append(Cleaned(article, blocks, make_reading(article.text, blocks)))
    return cleaned


def annotate(batch: Sequence[Cleaned], run: Run) -> list[Doc | None]:
    """Run the spaCy pipeline over the articles; None stands for one that it raised an error on."""
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W108\]")  # a token the tagger is unsure of; harmless here
            return list(nlp.annotate(run.nlp, (cleaned.reading for cleaned in batch)))
    except Exception:  # one article must not take the others of its batch with it
        logger.exception("the pipeline raised an error in a batch of %d; trying the articles one by one", len(batch))
        return [_annotate_one(cleaned, run) for cleaned in batch]


def extract(batch: Sequence[Cleaned], docs: Sequence[Doc | None], run: Run) -> Extracted:
    """Find the claims of each article and all that belongs to them, in raw offsets.

    Args:
        batch: Cleaned articles.
        docs: Their parsed documents in the same order; None for one that could not be parsed.
        run: Knows the publisher's country, which decides the order of day and month.

    Returns:
        One analysed article for each that could be analysed, and one issue for each that could not.
    """
    outcomes = [_extract_one(cleaned, doc, run) for cleaned, doc in zip(batch, docs, strict=True)]
    return Extracted(
        tuple(outcome for outcome in outcomes if isinstance(outcome, AnalysedArticle)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Issue)),
    )


def corroborate(findings: Findings, memory: Memory = NO_MEMORY) -> Survey:
    """Name actors alike over all articles, find copies of other publishers' articles, and match claims.

    Args:
        findings: The analyses of all articles.
        memory: Knows the rows of those that earlier runs made tables of.
    """
    survey = make_survey(findings, memory)
    give_back()
    return survey


def flag(part: Sequence[AnalysedArticle], survey: Survey) -> list[RaisedFlag]:
    """Raise every flag on every claim of some articles, with its evidence."""
    return flags.raise_flags(part, survey.elsewhere)


def tabulate(part: Sequence[AnalysedArticle], raised: Sequence[RaisedFlag], survey: Survey) -> Tables:
    """Make the rows that some articles have in the tables of the dataset."""
    agreement = survey.elsewhere.agreement
    return tables.build_part(part, flags=raised, agreement=agreement, grade=flags.confidence)


def validate(frames: Tables, draft: Draft, kept: Mapping[str, Kept] = NOTHING_KEPT) -> None:
    """Check the rows of some articles, and lay them beside those before.

    Args:
        frames: The rows that this run made.
        draft: The dataset on its way.
        kept: The rows of articles among them that an earlier run made and checked, by article_id.
    """
    rows = tables.join(frames, {article_id: known.rows for article_id, known in kept.items()})
    draft.judge.add(rows, {article_id: known.failed for article_id, known in kept.items()}, frames)
    draft.stage.write(rows)
    draft.tally.add(rows)


def conclude(draft: Draft) -> Judged:
    """Check what only the whole dataset shows, and add the rows that failed an expectation to `issues`."""
    give_back()  # what the parts have left, before the keys of all rows are laid side by side
    outcome = draft.judge.report(tables.issues_frame(draft.issues))
    issues = tables.issues_frame([*draft.issues, *draft.judge.issues(outcome)])
    judged = Judged(outcome, draft.whole | {"issues": issues}, draft.tally.claims, draft.tally.review)
    draft.stage.write(judged.whole)
    return judged


def report(draft: Draft, judged: Judged, corpus: Corpus, run: Run) -> Pages:
    """Render the pages that are published beside the tables."""
    give_back()
    pages = render(draft, judged, {article.article_id: article.text for article in corpus.articles})
    return pages | (quality.data_docs(draft.stage.tables()) if run.settings.data_docs else {})


def render(draft: Draft, judged: Judged, texts: Mapping[str, str]) -> Pages:
    """Render the review page and the validation page.

    Args:
        draft: A dataset that is written.
        judged: What its expectations found.
        texts: Raw text by article_id, for showing claims in place.
    """
    version = metadata.version("verify")
    rows, tally = draft.stage.rows, draft.tally
    return {
        "report.html": pages_of.render_report(rows, judged.whole, tally, texts, version=version),
        "validation.html": pages_of.render_validation(judged.quality, draft.judge.words, version=version),
    }


def publish(draft: Draft, judged: Judged, pages: Pages, corpus: Corpus, run: Run) -> Path:
    """Publish the dataset in one step, or leave the last one in place and keep the page that says why.

    Returns:
        The folder of the run.

    Raises:
        ValidationFailed: An expectation failed at the severity that stops publication.
        DatasetError: The output folder is locked or cannot be written.
    """
    out = run.settings.output
    if failures := judged.quality.failures(run.settings.fail_on):
        page = publication.keep_failed(out, str(pages["validation.html"]))
        raise ValidationFailed([str(failure) for failure in failures], page)
    assert isinstance(draft.stage, OnDisk)
    folder = publication.publish_staged(
        draft.stage,
        judged.quality,
        out=out,
        provenance=provenance(corpus.articles, run.settings),
        pages=pages,
        made_of=_made_of(corpus, run),
        keep=run.settings.keep,
    )
    run.memory.store.sweep()
    return folder


def copy_out(run: Run) -> None:
    """Copy the latest dataset to the address of the settings, if they name one.

    Raises:
        DatasetError: The address cannot be written.
    """
    if run.settings.publish_to:
        mirror.push(run.settings.output, run.settings.publish_to)


def _made_of(corpus: Corpus, run: Run) -> str:
    """Hash all that the dataset of these articles depends on."""
    hashed = tuple(replace(article, text=fingerprint.digest(article.text)) for article in corpus.articles)
    return fingerprint.of_dataset(run.fingerprint, run.settings, encode(replace(corpus, articles=hashed)))


def _annotate_one(cleaned: Cleaned, run: Run) -> Doc | None:
    try:
        return next(nlp.annotate(run.nlp, [cleaned.reading]))
    except Exception:
        logger.exception("the pipeline raised an error on %s", cleaned.article.path)
        return None


def _extract_one(cleaned: Cleaned, doc: Doc | None, run: Run) -> AnalysedArticle | Issue:
    """Analyse one article; an error becomes an issue, so that the others go on."""
    article, settings = cleaned.article, run.settings
    context = analysis.Context(
        article.published_at,
        run.publishers.country(article.publisher_id),
        use_model=settings.attribution == "model",
        max_sentences=settings.max_sentences,
        max_seconds=settings.max_seconds,
    )
    if doc is None:
        return failed(article, "the spaCy pipeline raised an error; the log has it")
    try:
        found = analysis.extract(doc, context)
        return AnalysedArticle(article, analysis.to_raw(found, cleaned.reading, article.text, cleaned.blocks))
    except LimitExceeded as limit:
        return failed(article, limit.detail, limit.reason)
    except Exception as error:
        logger.exception("the extraction raised an error on %s", article.path)
        return failed(article, f"the extraction raised {type(error).__name__}: {error}")


def failed(article: Article, detail: str, reason: IssueReason = IssueReason.EXTRACTION_FAILED) -> Issue:
    """Return the issue of an article that could not be analysed."""
    return Issue(
        article.path,
        reason,
        IssueSeverity.ERROR,
        detail,
        row=article.row,
        article_id=article.article_id,
    )
