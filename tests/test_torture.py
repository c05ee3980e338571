"""Five runs are killed, and two run at once, in processes of their own; `make torture` kills a hundred."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_killed_and_rival_runs_leave_whole_datasets() -> None:
    command = [sys.executable, "-m", "tests.torture", "--kills", "5", "--seed", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert re.search(
        r"^5 kills in (\d+) runs; \1 of the next runs repaired everything, .*; 0 faults\.$", done.stdout, re.M
    ), said
    assert re.search(
        r"^Two runs at once: one published, the other (left with: .*another run|waited)", done.stdout, re.M
    ), said
