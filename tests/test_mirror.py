"""Articles are read from, and datasets are copied to, file systems that fsspec knows."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from upath import UPath

from tests.records import sample
from verify import mirror, pipeline, places, runs
from verify.articles import find_inputs, read_articles
from verify.dataset import publish, read_dataset
from verify.errors import ConfigError, DatasetError, InputError
from verify.quality import Outcome, QualityReport
from verify.settings import Settings, load_settings
from verify.terms import ExpectationSeverity

TEXT = "Mayor Ada Quill said on Monday that the bridge would open in May. Critics doubt it."
GOOD = QualityReport((Outcome("claims", "rows", "There are some.", ExpectationSeverity.CRITICAL, success=True),))


@pytest.fixture(params=["memory", "file"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A folder of a file system without renames and links, or one of this machine by its address."""
    return (tmp_path / "far").as_uri() if request.param == "file" else f"memory://{uuid.uuid4()}"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    save(tmp_path / "out", 12)
    return tmp_path / "out"


def save(out: Path, hour: int) -> Path:
    now = datetime(2026, 5, 4, hour, tzinfo=UTC)
    return publish(sample(), GOOD, out=out, provenance={}, pages={"report.html": "é", "docs/a.bin": b"\0"}, now=now)


def test_articles_are_read_from_an_address_as_from_a_folder(address: str, tmp_path: Path) -> None:
    near = tmp_path / "near"
    for root in (UPath(address), near):
        (root / "desk").mkdir(parents=True, exist_ok=True)
        (root / "desk" / "a.txt").write_text(TEXT)
        (root / "desk" / "a.txt.meta.json").write_text('{"publisher": "Canal Times"}')
        (root / "b.jsonl").write_text(json.dumps({"text": TEXT.replace("May", "June")}) + "\n{broken\n")
        (root / ".hidden.txt").write_text(TEXT)
        (root / "c.pdf").write_text("%PDF-")
    corpus = read_articles(address)
    assert corpus == read_articles(near)
    assert [article.path for article in corpus] == ["b.jsonl", "desk/a.txt"]
    assert corpus.articles[1].publisher_id == "canal-times"
    assert len(find_inputs([address, near])[0]) == 4


def test_an_address_that_cannot_be_opened_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Unsupported filesystem"):
        read_articles("nowhere://bucket/raw")
    with pytest.raises(InputError, match="no such file or folder"):
        read_articles(f"memory://{uuid.uuid4()}")
    with pytest.raises(ConfigError, match=r"'output' is .*Unsupported filesystem|'publish_to' is .*Unsupported"):
        load_settings({"output": "nowhere://bucket/curated"}, folder=tmp_path)


def test_a_dataset_is_read_from_an_address_as_it_was(address: str, out: Path) -> None:
    mirror.push(out, address)
    there = read_dataset(address)
    for name, frame in read_dataset(out).tables.items():
        pd.testing.assert_frame_equal(there.tables[name], frame)
    run = runs.latest(out)
    assert run is not None
    with mirror.fetched(f"{address}/runs/{run.run}") as folder:
        assert (folder / "report.html").read_text("utf-8") == "é"
        assert (folder / "docs" / "a.bin").read_bytes() == b"\0"


