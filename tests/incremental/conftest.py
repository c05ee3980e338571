"""What the runs of these tests share: a folder of three articles, and a count of the work that a run does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from tests.incremental.runs import BRIDGE, QUAY, SHIPS, STORM, Work
from tests.test_dataset import GOOD
from verify import nlp, quality, stages, workers
from verify.articles import InputFile
from verify.context import Extracted, Run
from verify.models import Article


@pytest.fixture(scope="module")
def loaded() -> Language:
    return nlp.load()


@pytest.fixture
def work(loaded: Language, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    """Count the work; the pipeline is loaded once, and Great Expectations, which takes seconds, is left out."""
    done = Work()
    read, extract = stages.read, workers.Alone.extract

    def counted_read(batch: Sequence[InputFile], run: Run) -> Any:
        done.read += [file.name for file in batch]
        return read(batch, run)

    def counted_extract(self: workers.Alone, batch: Sequence[Article]) -> Extracted:
        done.extracted += [article.path for article in batch]
        return extract(self, batch)

    monkeypatch.setattr(stages, "read", counted_read)
    monkeypatch.setattr(workers.Alone, "extract", counted_extract)
    monkeypatch.setattr(quality.Judge, "add", lambda self, part, known, fresh: None)
    monkeypatch.setattr(quality.Judge, "report", lambda self, issues: GOOD)
    monkeypatch.setattr(nlp, "load", lambda name="": loaded)
    yield done


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder of three articles, one of them with an address."""
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE)
    (folder / "quay.md").write_text(f"---\nurl: https://news.example.org/quay\npublished_at: 2024-05-02\n---\n{QUAY}")
    (folder / "rows.jsonl").write_text(json.dumps({"text": SHIPS}) + "\n" + json.dumps({"text": STORM}) + "\n")
    return folder
