"""Write the generated pages again: the data dictionary, the flags and the commands; `make docs`.

python docs/generate.py           write
python docs/generate.py --check   write nothing; exit 1 if a page is not current
"""

from __future__ import annotations

import sys
from pathlib import Path

from typer.main import get_command

from verify import dictionary
from verify.cli import app
from verify.flags.document import fill

DOCS = Path(__file__).resolve().parent


def pages() -> dict[Path, str]:
    """Return every generated page as it should stand."""
    flags = DOCS / "flags.md"
    return {
        DOCS / "data-dictionary.md": dictionary.describe(),
        DOCS / "commands.md": commands(),
        flags: fill(flags.read_text("utf-8")),
    }


def commands() -> str:
    """Return the help of every command."""
    group = get_command(app)
    parts = ["# Commands", "Made from the program's own help by `make docs`."]
    for name, command in sorted(group.commands.items()):  # type: ignore[attr-defined]
        summary, _, example = (command.help or "").partition("Example: ")
        lines = [f"## verify {name}", " ".join(summary.split()), f"```sh\n{example.strip()}\n```"]
        rows = [f"| `{_names(param)}` | {param.help or ''} |" for param in command.params if getattr(param, "help", "")]
        parts += [*lines, "\n".join(["| argument or option | meaning |", "|---|---|", *rows])] if rows else lines
    return "\n\n".join(parts) + "\n"


def _names(param: object) -> str:
    """Return an option's names, or an argument's name in capitals."""
    opts: list[str] = [*getattr(param, "opts", [])]
    return ", ".join(opts) if opts and opts[0].startswith("-") else str(getattr(param, "name", "")).upper()


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are not current."""
    stale = [path for path, text in pages().items() if not path.is_file() or path.read_text("utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            print(f"{path.relative_to(DOCS.parent)} is not current: make docs")
        return 1 if stale else 0
    for path in stale:
        path.write_text(pages()[path], "utf-8")
        print(path.relative_to(DOCS.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
