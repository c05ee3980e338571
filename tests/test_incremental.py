"""A run costs what changed, and publishes what a full run would publish."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from tests.test_dataset import GOOD
from verify import analysis, articles, nlp, pipeline, runs, stages, workers
from verify.articles import InputFile
from verify.errors import DatasetError
from verify.models import Article
from verify.pipeline import Result
from verify.settings import Settings
from verify.stages import Extracted

BRIDGE = "The harbour bridge will reopen on 3 June, the council said on Tuesday. Norway paid 4 million dollars.\n"
QUAY = "Mayor Ada Berg reportedly asked two engineers for a second report on 03/04/2024. She denied it.\n"
SHIPS = "Norway bought three ships from Iran in 2019. The price was not announced, the ministry in Oslo said.\n"
STORM = "A storm closed the port of Bergen for two days. Several ferries may stay in harbour until Friday.\n"
TEXTS = (BRIDGE, QUAY, SHIPS, STORM)


class Work:
    """What runs have done: the texts read and extracted since it was last asked."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.extracted: list[str] = []

    def taken(self) -> tuple[list[str], list[str]]:
        """Return the names of the files read and of the articles extracted, and forget them."""
        found = sorted(self.read), sorted(self.extracted)
        self.read, self.extracted = [], []
        return found


@pytest.fixture(scope="module")
def loaded() -> Language:
    return nlp.load()


