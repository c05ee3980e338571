import contextlib
import itertools
import json
from datetime import UTC, datetime, timedelta

import filelock
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import verify.disk
import verify.publish
import verify.runs
import verify.staging
from tests.records import QUAY, harbour, quay, sample
from verify import schema
from verify.csvsafe import guard, unguard
from verify.dataset import Dataset, diff, publish, read_dataset
from verify.errors import DatasetError, SchemaError, ValidationFailed
from verify.quality import Outcome, QualityReport
from verify.terms import ExpectationSeverity

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
GOOD = QualityReport((Outcome("claims", "rows", "There are some.", ExpectationSeverity.CRITICAL, success=True),))
BAD = QualityReport((Outcome("claims", "rows", "There are some.", ExpectationSeverity.CRITICAL, success=False),))


def save(out, tables=None, *, now=NOON, report=GOOD, **more):
    return publish(tables or sample(), report, out=out, provenance={"inputs": ["a.txt"]}, now=now, **more)


def test_a_dataset_reads_back_as_it_was(tmp_path):
    tables = sample()
    run = save(tmp_path, tables, pages={"report.html": "<p>é</p>", "docs/a.bin": b"\0"})
    assert run.name.startswith("20260504120000-")
    assert (run / "report.html").read_text("utf-8") == "<p>é</p>"
    for path in (tmp_path, tmp_path / "latest", run):
        dataset = read_dataset(path)
        assert dataset.path == run.resolve()
        for name, frame in tables.items():
            pd.testing.assert_frame_equal(dataset.tables[name], frame)
    assert dataset.provenance["inputs"] == ["a.txt"]


def test_csv_alone_reads_back_as_it_was(tmp_path):
    tables = sample()
    run = save(tmp_path, tables)
    for path in run.glob("*.parquet"):
        path.unlink()
    for name, frame in read_dataset(run).tables.items():
        pd.testing.assert_frame_equal(frame, tables[name])


def test_no_formula_leaves_in_csv(tmp_path):
    run = save(tmp_path)
    plain = pd.read_csv(run / "claims.csv", keep_default_na=False)
    assert QUAY[:38] not in set(plain["text"])
    assert "'" + QUAY[:38] in set(plain["text"])
    assert set(plain["polarity"]) == {"+"}
    assert QUAY[:38] in set(pd.read_parquet(run / "claims.parquet")["text"])


def test_a_source_called_none_survives_the_documented_reading(tmp_path):
    claims = pd.read_csv(save(tmp_path) / "claims.csv", keep_default_na=False, na_values=[""])
    assert set(claims["source_name"].dropna()) == {"None"}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("'=+-@\t\r\n＝a,\"é"), max_size=6) | st.none(), max_size=8))
def test_the_guard_can_be_undone(values):
    frame = pd.DataFrame({"text": pd.Series(values, dtype="str")})
    pd.testing.assert_frame_equal(unguard(guard(frame)), frame)
    assert not guard(frame)["text"].str.contains(r"^[=+\-@\t\r\n＝＋－＠]", na=False).any()


def test_the_same_input_gives_the_same_bytes(tmp_path):
    first = save(tmp_path / "a", sample([harbour(), quay()]), pages={"report.html": "x"})
    second = save(tmp_path / "b", sample([quay(), harbour()]), now=NOON + timedelta(days=3), pages={"report.html": "x"})
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in second.iterdir())
    for name in names:
        left, right = (first / name).read_bytes(), (second / name).read_bytes()
        if name == "datapackage.json":
            left, right = (json.loads(text) for text in (left, right))
            assert left.pop("created") != right.pop("created")
            assert left.pop("run") != right.pop("run")
        assert left == right, name


def test_nothing_is_written_when_an_expectation_failed(tmp_path):
    before = save(tmp_path)
    with pytest.raises(ValidationFailed, match="claims: rows"):
        save(tmp_path, report=BAD)
    with pytest.raises(ValidationFailed, match="none was judged"):
        save(tmp_path, report=QualityReport(()))
    assert read_dataset(tmp_path).path == before.resolve()
    assert [path.name for path in (tmp_path / "runs").iterdir()] == [before.name]


def test_nothing_is_written_when_a_table_is_wrong(tmp_path):
    tables = sample()
    with pytest.raises(SchemaError, match="column 'start'"):
        save(tmp_path, tables | {"claims": tables["claims"].astype({"start": "float64"})})
    assert not (tmp_path / "runs").exists()


def test_a_locked_folder_says_so(tmp_path):
    with (
        filelock.FileLock(tmp_path / ".lock"),
        pytest.raises(DatasetError, match=r"another run is publishing here.*Wait"),
    ):
        save(tmp_path)


def test_runs_stay_in_order_when_the_clock_goes_back(tmp_path):
    first = save(tmp_path)
    second = save(tmp_path, now=NOON - timedelta(days=400))
    third = save(tmp_path)
    assert sorted([first.name, second.name, third.name]) == [first.name, second.name, third.name]
    assert read_dataset(tmp_path).path == third.resolve()
    assert json.loads((second / "datapackage.json").read_text())["created"].startswith("2025-")


