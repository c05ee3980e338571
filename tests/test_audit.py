"""What `make audit` makes of pip-audit's answers."""

from __future__ import annotations

import runpy
import tomllib
from datetime import date
from pathlib import Path

import pytest

AUDIT = runpy.run_path(str(Path(__file__).parents[1] / ".ci" / "audit.py"))
TODAY = date(2026, 11, 23)
CLEAN = {"name": "alpha", "version": "1.0", "vulns": []}
BAD = {
    "name": "beta",
    "version": "2.0",
    "vulns": [{"id": "PYSEC-2026-7", "aliases": ["CVE-2026-123"], "fix_versions": ["2.1"]}],
}
SKIPPED = {"name": "gamma", "skip_reason": "Dependency not found on PyPI"}


def reason(until: date) -> dict[str, object]:
    return {"id": "CVE-2026-123", "package": "beta", "reason": "not reachable from text", "until": until}


@pytest.mark.parametrize(
    ("answer", "reasons", "code", "said"),
    [
        ([CLEAN], [], 0, "1 of 1 packages were looked up; known vulnerabilities: 0"),
        ([CLEAN, BAD], [], 1, "FOUND: PYSEC-2026-7 in beta 2.0; repaired in 2.1"),
        ([CLEAN, BAD], [reason(TODAY)], 0, "passed over until 2026-11-23: PYSEC-2026-7 in beta: not reachable"),
        ([CLEAN, BAD], [reason(date(2026, 11, 22))], 1, "ran out on 2026-11-22"),
        ([CLEAN], [reason(TODAY)], 0, "no longer found, so its reason can go: CVE-2026-123 in beta"),
        ([SKIPPED, SKIPPED], [], 3, "0 of 2 packages were looked up"),
        ([CLEAN, SKIPPED], [], 3, "not looked up: gamma: Dependency not found on PyPI"),
        ([SKIPPED, BAD], [], 1, "FOUND"),
        ([], [], 3, "0 of 0"),
    ],
)
def test_answers(answer, reasons, code, said):
    found, lines = AUDIT["judge"](answer, reasons, TODAY)
    assert found == code
    assert said in "\n".join(lines)


def test_every_reason_says_which_why_and_until_when():
    reasons = tomllib.loads((Path(__file__).parents[1] / ".ci" / "audit.toml").read_text("utf-8"))["passed_over"]
    assert all(set(one) == {"id", "package", "reason", "until"} for one in reasons)
