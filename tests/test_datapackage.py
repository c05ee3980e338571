import json
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.records import harbour, match, quay, sample
from tests.test_dataset import GOOD, save
from verify import datapackage, schema
from verify.dataset import publish
from verify.models import Issue, claim_ids
from verify.terms import IssueReason, IssueSeverity

ROOT = Path(__file__).parents[1]


@pytest.fixture
def run(tmp_path):
    articles = [harbour(), quay(), harbour("port-post", "other")]
    failed = Issue(
        "a.txt", IssueReason.FAILED_EXPECTATION, IssueSeverity.NOTICE, "x", claim_id=claim_ids(articles[0])[0]
    )
    return save(tmp_path, sample(articles, matches=[match(articles[0], articles[2])], issues=[failed]))


def judged(run):
    """What frictionless says of a dataset: (file, row, column, kind of error)."""
    import frictionless

    report = frictionless.validate(str(run / "datapackage.json"))
    errors = report.flatten(["rowNumber", "fieldName", "type"])
    return report.valid, errors, [task.name for task in report.tasks]


def test_an_outside_judge_finds_nothing_wrong(run):
    valid, errors, names = judged(run)
    assert errors == []
    assert valid
    assert {name for name in names if not name.endswith("-parquet")} == set(schema.TABLES)


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("claims", '"event"', '"rumour"', "constraint-error"),
        ("claims", "c_", "d_", "foreign-key"),
        ("flags", "hedged", "hedgy", "constraint-error"),
        ("hedges", "h_", "c-", "constraint-error"),
        ("times", '2021-05-04,2021-05-04,"day"', '2021-05-04,4 May,"day"', "type-error"),
    ],
)
def test_the_outside_judge_would_find_it(run, table, old, new, error):
    path = run / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    valid, errors, _ = judged(run)
    assert not valid
    kinds = {kind for _, _, kind in errors}
    assert error in kinds
    assert "hash-count" in kinds
    assert datapackage.problems(run) == [f"{table}.csv: changed since it was published (its hash is another)"]


def test_the_outside_judge_sees_a_changed_parquet_file(run):
    path = run / "flags.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"X")
    valid, errors, _ = judged(run)
    assert not valid
    assert {kind for _, _, kind in errors} == {"hash-count"}


def test_the_descriptor_says_where_the_data_comes_from(run):
    descriptor = json.loads((run / "datapackage.json").read_text("utf-8"))
    assert descriptor["run"] == run.name
    assert descriptor["created"] == "2026-05-04T12:00:00+00:00"
    assert descriptor["version"] == f"{schema.VERSION}+{run.name.partition('-')[2]}"
    assert descriptor["provenance"]["inputs"] == ["a.txt"]
    assert descriptor["provenance"]["suites"] == GOOD.summary()
    claims = next(resource for resource in descriptor["resources"] if resource["name"] == "claims")
    assert claims["bytes"] == (run / "claims.csv").stat().st_size
    assert claims["schema"]["missingValues"] == [""]
    assert "apostrophe" in descriptor["description"]


def test_a_missing_file_is_named(run):
    assert datapackage.problems(run) == []
    (run / "times.parquet").unlink()
    assert datapackage.problems(run) == ["times.parquet: listed in datapackage.json, but there is no such file"]


@pytest.mark.slow
def test_the_wheel_carries_the_schemas(tmp_path):
    """Build the wheel and run it from an empty folder, with nothing of the checkout in reach."""
    source = tmp_path / "source"
    keep = ("src", "schemas", "flows", "pyproject.toml", "README.md", "LICENSE")
    source.mkdir()
    for name in [name for name in keep if (ROOT / name).exists()]:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    wheel = next((tmp_path / "dist").glob("*.whl"))
    installed, empty = tmp_path / "installed", tmp_path / "empty"
    empty.mkdir()
    zipfile.ZipFile(wheel).extractall(installed)
    script = f"""
import sys
sys.path.insert(0, {str(installed)!r})
from verify import schema
assert schema.__file__.startswith({str(installed)!r}), schema.__file__
assert schema.folder().is_dir() and str(schema.folder()).startswith({str(installed)!r}), schema.folder()
print(len(schema.load_all()))
"""
    printed = subprocess.run([sys.executable, "-c", script], cwd=empty, check=True, capture_output=True, text=True)
    assert printed.stdout.strip() == str(len(schema.TABLES))


def test_pages_are_listed(tmp_path):
    moment = datetime(2026, 5, 4, tzinfo=UTC)
    run = publish(sample(), GOOD, out=tmp_path, provenance={}, pages={"report.html": "x"}, now=moment)
    assert json.loads((run / "datapackage.json").read_text("utf-8"))["pages"] == ["report.html"]
