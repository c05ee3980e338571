"""Which datasets were published, which stay, and the way back to an earlier one."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.records import harbour, quay, sample
from tests.test_dataset import NOON, Killed, kill_at, save
from verify import cli, runs
from verify.dataset import read_dataset
from verify.errors import DatasetError
from verify.history import history, roll_back


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three datasets, an hour apart, of different articles."""
    folder = tmp_path_factory.mktemp("published")
    for hour, part in enumerate(([harbour()], [quay()], [harbour(), quay()])):
        save(folder, sample(part), now=NOON + timedelta(hours=hour))
    return folder


@pytest.fixture
def three(published: Path, tmp_path: Path) -> list[Path]:
    """The runs of a copy of the three datasets."""
    shutil.copytree(published, tmp_path, symlinks=True, dirs_exist_ok=True)
    return runs.find(tmp_path)


def latest(out: Path) -> str:
    """Return the run that the pointer and the link name, which must be one."""
    pointer = runs.latest(out)
    assert pointer is not None
    assert (out / "latest").resolve().name == pointer.run == read_dataset(out).path.name  # type: ignore[union-attr]
    return pointer.run


def test_the_history_is_a_row_for_each_dataset(tmp_path: Path, three: list[Path]) -> None:
    rows = history(tmp_path).to_dict("records")
    assert [row["run"] for row in rows] == [folder.name for folder in reversed(three)]
    assert [row["is_latest"] for row in rows] == [True, False, False]
    assert [(row["articles"], row["claims"]) for row in rows] == [(2, 3), (1, 1), (1, 2)]
    assert rows[2]["created"] == "2026-05-04T12:00:00+00:00"
    assert all(0 <= row["review"] <= row["claims"] for row in rows)
    assert sum(row["review"] for row in rows) > 0


def test_what_is_damaged_or_not_ours_is_told_apart(tmp_path: Path, three: list[Path]) -> None:
    (three[0] / "claims.csv").write_text("")
    shutil.rmtree(three[1] / "claims.parquet", ignore_errors=True)
    (three[1] / "claims.parquet").unlink()
    (three[2] / "datapackage.json").write_text("{")
    (tmp_path / "runs" / "notes").mkdir()
    (tmp_path / "runs" / ".unfinished-7").mkdir()
    rows = history(tmp_path)
    assert list(rows["state"]) == ["damaged"] * 3
    assert list(rows["claims"].isna()) == [True, True, False]