@pytest.fixture
def work(loaded: Language, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    """Count the work; the pipeline is loaded once, and Great Expectations, which takes seconds, is left out."""
    done = Work()
    read, extract = stages.read, workers.Alone.extract

    def counted_read(batch: Sequence[InputFile], run: stages.Run) -> Any:
        done.read += [file.name for file in batch]
        return read(batch, run)

    def counted_extract(self: workers.Alone, batch: Sequence[Article]) -> Extracted:
        done.extracted += [article.path for article in batch]
        return extract(self, batch)

    monkeypatch.setattr(stages, "read", counted_read)
    monkeypatch.setattr(workers.Alone, "extract", counted_extract)
    monkeypatch.setattr(stages, "validate", lambda frames, issues: (frames, GOOD))
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


def run(raw: Path, out: Path | None = None, **more: Any) -> Result:
    publishers = raw.parent / "publishers.csv"
    return pipeline.run(Settings(input=(raw,), output=out or raw.parent / "out", publishers=publishers, **more))


def content(folder: Path) -> dict[str, bytes]:
    """Return all files of a run; of its descriptor all but the moment and the run's id."""
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    descriptor = json.loads(files["datapackage.json"])
    assert descriptor.pop("created")
    assert descriptor.pop("run")
    return files | {"datapackage.json": json.dumps(descriptor).encode()}


def assert_as_a_full_run(raw: Path, result: Result, **more: Any) -> None:
    shutil.rmtree(raw.parent / "anew", ignore_errors=True)
    anew = run(raw, raw.parent / "anew", full=True, **more)
    assert content(result.folder) == content(anew.folder)
    assert result.summary.split(" -> ")[0].removeprefix("nothing has changed: ") == anew.summary.split(" -> ")[0]


def n_runs(raw: Path) -> int:
    return len(list((raw.parent / "out" / "runs").iterdir()))


def test_nothing_is_done_where_nothing_has_changed(raw: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(raw)
    assert work.taken() == (
        ["bridge.txt", "quay.md", "rows.jsonl"],
        ["bridge.txt", "quay.md", "rows.jsonl", "rows.jsonl"],
    )
    monkeypatch.setattr(nlp, "load", lambda name="": pytest.fail("the spaCy pipeline was loaded"))
    monkeypatch.setattr(stages, "validate", lambda *_: pytest.fail("the tables were judged"))
    again = run(raw)
    assert work.taken() == ([], [])
    assert again.is_unchanged
    assert again.summary == f"nothing has changed: {first.summary}"
    assert again.folder == first.folder
    assert n_runs(raw) == 1


def test_a_changed_article_alone_is_read_and_extracted(raw: Path, work: Work) -> None:
    run(raw)
    work.taken()
    (raw / "bridge.txt").write_text(BRIDGE + "\n" + STORM)
    (raw / "new.txt").write_text("The council of Oslo sold the bridge in 2021. Nobody asked why.\n")
    result = run(raw)
    assert work.taken() == (["bridge.txt", "new.txt"], ["bridge.txt", "new.txt"])
    assert_as_a_full_run(raw, result)


def test_a_changed_row_alone_is_extracted(raw: Path, work: Work) -> None:
    run(raw)
    work.taken()
    with (raw / "rows.jsonl").open("a") as file:
        file.write(json.dumps({"text": QUAY + BRIDGE}) + "\n")
    result = run(raw)
    assert work.taken() == (["rows.jsonl"], ["rows.jsonl"])
    assert_as_a_full_run(raw, result)


def test_a_removed_article_is_gone_from_every_table(raw: Path, work: Work) -> None:
    run(raw)
    work.taken()
    (raw / "bridge.txt").unlink()
    result = run(raw)
    assert work.taken() == ([], [])
    assert b"bridge.txt" not in b"".join(content(result.folder).values())
    assert_as_a_full_run(raw, result)


def test_a_renamed_article_is_read_but_not_extracted(raw: Path, work: Work) -> None:
    """Its ids hash its path, unless it has an address: the same words at another path are another article."""
    from verify.dataset import diff, read_dataset

    before = read_dataset(run(raw).folder)
    work.taken()
    (raw / "quay.md").rename(raw / "pier.md")
    with_address = run(raw)
    assert work.taken() == (["pier.md"], [])
    assert diff(before, read_dataset(with_address.folder)).empty
    (raw / "bridge.txt").rename(raw / "a bridge.txt")
    without = run(raw)
    assert work.taken() == (["a bridge.txt"], [])
    assert set(diff(before, read_dataset(without.folder))["change"]) == {"added", "gone"}
    assert_as_a_full_run(raw, without)


def test_two_articles_that_change_places_are_not_mixed_up(raw: Path, work: Work) -> None:
    run(raw)
    (raw / "bridge.txt").write_text(STORM * 2)
    (raw / "storm.txt").write_text(BRIDGE)
    work.taken()
    result = run(raw)
    assert work.taken() == (["bridge.txt", "storm.txt"], ["bridge.txt"])
    assert_as_a_full_run(raw, result)


def test_an_article_comes_back_when_its_duplicate_goes(raw: Path, work: Work) -> None:
    (raw / "copy.txt").write_text(BRIDGE)
    first = run(raw)
    assert "the same text as bridge.txt" in (first.folder / "issues.csv").read_text()
    (raw / "bridge.txt").unlink()
    work.taken()
    result = run(raw)
    assert work.taken() == ([], [])
    assert (result.n_articles, b"bridge.txt" in b"".join(content(result.folder).values())) == (4, False)
    assert_as_a_full_run(raw, result)


def test_two_articles_of_one_address_keep_their_ids_apart(raw: Path, work: Work) -> None:
    (raw / "second.md").write_text(f"---\nurl: https://news.example.org/quay\n---\n{STORM}{QUAY}")
    run(raw)
    (raw / "quay.md").unlink()
    assert_as_a_full_run(raw, run(raw))


def test_a_full_run_finds_everything_anew(raw: Path, work: Work) -> None:
    first = run(raw)
    expected = work.taken()
    again = run(raw, full=True)
    assert work.taken() == expected
    assert (n_runs(raw), again.is_unchanged) == (2, False)
    assert content(again.folder) == content(first.folder)
    assert run(raw).is_unchanged


@pytest.mark.parametrize(
    ("change", "n_read", "n_extracted"),
    [
        ({"attribution": "rules"}, 0, 4),
        ({"max_sentences": 900}, 0, 4),
        ({"max_chars": 90_000}, 3, 0),
        ({"data_docs": False, "batch_size": 7}, 0, 0),
    ],
)
def test_a_setting_costs_what_depends_on_it(
    raw: Path, work: Work, change: dict[str, Any], n_read: int, n_extracted: int
) -> None:
    run(raw)
    work.taken()
    result = run(raw, **change)
    assert [len(found) for found in work.taken()] == [n_read, n_extracted]
    assert not result.is_unchanged
    assert_as_a_full_run(raw, result, **change)


@pytest.mark.parametrize("change", [{"keep": 9}, {"processes": 1, "pages_url": "https://desk.example.org"}])
def test_a_setting_of_operation_changes_nothing(raw: Path, work: Work, change: dict[str, Any]) -> None:
    run(raw)
    assert run(raw, **change).is_unchanged


def test_a_publisher_with_a_country_costs_its_articles(raw: Path, work: Work) -> None:
    """03/04/2024 is in April or in March, by the country."""
    header = "publisher_id,name,domains,kind,country,reliability\n"
    (raw.parent / "publishers.csv").write_text(header + "quay,Quay Post,news.example.org,,GBR,\n")
    first = run(raw)
    (raw.parent / "publishers.csv").write_text(header + "quay,Quay Post,news.example.org,,USA,\n")
    work.taken()
    result = run(raw)
    assert work.taken()[1] == ["quay.md"]
    assert content(result.folder)["times.csv"] != content(first.folder)["times.csv"]
    assert_as_a_full_run(raw, result)


def test_another_program_finds_everything_anew(raw: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    run(raw)
    work.taken()
    monkeypatch.setattr("verify.fingerprint._of_program", lambda: "another")
    assert not run(raw).is_unchanged
    assert [len(found) for found in work.taken()] == [3, 4]


def change_a_table(out: Path) -> None:
    with (out / "latest" / "claims.csv").open("a") as file:
        file.write("\n")


def remove_a_page(out: Path) -> None:
    (out / "latest" / "report.html").unlink()


def change_a_page(out: Path) -> None:
    (out / "latest" / "validation.html").write_text("all is well")


def damage_the_descriptor(out: Path) -> None:
    (out / "latest" / "datapackage.json").write_text("[]")


def damage_the_pointer(out: Path) -> None:
    (out / "latest.json").write_text("{")


def remove_the_pointer(out: Path) -> None:
    (out / "latest.json").unlink()


def remove_the_run(out: Path) -> None:
    shutil.rmtree((out / "latest").resolve())


DAMAGES = [
    change_a_table,
    remove_a_page,
    change_a_page,
    damage_the_descriptor,
    damage_the_pointer,
    remove_the_pointer,
    remove_the_run,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_dataset_is_published_again(raw: Path, work: Work, damage: Callable[[Path], None]) -> None:
    first = run(raw)
    before = content(first.folder)
    damage(raw.parent / "out")
    work.taken()
    result = run(raw)
    assert not result.is_unchanged
    # A removed run leaves its name free: within the same second the next one may take it.
    assert result.folder != first.folder or damage is remove_the_run
    assert work.taken() == ([], [])
    assert content(result.folder) == before
    assert run(raw).is_unchanged


def test_a_link_that_a_kill_left_behind_is_mended(raw: Path, work: Work) -> None:
    first = run(raw)
    link = raw.parent / "out" / "latest"
    link.unlink()
    link.symlink_to("runs/an-older-one")
    (raw.parent / "out" / ".unfinished-latest.json").write_text("{")
    assert run(raw).is_unchanged
    assert link.resolve() == first.folder.resolve()
    assert not list((raw.parent / "out").glob(".unfinished*"))


def test_a_dataset_that_is_being_published_is_not_looked_at(raw: Path, work: Work) -> None:
    run(raw)
    with runs.locked(raw.parent / "out"), pytest.raises(DatasetError, match="another run is publishing"):
        run(raw)


def damage_every_value(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE kept SET value = substr(value, 1, length(value) - 4) || x'00000000'")
    db.close()


def cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def overwrite(path: Path) -> None:
    path.write_bytes(b"no database" * 5000)


@pytest.mark.parametrize("damage", [Path.unlink, cut_short, overwrite, damage_every_value])
def test_a_lost_state_is_made_anew_from_the_articles(
    raw: Path, work: Work, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    run(raw)
    damage(raw.parent / "out" / pipeline.STATE)
    (raw / "bridge.txt").write_text(SHIPS + QUAY)
    result = run(raw)
    assert len(caplog.records) <= 1
    assert_as_a_full_run(raw, result)
    work.taken()
    assert run(raw).is_unchanged
    assert work.taken() == ([], [])


def test_the_state_can_lie_elsewhere(raw: Path, work: Work) -> None:
    state = str(raw.parent / "elsewhere" / "state")
    run(raw, state=state)
    work.taken()
    result = run(raw, raw.parent / "other", state=state)
    assert work.taken() == ([], [])
    assert_as_a_full_run(raw, result)
    assert not (raw.parent / "out" / pipeline.STATE).exists()


class Killed(BaseException):
    """Stands for a process that ends at once."""


def test_a_killed_run_goes_on_where_it_was(raw: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = workers.Alone.extract

    def killed(self: workers.Alone, batch: Sequence[Article]) -> Extracted:
        if len(work.extracted) == 2:
            raise Killed
        return counted(self, batch)

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(workers.Alone, "extract", killed)
        run(raw, batch_size=1)
    first = work.taken()[1]
    result = run(raw)
    assert sorted(first + work.taken()[1]) == ["bridge.txt", "quay.md", "rows.jsonl", "rows.jsonl"]
    assert_as_a_full_run(raw, result)


def test_a_file_that_changes_while_it_is_read_is_read_again(
    raw: Path, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_file = articles.read_file

    def read_late(file: InputFile, **more: Any) -> Any:
        if file.name == "bridge.txt":
            file.path.write_text(STORM + SHIPS)
        return read_file(file, **more)

    with monkeypatch.context() as patch:
        patch.setattr(articles, "read_file", read_late)
        run(raw)
    (raw / "bridge.txt").write_text(BRIDGE)
    assert_as_a_full_run(raw, run(raw))


def test_an_article_that_failed_is_tried_at_every_run(raw: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    find = analysis.extract

    def fail(doc: Doc, context: analysis.Context) -> Any:
        if "storm" in doc.text:
            raise ZeroDivisionError
        return find(doc, context)

    with monkeypatch.context() as patch:
        patch.setattr(analysis, "extract", fail)
        assert run(raw).n_unread == 1
        work.taken()
        assert run(raw).is_unchanged
        assert work.taken() == ([], ["rows.jsonl"])
    result = run(raw)
    assert work.taken() == ([], ["rows.jsonl"])
    assert result.n_unread == 0
    assert_as_a_full_run(raw, result)
    assert run(raw).is_unchanged


CHANGES = st.lists(
    st.tuples(st.sampled_from(("write", "write", "remove", "rename")), st.integers(0, 4), st.integers(0, 7)),
    min_size=1,
    max_size=4,
)


def change(folder: Path, kind: str, at: int, other: int) -> None:
    """Change one file of a folder: five names, and texts of which some are the same or have the same address."""
    path = folder / f"{at}.md"
    if kind == "write":
        front = f"---\nurl: https://{'ab'[other % 2]}.example.org/x\n---\n" if other > 5 else ""
        path.write_text(front + TEXTS[other % 4] + TEXTS[at % 2])
    elif kind == "remove" and path.exists():
        path.unlink()
    elif kind == "rename" and path.exists():
        path.rename(folder / f"{other % 5}.md")


@settings(max_examples=8, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.lists(CHANGES, min_size=1, max_size=3))
def test_any_changes_end_as_a_full_run_does(raw: Path, work: Work, steps: list[list[tuple[str, int, int]]]) -> None:
    for kept in (raw, raw.parent / "out"):
        shutil.rmtree(kept, ignore_errors=True)
    raw.mkdir()
    (raw / "rows.jsonl").write_text(json.dumps({"text": SHIPS}) + "\n")
    for step in steps:
        for kind, at, other in step:
            change(raw, kind, at, other)
        assert_as_a_full_run(raw, run(raw))
