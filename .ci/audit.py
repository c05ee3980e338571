"""Look up known vulnerabilities of the locked dependencies; `make audit`, with pip-audit and a network.

pip-audit says that it found none when the service did not know a single package, so what was looked up is counted
here. What may be passed over stands in `audit.toml` with its reason and the day until which it holds.

Exit codes: 0 nothing found, 1 something found or a reason that has run out, 3 nothing or not everything looked up.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LOCK = HERE.parent / "requirements.lock"
FOUND, NOT_LOOKED_UP = 1, 3


def main(arguments: Sequence[str]) -> int:
    """Run pip-audit on the lock and judge its answer.

    Args:
        arguments: Options for pip-audit, such as `--vulnerability-service osv`.
    """
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--disable-pip", "--require-hashes"]
    command += ["--format", "json", "--desc", "off", "--progress-spinner", "off", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        answer = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (done.stderr.strip() or "no output").splitlines()[-1]
        print(f"pip-audit ended with {done.returncode}: {reason}\nNothing was looked up. Is there a network?")  # noqa: T201
        return NOT_LOOKED_UP
    reasons = tomllib.loads((HERE / "audit.toml").read_text("utf-8"))["passed_over"]
    code, lines = judge(answer, reasons, date.today())
    print("\n".join(lines))  # noqa: T201
    return code


def judge(
    answer: Sequence[Mapping[str, Any]], reasons: Sequence[Mapping[str, Any]], today: date
) -> tuple[int, list[str]]:
    """Judge what pip-audit answered.

    Args:
        answer: Its packages, each with `vulns` or a `skip_reason`.
        reasons: What may be passed over: id, package, reason, until.
        today: Reasons that held until an earlier day have run out.

    Returns:
        The exit code and the lines to print.
    """
    skipped = [package for package in answer if "skip_reason" in package]
    found = [(package, vuln) for package in answer for vuln in package.get("vulns", ())]
    lines, used = [], set()
    for package, vuln in found:
        reason = next((r for r in reasons if r["id"] in {vuln["id"], *vuln.get("aliases", ())}), None)
        used |= {reason["id"]} if reason else set()
        if reason and reason["until"] >= today:
            lines.append(f"passed over until {reason['until']}: {vuln['id']} in {package['name']}: {reason['reason']}")
            continue
        repaired = ", ".join(vuln.get("fix_versions", ())) or "no version"
        late = f"; its reason to be passed over ran out on {reason['until']}" if reason else ""
        lines.append(f"FOUND: {vuln['id']} in {package['name']} {package['version']}; repaired in {repaired}{late}")
    lines += [
        f"no longer found, so its reason can go: {r['id']} in {r['package']}" for r in reasons if r["id"] not in used
    ]
    lines += [f"not looked up: {package['name']}: {package['skip_reason']}" for package in skipped[:3]]
    lines.append(
        f"{len(answer) - len(skipped)} of {len(answer)} packages were looked up; known vulnerabilities: {len(found)}"
    )
    if any(line.startswith("FOUND") for line in lines):
        return FOUND, lines
    return (NOT_LOOKED_UP if skipped or not answer else 0), lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
