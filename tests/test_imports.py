"""The package is light to import, its layers only point downwards, and its public names exist."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import verify

PACKAGE = Path(verify.__file__).parent
HEAVY = ("prefect", "great_expectations", "spacy", "pandas", "pyarrow", "trafilatura", "pydantic")
# From the top down; a room imports from its own line or from lines below it.
LAYERS = (
    {"cli", "scaffold", "cli_schedule", "cli_history"},
    {"show", "serving", "cli_exit"},
    {"api"},
    {"pipeline"},
    {"cluster"},
    {"remote"},
    {"workers"},
    {"stages"},
    {"context"},
    {"survey", "draft"},
    {"findings", "shelf", "facts"},
    {"history", "fingerprint", "memory"},
    {
        "report",
        "report_view",
        "dataset",
        "publish",
        "datapackage",
        "provenance",
        "dictionary",
        "csvsafe",
        "runs",
        "staging",
        "mirror",
    },
    {"quality", "flags", "corroboration", "actors", "calls"},
    {"tables", "schema"},
    {"components"},
    {"analysis"},
    {"nlp", "ner", "embedding", "word_vectors", "extract"},
    {"articles", "clean", "reading", "publishers"},
    {"lexicon", "notify"},
    {"models", "terms", "errors", "settings", "console", "limits", "disk", "garbage", "threads"},
    {"places"},
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}


def imports_of(path: Path) -> set[str]:
    """Return the rooms of this package that a module imports, also inside functions and for types."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "verify":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("verify."):
            found.add(node.module.split(".")[1])  # type: ignore[union-attr]
    return found


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_downwards(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    for other in imports_of(path):
        assert LEVEL[other] >= LEVEL[room], f"{room} imports {other}, which lies above it"


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = f"import sys, verify; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['verify', '--help']\nfrom verify.cli import main\nmain()\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.strip() == "[]"
    assert "validate" in done.stdout


def test_public_names_are_what_is_exported() -> None:
    assert set(verify.__all__) == set(verify._HOMES)
    for name in verify.__all__:
        assert getattr(verify, name).__module__.startswith("verify.")
    with pytest.raises(AttributeError, match="has no attribute 'analyse'"):
        verify.analyse  # noqa: B018
