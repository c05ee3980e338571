"""What the documents say is what the program does."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from verify import schema
from verify.cli import app
from verify.settings import Settings
from verify.terms import Flag

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_generated_pages_are_current() -> None:
    done = subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_two_commands_are_the_first_lines_of_the_readme() -> None:
    assert re.match(r"# verify\n\n```sh\nmake run .*\nmake test .*\n```\n", README)


def test_every_command_stands_in_the_readme() -> None:
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"| `verify {name}" in README


def test_every_table_column_and_flag_is_documented() -> None:
    dictionary = (ROOT / "docs" / "data-dictionary.md").read_text("utf-8")
    for table in schema.load_all().values():
        for column in table:
            assert f"`{column.name}`" in dictionary, f"{table.name}.{column.name}"
    flags = (ROOT / "docs" / "flags.md").read_text("utf-8")
    assert all(f"`{flag.value}`" in flags for flag in Flag)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
        if not re.match(r"[a-z]+://", target):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_setting_has_a_description() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_dependencies_are_those_that_are_imported() -> None:
    """What is imported is declared, and nothing else is, but for the two pins that Prefect needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["dask"]
    declared = {re.split(r"[<>=!~\[ ;]", line)[0].lower().replace("-", "_") for line in lines}
    names = {"dateutil": "python_dateutil", "yaml": "pyyaml", "upath": "universal_pathlib"}
    imported = set()
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "flows").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(str(node.module).partition(".")[0])
    ours = {"verify"} | {path.stem for path in (ROOT / "flows").glob("*.py")}
    foreign = imported - ours - set(sys.stdlib_module_names)
    assert {names.get(name, name) for name in foreign} == declared - {"fastapi", "sqlalchemy"}


def test_the_lock_names_no_index_and_pins_everything_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in re.sub(r"^\s*#.*$", "", lock, flags=re.MULTILINE)
    pins = re.findall(r"^[\w.-]+==", lock, re.MULTILINE)
    assert len(pins) > 100
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[\w.-]+==)", lock)[1:])