def test_the_pointer_is_written_last(address: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    real_write, real_replace = UPath.write_bytes, mirror._replace

    def note(path: UPath, data: bytes) -> int:
        written.append(path.name)
        return real_write(path, data)

    def note_pointer(path: Path, data: bytes) -> None:
        written.append(path.name)
        real_replace(path, data)

    monkeypatch.setattr(type(UPath(address)), "write_bytes", note)
    monkeypatch.setattr(mirror, "_replace", note_pointer)
    mirror.push(out, address)
    assert written[-2:] == ["datapackage.json", "latest.json"]
    assert len(written) > 20


@pytest.mark.parametrize("allowed", [0, 1, 7, 20])
def test_a_copy_that_is_cut_short_leaves_the_last_dataset_and_is_completed(
    address: str, out: Path, monkeypatch: pytest.MonkeyPatch, allowed: int
) -> None:
    mirror.push(out, address)
    before = (UPath(address) / "latest.json").read_bytes()
    newer = save(out, 13)
    kind, count = type(UPath(address)), 0
    real = kind.write_bytes

    def fail(path: UPath, data: bytes) -> int:
        nonlocal count
        count += 1
        if count > allowed:
            raise OSError("connection lost")
        return real(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(kind, "write_bytes", fail)
        with pytest.raises(DatasetError, match=r"connection lost.*the next run copies it"):
            mirror.push(out, address)
    assert (UPath(address) / "latest.json").read_bytes() == before
    assert len(read_dataset(address).claims) == len(read_dataset(out).claims)
    mirror.push(out, address)
    assert json.loads((UPath(address) / "latest.json").read_bytes())["run"] == newer.name
    read_dataset(address)


def test_a_new_machine_takes_over_the_latest_dataset(address: str, out: Path, tmp_path: Path) -> None:
    mirror.push(out, address)
    mirror.pull(address, tmp_path / "new")
    assert read_dataset(tmp_path / "new").path == tmp_path / "new" / "runs" / sorted(p.name for p in runs.find(out))[-1]
    save(tmp_path / "new", 14)
    kept = runs.latest(tmp_path / "new")
    mirror.pull(address, tmp_path / "new")
    assert runs.latest(tmp_path / "new") == kept


def test_nothing_is_taken_over_where_there_is_nothing(address: str, tmp_path: Path) -> None:
    mirror.pull(address, tmp_path / "new")
    assert runs.latest(tmp_path / "new") is None


def test_a_descriptor_cannot_name_files_elsewhere(address: str, out: Path) -> None:
    mirror.push(out, address)
    pointer = runs.latest(out)
    assert pointer is not None
    descriptor = UPath(address) / "runs" / pointer.run / "datapackage.json"
    data = json.loads(descriptor.read_bytes())
    descriptor.write_text(json.dumps(data | {"pages": ["../../../outside.html"]}))
    with pytest.raises(DatasetError, match="outside its folder"):
        read_dataset(address)


def test_an_output_that_is_an_address_is_made_here_and_copied_there() -> None:
    settings = Settings(output="memory://bucket/curated")
    assert settings.publish_to == "memory://bucket/curated"
    assert settings.output == places.home("memory://bucket/curated")
    assert settings.output.parent == places.HOMES
    assert Settings().publish_to == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("s3://bucket/x", True),
        ("memory://x", True),
        ("simplecache::s3://bucket/x", True),
        ("data/raw", False),
        ("C://data", False),
        ("a:b", False),
        ("", False),
    ],
)
def test_what_an_address_is(value: str, expected: bool) -> None:
    assert places.is_address(value) is expected


def test_a_run_from_an_address_to_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    root = f"memory://{uuid.uuid4()}"
    raw, curated = UPath(root) / "raw", UPath(root) / "curated"
    raw.mkdir(parents=True)
    (raw / "bridge.txt").write_text(TEXT)
    (raw / "ferry.txt").write_text("The ferry company cut eleven jobs in March 2024, according to its own report.")
    settings, _ = load_settings({"input": [f"{root}/raw"], "output": f"{root}/curated"}, environ={}, folder=tmp_path)
    done = pipeline.run(settings)
    assert done.summary.endswith(f"-> {root}/curated (report.html)")
    there = read_dataset(f"{root}/curated")
    assert list(there.articles["path"]) == ["bridge.txt", "ferry.txt"]
    assert len(there.claims) == done.n_claims > 0
    assert (curated / "runs" / done.folder.name / "report.html").exists()
    (curated / "latest.json").unlink()
    again = pipeline.run(settings)
    assert (again.is_unchanged, again.folder) == (True, done.folder)
    assert json.loads((curated / "latest.json").read_text())["run"] == done.folder.name
