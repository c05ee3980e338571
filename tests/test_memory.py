"""What runs remember: records come back as they were, or not at all, whatever happens to the file."""

from __future__ import annotations

import contextlib
import json
import logging
import multiprocessing
import os
import random
import signal
import sqlite3
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records import harbour, quay
from verify.articles import Corpus, InputFile
from verify.memory import Memory, Store, decode, encode
from verify.memory.store import KEPT_RUNS
from verify.models import AnalysedArticle, Analysis, Article, Hedge, Issue, Span
from verify.terms import HedgeClass, IssueReason, IssueSeverity

FORK = multiprocessing.get_context("fork")  # a child starts in a moment, and opens the file itself


# records


@pytest.mark.parametrize("record", [harbour(), quay(), AnalysedArticle(harbour().article, Analysis("")), Corpus()])
def test_a_record_comes_back_as_it_was(record: Any) -> None:
    again = decode(encode(record), type(record))
    assert again == record
    assert repr(again) == repr(record)
    assert encode(again) == encode(record)


def test_every_record_of_an_article_comes_back(nlp: Any) -> None:
    from verify.analysis import analyze

    text = (
        "Norway reportedly paid about 4 million dollars for two ships in March 2023, officials said on Tuesday. "
        "“We may sell them,” Mayor Ada Berg told the Quay Post. She denied that the council had known.\n\n"
    )
    found = analyze(text * 3, published_at=date(2024, 3, 18), nlp=nlp)
    again = decode(encode(found), Analysis)
    assert repr(again) == repr(found)
    assert len({id(t) for c in again.claims for t in c.times} - {id(t) for t in again.times}) == 0


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=50),
    st.none() | st.text(max_size=9),
    st.none()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(UTC) | st.just(timezone(timedelta(hours=-5, minutes=-30)))),
    st.none() | st.integers(),
)
def test_any_article_comes_back(text: str, title: str | None, at: date | datetime | None, row: int | None) -> None:
    article = Article("n_1", "a.txt", text, row=row, title=title, published_at=at)
    again = decode(encode(article), Article)
    assert again == article
    assert type(again.published_at) is type(at)


def test_numbers_keep_their_type() -> None:
    for value in (3, 3.0, 0.1, 1e300, float("inf")):
        hedge = Hedge(Span(0, 1), "a", HedgeClass.EPISTEMIC, low=value)
        assert repr(decode(encode(hedge), Hedge)) == repr(hedge)


@pytest.mark.parametrize(
    "wrong",
    [
        Article("n_1", "a.txt", 7),  # type: ignore[arg-type]
        Article("n_1", "a.txt", "x", row=True),
        Hedge(Span(0, 1), "a", "epistemic"),  # type: ignore[arg-type]
        Hedge((0, 1), "a", HedgeClass.EPISTEMIC),  # type: ignore[arg-type]
    ],
)
def test_a_value_of_another_type_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError):
        encode(wrong)


def packed(columns: object) -> bytes:
    return zlib.compress(json.dumps(columns).encode())


def test_the_form_is_lists_of_values_by_field() -> None:
    data = packed([[[0], [1]], [[0], ["a"], ["epistemic"], [[0, 0]], ["author"], [None], [0.5]]])
    assert decode(data, Hedge) == Hedge(Span(0, 1), "a", HedgeClass.EPISTEMIC, (Span(0, 1),) * 2, high=0.5)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"garbage",
        encode(harbour())[:-9],
        encode(harbour().article),
        packed([]),
        packed({"a": 1}),
        packed([[[0], [1]], [[0], ["a"], ["no such class"], [[]], ["author"], [None], [None]]]),
        packed([[[0], [1]], [[-1], ["a"], ["epistemic"], [[]], ["author"], [None], [None]]]),
        packed([[[0], ["1"]], [[0], ["a"], ["epistemic"], [[]], ["author"], [None], [None]]]),
        packed([[[0], [1]], [[0], ["a"], ["epistemic"], [[7]], ["author"], [None], [None]]]),
        packed([[[0], [1]], [[0], ["a", "b"], ["epistemic"], [[]], ["author"], [None], [None]]]),
        zlib.compress(b"[" * 100_000),
    ],
)
def test_what_is_no_record_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="no Hedge"):
        decode(data, Hedge)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_a_damaged_record_is_a_value_error_or_a_record(chance: random.Random, n: int) -> None:
    plain = bytearray(zlib.decompress(encode(harbour())))
    for _ in range(n):
        plain[chance.randrange(len(plain))] = chance.choice(b'0123456789[]",:n-')
    with contextlib.suppress(ValueError):
        assert isinstance(decode(zlib.compress(bytes(plain)), AnalysedArticle), AnalysedArticle)


# the store

VALUES = {bytes([n]) * 32: bytes([n]) * 1000 for n in range(40)}