def test_there_is_no_history_of_nothing(tmp_path: Path) -> None:
    for do in (history, roll_back):
        with pytest.raises(DatasetError, match=r"holds no dataset.*verify run"):
            do(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_rolling_back_goes_one_dataset_back_at_a_time(tmp_path: Path, three: list[Path]) -> None:
    assert latest(tmp_path) == three[2].name
    assert roll_back(tmp_path) == three[1]
    assert latest(tmp_path) == three[1].name
    assert roll_back(tmp_path) == three[0]
    with pytest.raises(DatasetError, match="no run before the latest one"):
        roll_back(tmp_path)
    assert latest(tmp_path) == three[0].name


def test_a_run_can_be_named(tmp_path: Path, three: list[Path]) -> None:
    roll_back(tmp_path, three[0].name)
    assert latest(tmp_path) == three[0].name
    roll_back(tmp_path, three[2].name[:10])
    assert latest(tmp_path) == three[2].name


@pytest.mark.parametrize("name", ["2026", "1999", "../runs", "/", "notes", "*"])
def test_a_name_must_stand_for_one_run(tmp_path: Path, three: list[Path], name: str) -> None:
    (tmp_path / "runs" / "notes").mkdir()
    with pytest.raises(DatasetError, match="expected one"):
        roll_back(tmp_path, name)
    assert latest(tmp_path) == three[2].name


def test_a_damaged_dataset_is_not_gone_back_to(tmp_path: Path, three: list[Path]) -> None:
    (three[1] / "flags.csv").write_text("claim_id\n")
    with pytest.raises(DatasetError, match=r"not as it was published: flags.csv.*verify history"):
        roll_back(tmp_path)
    assert latest(tmp_path) == three[2].name


def test_nobody_goes_back_while_a_run_publishes(tmp_path: Path, three: list[Path]) -> None:
    with runs.locked(tmp_path), pytest.raises(DatasetError, match="another run is publishing"):
        roll_back(tmp_path)


def test_the_next_run_publishes_after_going_back(tmp_path: Path, three: list[Path]) -> None:
    roll_back(tmp_path, three[0].name)
    pointer = runs.latest(tmp_path)
    assert pointer == runs.Pointer(three[0].name)
    fourth = save(tmp_path, now=NOON)
    assert fourth.name > three[2].name
    assert latest(tmp_path) == fourth.name


@pytest.mark.parametrize(("keep", "left"), [(0, [0, 1, 2, 3]), (1, [3]), (2, [2, 3]), (9, [0, 1, 2, 3])])
def test_the_last_datasets_are_kept(tmp_path: Path, three: list[Path], keep: int, left: list[int]) -> None:
    folders = [*three, save(tmp_path, now=NOON + timedelta(days=1), keep=keep)]
    assert runs.find(tmp_path) == [folders[n] for n in left]
    assert latest(tmp_path) == folders[3].name


def test_the_latest_dataset_is_never_removed(tmp_path: Path, three: list[Path]) -> None:
    roll_back(tmp_path, three[0].name)
    runs.forget(tmp_path, 1)
    assert runs.find(tmp_path) == [three[0], three[2]]
    (tmp_path / "latest.json").unlink()
    runs.forget(tmp_path, 1)
    assert runs.find(tmp_path) == [three[0], three[2]], "where none is the latest, none goes"


def test_what_cannot_be_removed_stays_and_is_no_error(
    tmp_path: Path, three: list[Path], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stop(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("verify.runs.shutil.rmtree", stop)
        fourth = save(tmp_path, now=NOON + timedelta(days=1), keep=2)
    assert latest(tmp_path) == fourth.name
    assert runs.find(tmp_path) == [three[2], fourth]
    assert "could not be removed: [Errno 13]" in caplog.text
    save(tmp_path, now=NOON + timedelta(days=2))
    assert not list(tmp_path.rglob(".unfinished*"))


@pytest.mark.parametrize(
    ("write", "what"),
    [("{", "does not name a run"), ('{"run": 7}', "does not name a run"), ("[]", "does not name a run")],
)
def test_a_damaged_pointer_says_so(tmp_path: Path, three: list[Path], write: str, what: str) -> None:
    (tmp_path / "latest.json").write_text(write)
    with pytest.raises(DatasetError, match=what):
        history(tmp_path)
    fourth = save(tmp_path, now=NOON)
    assert latest(tmp_path) == fourth.name


def test_the_commands(tmp_path: Path, three: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path)
    assert cli.main(["history", "-o", out, "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["run"] for row in rows if row["is_latest"]] == [three[2].name]
    assert cli.main(["rollback", "-o", out]) == 0
    assert three[1].name in capsys.readouterr().err
    assert cli.main(["rollback", "2020", "-o", out]) == 3
    assert "0 runs begin with '2020'; expected one" in capsys.readouterr().err
    assert cli.main(["history", "-o", out]) == 0
    assert three[1].name in capsys.readouterr().out


def test_a_killed_rollback_leaves_one_dataset_or_the_other(
    tmp_path: Path, three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()
    for fatal in range(1, 9):
        with monkeypatch.context() as patch:
            kill_at(patch, fatal)
            try:
                roll_back(tmp_path, three[0].name)
            except Killed:
                seen.add(read_dataset(tmp_path).path)
            else:
                break
        roll_back(tmp_path, three[2].name)
        assert latest(tmp_path) == three[2].name
    assert seen == {folder.resolve() for folder in (three[0], three[2])}
