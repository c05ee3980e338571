"""Telling a person that a run failed: one short line, by a program or a webhook, never at the cost of the run."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify import notify
from verify.errors import ConfigError
from verify.notify import Hooks
from verify.settings import load_settings

LINK = "http://127.0.0.1:4200/runs/flow-run/1"


@pytest.fixture
def chat() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a webhook, and the bodies that it got."""
    got: list[bytes] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(404 if self.path.endswith("/gone") else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Hook) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}/hooks/SECRET", got
        served.shutdown()


def write_to(path: Path) -> list[str]:
    """Return a command that writes its standard input into a file."""
    return [sys.executable, "-c", f"import sys; open({str(path)!r}, 'w').write(sys.stdin.read())"]


def test_a_program_gets_one_line_on_standard_input(tmp_path: Path) -> None:
    told = tmp_path / "told.txt"
    assert notify.tell(Hooks(command=write_to(told)), "run 1 failed: $(id)\nno\x1b[31m file\r`x`", LINK) == 1
    assert told.read_text() == f"run 1 failed: $(id) no\N{REPLACEMENT CHARACTER}[31m file `x` {LINK}\n"


def test_a_webhook_gets_text_that_calls_nobody_and_links_nowhere(chat: tuple[str, list[bytes]]) -> None:
    url, got = chat
    assert notify.tell(Hooks(url=url), "no file <!channel> & @everyone", LINK) == 1
    text = json.loads(got[0])["text"]
    assert text == f"no file &lt;!channel&gt; &amp; @\N{ZERO WIDTH SPACE}everyone {LINK}"


@given(st.text())
def test_the_line_is_short_and_printable(text: str) -> None:
    line = notify.one_line(text)
    assert len(line) <= notify.MOST
    assert not any(character in line for character in "\n\r\t\x1b\x00\u202e")
    line.encode()


@pytest.mark.parametrize(
    "command",
    [["/no/such/program"], [sys.executable, "-c", "raise SystemExit(1)"]],
)
def test_a_program_that_fails_is_logged_and_the_other_way_is_used(
    command: list[str], chat: tuple[str, list[bytes]], caplog: pytest.LogCaptureFixture
) -> None:
    url, got = chat
    assert notify.tell(Hooks(command, url), "failed") == 1
    assert len(got) == 1
    assert "notify_command" in caplog.text


def test_a_webhook_that_refuses_is_logged_without_its_address(
    chat: tuple[str, list[bytes]], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert notify.tell(Hooks(url=chat[0] + "/gone"), "failed") == 0
    assert "notify_url: 404" in caplog.text
    assert "SECRET" not in caplog.text


def test_a_program_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "SECONDS", 0.2)
    assert notify.tell(Hooks([sys.executable, "-c", "import time; time.sleep(60)"]), "failed") == 0


def test_nobody_is_told_without_a_hook() -> None:
    assert notify.tell(Hooks(), "failed") == 0


def test_hooks_are_those_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "desk.toml").write_text("notify_command = \"mail -s 'a run failed' desk@example.org\"\n")
    found = notify.hooks({"settings": {}, "config": str(tmp_path / "desk.toml")})
    assert found == Hooks(("mail", "-s", "a run failed", "desk@example.org"), "")
    assert notify.hooks({}) == Hooks()


def test_hooks_of_the_environment_work_with_a_broken_configuration_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERIFY_NOTIFY_URL", "https://chat.example.org/hooks/1")
    (tmp_path / "verify.toml").write_text("max_chars = [")
    assert notify.hooks({"settings": None}) == Hooks((), "https://chat.example.org/hooks/1")


def test_the_address_is_shown_nowhere(tmp_path: Path) -> None:
    settings, _ = load_settings({"notify_url": "https://chat.example.org/hooks/SECRET"}, folder=tmp_path)
    assert "SECRET" not in f"{settings!r} {settings.notify_url} {settings.model_dump_json()}"
    with pytest.raises(ConfigError) as raised:
        load_settings({"notify_url": "ftp://chat.example.org/SECRET"}, folder=tmp_path)
    assert "SECRET" not in str(raised.value)
    assert "http://" in str(raised.value)
