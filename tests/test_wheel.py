"""The wheel carries all it needs: it runs from an empty folder, without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.slow
def test_the_wheel_runs_from_an_empty_folder(site: Path, tmp_path: Path) -> None:
    env = os.environ | {"PYTHONPATH": str(site)}
    code = "import verify; print(verify.__file__); from verify import cli; cli.main(['init', '.']); cli.main(['run'])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300
    )
    assert done.stdout.splitlines()[0].startswith(str(site)), done.stdout + done.stderr
    assert "1 articles" in done.stderr
    assert (tmp_path / "data" / "curated" / "latest" / "datapackage.json").is_file()


def test_the_wheel_holds_licences_and_the_model_card(site: Path) -> None:
    names = {path.name for path in site.rglob("*") if "dist-info" in path.parts[-3:-1] or "licenses" in str(path)}
    assert "LICENSE" in names
    assert (site / "verify" / "pipelines" / "en_news_sm" / "README.md").is_file()
    assert (site / "verify" / "schemas" / "claims.json").is_file()


@pytest.mark.slow
def test_the_wheel_holds_the_flow_that_a_schedule_serves(site: Path, tmp_path: Path) -> None:
    code = (
        "from verify.serving import ENTRYPOINT, flows_folder; from prefect.flows import load_flow_from_entrypoint\n"
        "print(load_flow_from_entrypoint(f'{flows_folder()}/{ENTRYPOINT}').name, flows_folder())"
    )
    env = os.environ | {"PYTHONPATH": str(site)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.stdout.split() == ["verify-articles", str(site / "verify" / "flows")], done.stderr