def kept(path: Path) -> dict[bytes, bytes]:
    store = Store(path)
    found = {key: value for key in VALUES if (value := store.get(key)) is not None}
    store.close()
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with all values."""
    store = Store(tmp_path / "state")
    store.put(VALUES)
    store.close()
    return tmp_path / "state"


def test_a_value_is_kept(path: Path) -> None:
    assert kept(path) == VALUES


def test_a_store_without_a_file_keeps_nothing() -> None:
    store = Store()
    store.put(VALUES)
    store.sweep()
    assert store.get(next(iter(VALUES))) is None


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(bytes(random.Random(1).randbytes(50_000)))


def other_format(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


def other_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE notes (text)")
    db.close()


def other_tables(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("ALTER TABLE kept RENAME TO lost")
    db.close()


def zeros_in_the_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:20000] = bytes(11808)
    path.write_bytes(data)


@pytest.mark.parametrize(
    "damage", [cut, empty, garbage, other_format, other_program, other_tables, zeros_in_the_middle]
)
def test_a_damaged_file_is_begun_anew_with_one_line_at_most(
    path: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    damage(path)
    before = path.read_bytes()
    store = Store(path)
    for key, value in VALUES.items():
        assert store.get(key) in (None, value)
    store.put(VALUES)
    store.close()
    assert kept(path) == VALUES
    assert len(caplog.records) <= 1
    aside = path.with_name("state.damaged")
    assert not aside.exists() or aside.read_bytes() == before, "what may be someone's own file is not lost"


def test_a_wrong_checksum_is_no_value(path: Path) -> None:
    first, second, third = list(VALUES)[:3]
    with sqlite3.connect(path) as db:
        db.execute("UPDATE kept SET value = x'00' WHERE key = ?", (first,))
        db.execute("UPDATE kept SET value = 'text' WHERE key = ?", (second,))
        db.execute(
            "UPDATE kept SET (checksum, value) = (SELECT checksum, value FROM kept WHERE key = ?) WHERE key = ?",
            (list(VALUES)[9], third),
        )
    db.close()
    assert set(VALUES) - set(kept(path)) == {first, second, third}


def test_a_file_that_cannot_be_used_is_not_used(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "state", tmp_path / "file" / "state"):
        caplog.clear()
        store = Store(place)
        store.put(VALUES)
        assert store.get(next(iter(VALUES))) is None
        store.sweep()
        assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_what_no_run_uses_any_more_is_swept(path: Path) -> None:
    used = list(VALUES)[:5]
    size = path.stat().st_size
    for _ in range(KEPT_RUNS + 1):
        store = Store(path)
        assert all(store.get(key) for key in used)
        store.put({b"new": b"1"})
        store.sweep()
        store.close()
    assert set(kept(path)) == set(used)
    assert path.stat().st_size < size


def test_a_run_of_a_few_articles_does_not_forget_the_others(path: Path) -> None:
    store = Store(path)
    store.get(next(iter(VALUES)))
    store.sweep()
    store.close()
    assert kept(path) == VALUES


def put_for_ever(path: Path) -> None:
    store = Store(path)
    while True:
        for key, value in VALUES.items():
            store.put({key: value})
        store.sweep()


def put_all(path: Path) -> None:
    store = Store(path)
    for key, value in VALUES.items():
        store.put({key: value})
        assert store.get(key) == value
    store.close()


@pytest.mark.parametrize("seed", range(6))
def test_a_kill_at_any_moment_leaves_whole_values(tmp_path: Path, seed: int) -> None:
    child = FORK.Process(target=put_for_ever, args=(tmp_path / "state",))
    child.start()
    time.sleep(random.Random(seed).uniform(0, 0.3))
    assert child.pid
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert all(VALUES[key] == value for key, value in kept(tmp_path / "state").items())
    put_all(tmp_path / "state")
    assert kept(tmp_path / "state") == VALUES
    assert not (tmp_path / "state.damaged").exists()


def test_several_processes_at_once(tmp_path: Path) -> None:
    children = [FORK.Process(target=put_all, args=(tmp_path / "state",)) for _ in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert kept(tmp_path / "state") == VALUES


# the memory


def known(memory: Memory, one: AnalysedArticle) -> bool:
    return bool(memory.recall([one.article]))


def test_an_analysis_is_known_by_what_it_depends_on(tmp_path: Path) -> None:
    store, one = Store(tmp_path / "state"), harbour()
    memory = Memory(store, "r", "a", country=lambda publisher: "NOR" if publisher == "harbour-news" else "")
    memory.keep([one])
    assert memory.recall([one.article]) == {one.article.article_id: one}

    def changed(**fields: Any) -> AnalysedArticle:
        return replace(one, article=replace(one.article, **fields))

    moved = changed(article_id="n_other", path="elsewhere/b.txt", row=7, url=None, byline="Ada Berg")
    assert memory.recall([moved.article])["n_other"].article == moved.article, "only its place is another"
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
    store.put({memory._key(one.article): zlib.compress(b'{"py/object": "os.system"}')})
    assert not known(memory, one)
    store.close()
