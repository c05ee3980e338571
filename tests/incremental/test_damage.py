"""What was lost, damaged, killed or failed is made anew by the next run."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc

from tests.incremental.runs import BRIDGE, QUAY, SHIPS, STORM, Work, assert_as_a_full_run, content, run
from verify import analysis, articles, pipeline, runs, workers
from verify.articles import InputFile
from verify.calls import Calls
from verify.context import Extracted
from verify.errors import DatasetError
from verify.memory import Store, decode
from verify.models import Article


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


def forge_analyses(path: Path) -> int:
    """Put nonsense in the place of every analysis, with the right checksum, and forget what was made of them."""
    store, forged = Store(path), {}
    with sqlite3.connect(path) as db:
        for key, value in db.execute("SELECT key, value FROM kept").fetchall():
            end = 4 + int.from_bytes(value[:4])
            with suppress(ValueError):
                decode(value[4:end], Calls)
                forged[key] = value[:end] + zlib.compress(b'{"py/object": "os.system"}')
        db.execute("DELETE FROM kept")
    db.close()
    store.put(forged)
    store.close()
    return len(forged)


def test_an_analysis_of_another_hand_is_made_anew(raw: Path, work: Work) -> None:
    result = run(raw)
    shutil.rmtree(result.folder)
    assert forge_analyses(raw.parent / "out" / pipeline.STATE) == result.n_articles == 4
    assert_as_a_full_run(raw, run(raw))
    assert run(raw).is_unchanged


def test_an_article_that_cannot_be_analysed_again_stops_the_run(
    raw: Path, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(run(raw).folder)
    forge_analyses(raw.parent / "out" / pipeline.STATE)
    monkeypatch.setattr(analysis, "extract", lambda doc, context: 1 / 0)
    with pytest.raises(DatasetError, match=r"holds no analysis of .*ZeroDivisionError.*Run again with --full"):
        run(raw)


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
