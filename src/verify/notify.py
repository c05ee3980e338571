"""Tell a person that a run of the flow has failed, by the ways that the settings name.

The text holds what a run was given: paths, settings and words of errors. It is therefore cut to one short line
without control characters, a program gets it on standard input and never through a shell, and a chat gets it
without the signs that would make a link or call everybody. A way that fails is logged; it never fails a run.
"""

from __future__ import annotations

import http.client
import json
import logging
import subprocess
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.console import plain
from verify.errors import ConfigError
from verify.settings import load_settings

MOST = 400  # characters of the text; more does not fit a notification
SECONDS = 20  # that a program or a server may take
# Slack's escapes, which other chats show as the signs; an @ that is followed by no letter calls nobody.
_CHAT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@\N{ZERO WIDTH SPACE}"})
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hooks:
    """The ways to tell; an empty one is not used."""

    command: Sequence[str] = ()
    url: str = ""


def hooks(parameters: Mapping[str, Any]) -> Hooks:
    """Return the ways that apply to a run.

    Args:
        parameters: The parameters of the flow run: `settings` and `config`.

    Returns:
        The ways of its settings; those of the environment alone where its settings cannot be read, which may be
        why it failed.
    """
    config = parameters.get("config")
    try:
        settings, _ = load_settings(parameters.get("settings"), config=Path(config) if config else None)
    except ConfigError as error:
        logger.warning("notifying by the environment alone: %s", error)
        settings, _ = load_settings(folder=Path(__file__))  # a file holds no configuration file
    return Hooks(settings.notify_command, settings.notify_url.get_secret_value())


def tell(ways: Hooks, text: str, link: str = "") -> int:
    """Tell by every way there is.

    Args:
        ways: The ways to tell.
        text: What happened.
        link: Where a person reads more; stands after the text, whole.

    Returns:
        How many ways worked.
    """
    text = one_line(text)
    return _try("command", ways.command, lambda: _run(ways.command, text, link)) + _try(
        "url", ways.url, lambda: _post(ways.url, text, link)
    )


def _try(name: str, way: object, act: Callable[[], None]) -> bool:
    """Use a way where there is one; log why where it does not work."""
    if not way:
        return False
    try:
        act()
    except (OSError, ValueError, subprocess.SubprocessError, http.client.HTTPException) as error:
        # The text of an error would hold the address or the arguments, which may be secret.
        logger.warning("nobody was told by notify_%s: %s", name, getattr(error, "code", type(error).__name__))
        return False
    return True


def one_line(text: str) -> str:
    """Return text as one line of at most `MOST` characters without control characters."""
    line = " ".join(plain(" ".join(text.split())).split())
    return line if len(line) <= MOST else line[: MOST - 3] + "..."


def _run(command: Sequence[str], text: str, link: str) -> None:
    """Start the program with the text on its standard input; its output is not kept."""
    line = f"{text} {link}".strip() + "\n"
    quiet = subprocess.DEVNULL
    subprocess.run(command, input=line.encode(), stdout=quiet, stderr=quiet, timeout=SECONDS, check=True)


def _post(url: str, text: str, link: str) -> None:
    """Post `{"text": ...}`, the form that incoming webhooks of Slack, Mattermost and Rocket.Chat take."""
    body = json.dumps({"text": f"{text.translate(_CHAT)} {link}".strip()}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=SECONDS):
        return
