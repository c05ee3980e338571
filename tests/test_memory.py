"""What is known of files and articles depends on all that it was found in."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.records import harbour, quay
from verify.articles import Corpus, InputFile
from verify.calls import find_calls
from verify.memory import Memory, Store, decode
from verify.models import AnalysedArticle, Analysis, Issue
from verify.terms import IssueReason, IssueSeverity


def known(memory: Memory, one: AnalysedArticle) -> bool:
    return bool(memory.recall(one.article))


def test_an_analysis_is_known_by_what_it_depends_on(tmp_path: Path) -> None:
    store, one = Store(tmp_path / "state"), harbour()
    memory = Memory(store, "r", "a", country=lambda publisher: "NOR" if publisher == "harbour-news" else "")
    kept = memory.keep([one])
    assert memory.recall(one.article) == kept[one.article.article_id]
    assert kept[one.article.article_id].calls == find_calls(one.analysis)
    assert decode(kept[one.article.article_id].analysis, Analysis) == replace(one.analysis, text="")

    def changed(**fields: Any) -> AnalysedArticle:
        return replace(one, article=replace(one.article, **fields))

    moved = changed(article_id="n_other", path="elsewhere/b.txt", row=7, url=None, byline="Ada Berg")
    assert known(memory, moved), "only its place is another"
    assert known(memory, changed(language="en"))
    for other in (
        changed(text=one.article.text + " "),
        changed(title=None),
        changed(title="None"),
        changed(published_at=None),
        changed(published_at=datetime(2021, 5, 6)),
        changed(publisher_id="quay-post"),
    ):
        assert not known(memory, other)
    assert not known(replace(memory, analysing="b"), one)
    assert not known(replace(memory, is_blind=True), one)
    store.close()


@pytest.fixture
def file(tmp_path: Path) -> InputFile:
    (tmp_path / "a.txt").write_text("Norway opened the harbour.")
    (tmp_path / "a.meta.json").write_text("{}")
    return InputFile("a.txt", tmp_path / "a.txt", tmp_path / "a.meta.json")


ISSUE = Issue("a.txt", IssueReason.UNPARSABLE_DATE, IssueSeverity.NOTICE, "'soon'")
FOUND = Corpus((harbour().article, replace(harbour().article, path="a.txt")), (ISSUE,))


def test_a_file_is_known_by_its_name_and_bytes(tmp_path: Path, file: InputFile) -> None:
    store = Store(tmp_path / "state")
    memory = Memory(store, "r", "a")
    assert memory.recall_files([file]) == {}
    memory.keep_files([file], FOUND)
    assert memory.recall_files([file]) == {file: Corpus(FOUND.articles[1:], FOUND.issues)}
    assert memory.recall_files([replace(file, name="b.txt")]) == {}
    assert replace(memory, reading="s").recall_files([file]) == {}
    (tmp_path / "a.meta.json").write_text('{"title": "x"}')
    assert memory.recall_files([file]) == {}
    (tmp_path / "a.txt").unlink()
    assert memory.recall_files([file]) == {}
    store.close()


def test_a_file_that_changed_while_it_was_read_is_not_kept(tmp_path: Path, file: InputFile) -> None:
    memory = Memory(Store(tmp_path / "state"), "r", "a")
    memory.recall_files([file])
    file.path.write_text("Norway closed the harbour.")
    memory.keep_files([file], FOUND)
    assert memory.recall_files([file]) == {}
    memory.store.close()


def test_what_can_be_read_another_time_is_not_kept(tmp_path: Path, file: InputFile) -> None:
    memory = Memory(Store(tmp_path / "state"), "r", "a")
    memory.recall_files([file])
    memory.keep_files([file], Corpus(issues=(replace(ISSUE, reason=IssueReason.UNREADABLE),)))
    assert memory.recall_files([file]) == {}
    twin = replace(file, path=tmp_path / "a.meta.json", side_file=None)
    memory.recall_files([twin])
    memory.keep_files([file, twin], FOUND)
    assert memory.recall_files([file, twin]) == {}, "two files of one name cannot be told apart"
    memory.store.close()


def test_what_cannot_be_kept_stops_no_run(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store, good, bad = Store(tmp_path / "state"), harbour(), quay()
    wrong = replace(bad, analysis=replace(bad.analysis, hedges=("may",)))  # type: ignore[arg-type]
    Memory(store).keep([wrong, good])
    assert not known(Memory(store), bad)
    assert known(Memory(store), good)
    assert "is not kept: str instead of" in caplog.text
    store.close()


def test_a_record_of_another_hand_is_found_anew(tmp_path: Path) -> None:
    store, one = Store(tmp_path / "state"), harbour()
    memory = Memory(store)
    for forged in (b"", b"\xff", zlib.compress(b'{"py/object": "os.system"}'), b"\0\0\0\x20" + zlib.compress(b"[]")):
        store.put({memory._key(one.article): forged})
        assert not known(memory, one)
    store.close()
