"""The sample articles of `data/raw` show what the project is for; nothing but the one broken file is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify.articles import Corpus, find_inputs, read_articles
from verify.clean import find_blocks
from verify.publishers import read_publishers
from verify.terms import BlockKind

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_articles(DATA / "raw", publishers=read_publishers(DATA / "publishers.csv"))


def test_every_format_and_several_outlets_are_there(corpus):
    files, _ = find_inputs([DATA / "raw"])
    assert {f.path.suffix for f in files} == {".txt", ".md", ".html", ".json", ".jsonl", ".csv"}
    assert {a.publisher_id for a in corpus} == {
        "harbour-gazette",
        "meridian-post",
        "northern-wire",
        "orbit-notes",
        None,
    }
    assert len(corpus) == 13


def test_one_file_cannot_be_read_and_one_date_is_vague(corpus):
    assert [(i.path, i.reason, i.severity) for i in corpus.issues] == [
        ("harbour-gazette/front-page-scan.txt", "binary", "error"),
        ("northern-wire/2023.jsonl", "unparsable_date", "notice"),
    ]


def test_one_text_was_published_twice(corpus):
    texts = [a.text_sha256 for a in corpus]
    twice = {a.publisher_id for a in corpus if texts.count(a.text_sha256) == 2}
    assert twice == {"northern-wire", "meridian-post"}


def test_the_pasted_page_has_glued_headings_contents_and_boilerplate(corpus):
    article = next(a for a in corpus if a.path.endswith("canal-aftermath.txt"))
    kinds = [block.kind for block in find_blocks(article.text, article.title)]
    assert kinds.count(BlockKind.HEADING) == 4
    assert kinds.count(BlockKind.CONTENTS) == 4
    assert kinds.count(BlockKind.BOILERPLATE) == 4
