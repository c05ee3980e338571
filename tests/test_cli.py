"""The command line: what is printed where, and with which exit code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from verify import cli

ARTICLE = """---
title: Bridge to reopen
published_at: 2024-05-14
url: https://news.example.org/bridge
---
The harbour bridge will reopen on 3 June, the council said on Tuesday. Norway paid 4 million dollars for the repair.
The mayor of Oslo reportedly asked two engineers for a second report. Work began in March 2023 and ended last week.
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a published dataset of one article."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "raw").mkdir()
    (folder / "raw" / "bridge.md").write_text(ARTICLE)
    assert cli.main(["run", str(folder / "raw"), "-o", str(folder / "curated"), "--no-progress"]) == 0
    return folder


def test_every_command_has_a_help_text_with_an_example() -> None:
    for name, command in get_command(cli.app).commands.items():  # type: ignore[attr-defined]
        assert re.search(rf"Example: verify {name}", command.help or ""), name


def test_the_last_line_of_a_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", str(project / "raw"), "-o", str(project / "again"), "--no-progress"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    pattern = r"1 articles, \d+ claims, \d+ need review, 0 critical -> \S+latest \(report\.html\)"
    assert re.fullmatch(pattern, err.strip().splitlines()[-1])


def test_an_unreadable_article_gives_1_and_the_others_are_published(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.md").write_text(ARTICLE)
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 100)
    assert cli.main(["run", str(tmp_path), "-o", str(tmp_path / "curated"), "--no-progress"]) == 1
    assert "1 could not be read" in capsys.readouterr().err
    assert "bad.txt" in (tmp_path / "curated" / "latest" / "issues.csv").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["run", "no/such/folder"], 2, "no/such/folder"),
        (["run", "--limit", "many"], 2, "--limit"),
        (["fly"], 2, "fly"),
        (["run", ".", "--fail-on", "never"], 2, "fail_on"),
        (["run", ".", "--model", "no_such_pipeline"], 3, "spacy download"),
        (["validate", "no/such/dataset"], 3, "no/such/dataset"),
        (["extract", ".", "--table", "clams"], 2, "clams"),
    ],
)
def test_errors_say_what_and_have_their_exit_code(
    arguments: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == code
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""
    assert "Traceback" not in err


def test_an_interrupt_gives_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("verify.settings.load_settings", interrupt)
    assert cli.main(["info"]) == 130
    assert "interrupted" in capsys.readouterr().err


def test_extract_prints_claims_as_json_lines(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(project / "raw")]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert any("bridge" in row["proposition"] for row in rows)


def test_extract_reads_standard_input() -> None:
    command = [sys.executable, "-m", "verify.cli", "extract", "-", "--format", "csv"]
    text = "Norway bought three ships from Iran, the ministry in Oslo said on Tuesday. The price was not announced."
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("claim_id,")
    assert "Norway" in done.stdout


def test_validate_of_a_published_dataset(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["validate", str(project / "curated"), "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) > 100
    assert {row["table"] for row in rows} >= {"claims", "articles", "flags"}


def test_show_prints_one_claim(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = (project / "curated" / "latest" / "participants.csv").read_text().splitlines()[1].split(",")[0].strip('"')
    assert cli.main(["show", first, "--dataset", str(project / "curated")]) == 0
    out = capsys.readouterr().out
    assert first in out
    assert "proposition" in out
    assert "check_worthiness" in out
    assert re.search(r" (actor|target|place)  \S.* \(a_[0-9a-f]{16}\)", out)


def test_show_of_an_unknown_claim_says_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "c_nothing", "--dataset", str(project / "curated")]) == 2
    assert "0 claims" in capsys.readouterr().err


def test_diff_of_a_dataset_with_itself_is_empty(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    curated = str(project / "curated")
    assert cli.main(["diff", curated, curated, "--format", "jsonl"]) == 0
    assert capsys.readouterr().out == ""


def test_report_builds_the_pages_again(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["report", str(project / "curated"), "--raw", str(project / "raw"), "-o", str(tmp_path)]
    assert cli.main(arguments) == 0
    assert (tmp_path / "report.html").read_text() == (project / "curated" / "latest" / "report.html").read_text()


def test_describe_info_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["describe", "claims"]) == 0
    assert "proposition" in capsys.readouterr().out
    assert cli.main(["info"]) == 0
    assert "max_chars = '200000'  (default)" in capsys.readouterr().out
    assert cli.main(["--version"]) == 0
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_init_makes_a_project_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["init", str(tmp_path)]) == 0
    assert cli.main(["init", str(tmp_path)]) == 2
    monkeypatch.chdir(tmp_path)
    assert cli.main(["run", "--no-progress"]) == 0
    assert (tmp_path / "data" / "curated" / "latest" / "claims.csv").is_file()


def test_control_sequences_of_an_article_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(
        "Norway bought \x1b[31mthree ships\x1b[0m from Iran in 2019. The ministry in Oslo said so."
    )
    cli.main(["extract", str(tmp_path), "--format", "table"])
    out, err = capsys.readouterr()
    assert "\x1b[31m" not in out + err