def test_what_a_killed_publication_left_is_swept(tmp_path):
    run = save(tmp_path)
    left = tmp_path / "runs" / ".unfinished-1"
    left.mkdir()
    (left / "claims.csv").write_text("half")
    (tmp_path / ".unfinished-latest.json").write_text("{")
    assert read_dataset(tmp_path).path == run.resolve()
    save(tmp_path)
    assert not left.exists()
    assert not list(tmp_path.glob(".unfinished*"))


def test_a_failed_write_leaves_the_last_dataset(tmp_path, monkeypatch):
    run = save(tmp_path)

    def full(*_):
        raise OSError(28, "No space left on device", "claims.parquet")

    monkeypatch.setattr("verify.publish._write_pages", full)
    with pytest.raises(DatasetError, match=r"claims.parquet: could not be written: No space left.*still in place"):
        save(tmp_path)
    assert read_dataset(tmp_path).path == run.resolve()
    assert [path.name for path in (tmp_path / "runs").iterdir()] == [run.name]


class Killed(BaseException):
    """Stands for a process that ends at once: nothing is cleaned up."""


STEPS = (
    (verify.runs, "sweep"),
    (verify.staging.OnDisk, "write"),
    (verify.publish, "_write_pages"),
    (verify.disk, "write_json"),
    (verify.disk, "flush"),
    (verify.disk, "flush_folder"),
    (verify.runs, "point"),
)


def kill_at(patch, fatal):
    """Let the publication die when it takes its n-th step."""
    taken = itertools.count(1)

    def counted(original):
        def step(*arguments):
            if next(taken) == fatal:
                raise Killed
            return original(*arguments)

        return step

    for module, name in STEPS:
        patch.setattr(module, name, counted(getattr(module, name)))
    patch.setattr(verify.publish.shutil, "rmtree", lambda *_, **__: None)


def test_a_killed_publication_never_leaves_half_a_dataset(tmp_path, monkeypatch):
    before, after = sample(), sample([harbour()])
    run = save(tmp_path, before)
    outcomes = []
    for fatal in range(1, 100):
        with monkeypatch.context() as patch:
            kill_at(patch, fatal)
            with contextlib.suppress(Killed):
                save(tmp_path, after)
                break
        dataset = read_dataset(tmp_path)
        outcomes.append(dataset.path == run.resolve())
        assert len(dataset.claims) == (3 if outcomes[-1] else 2)
        run = save(tmp_path, before)
        assert not list(tmp_path.rglob(".unfinished*"))
        assert (tmp_path / "latest").resolve() == read_dataset(tmp_path).path == run.resolve()
    assert set(outcomes) == {True, False}
    assert len(outcomes) >= 10


def test_tables_are_attributes(tmp_path):
    dataset = Dataset(sample(), report=GOOD)
    assert len(dataset.claims) == 3
    with pytest.raises(AttributeError, match="no attribute 'claim'"):
        dataset.claim  # noqa: B018
    run = dataset.save(tmp_path, now=NOON)
    assert read_dataset(run).save(tmp_path / "again", now=NOON).name == run.name


def test_what_is_no_dataset_says_so(tmp_path):
    with pytest.raises(DatasetError, match=r"no datapackage.json.*verify run"):
        read_dataset(tmp_path)
    (tmp_path / "latest.json").write_text("[]")
    with pytest.raises(DatasetError, match="does not name a run"):
        read_dataset(tmp_path)


def test_a_damaged_dataset_says_so(tmp_path):
    run = save(tmp_path)
    (run / "claims.parquet").write_bytes(b"PAR1 cut")
    with pytest.raises(DatasetError, match=r"claims.parquet: cannot be read"):
        read_dataset(run)
    (run / "claims.parquet").unlink()
    (run / "claims.csv").unlink()
    with pytest.raises(DatasetError, match=r"claims.csv: there is no such file"):
        read_dataset(run)
    (run / "datapackage.json").write_text("{")
    with pytest.raises(DatasetError, match="is not JSON"):
        read_dataset(run)


def test_another_ones_columns_are_named(tmp_path):
    run = save(tmp_path)
    (run / "flags.parquet").unlink()
    (run / "flags.csv").write_text("claim_id,flag\nc_1,hedged\n")
    with pytest.raises(SchemaError, match="flags: column 'article_id'"):
        read_dataset(run)


def test_differences_of_two_datasets():
    old, new = sample([harbour(), quay()]), sample([harbour(), harbour("port-post", "other")])
    new["claims"].loc[new["claims"]["text"].str.contains("may"), "factuality"] = "PR"
    found = diff(Dataset(old), Dataset(new))
    assert list(found["change"]) == ["added", "added", "gone", "changed"]
    assert found["columns"].iloc[3] == "factuality"
    assert found["text"].iloc[2] == QUAY[:38]
    assert diff(Dataset(old), Dataset(old)).empty


def test_words_that_moved_are_no_difference():
    old, new = sample(), sample()
    new["claims"]["start"] += 7
    new["claims"]["end"] += 7
    assert diff(Dataset(old), Dataset(new)).empty


@pytest.mark.parametrize("name", schema.TABLES)
def test_empty_tables_keep_their_types(tmp_path, name):
    tables = sample()
    run = save(tmp_path, tables | {name: tables[name].head(0)})
    pd.testing.assert_frame_equal(read_dataset(run).tables[name], tables[name].head(0))
