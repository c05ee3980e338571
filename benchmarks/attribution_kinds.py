"""Show how many attributions of each kind are found: python benchmarks/attribution_kinds.py GOLD.jsonl [--rules].

An attribution counts as found when a predicted one has an overlapping cue, an overlapping or likewise absent source,
neither more than three times as long, and a content that shares at least half of the characters of both together:
"linked" as the evaluation sets' scorer has it, here counted for each kind of gold attribution.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tasks.attribution import ROLES, predict_all
from verify.nlp import load

QUOTES = '"“”‘«»`'
PRONOUNS = frozenset(
    ("i", "we", "he", "she", "they", "it", "you", "who", "which", "that", "his", "her", "their", "my", "our")
)
INDEFINITE = frozenset(
    ("officials", "experts", "people", "critics", "sources", "analysts", "some", "many", "others", "reports")
)
Row = dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    """Print a Markdown table of recall by kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--rules", action="store_true", help="use the rules alone")
    options = parser.parse_args(arguments)
    rows = [json.loads(line) for line in options.gold.read_text("utf-8").splitlines()]
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for row, prediction in zip(rows, predict_all(rows, load(), use_model=not options.rules), strict=True):
        links = _linked(row["text"], row["attributions"], prediction["attributions"])
        for attribution, is_linked in zip(row["attributions"], links, strict=True):
            for name, holds in KINDS.items():
                if holds(row["text"], attribution):
                    total[name] += 1
                    found[name] += is_linked
    print("| kind | attributions | found |\n|---|---:|---:|")
    for name in KINDS:
        print(f"| {name} | {total[name]} | {100 * found[name] / max(1, total[name]):.1f} % |")
    return 0


def _letters(text: str, spans: Sequence[Sequence[int]] | None) -> set[int]:
    return {i for start, end in spans or () for i in range(start, end) if text[i : i + 1].isalnum()}


def _linked(text: str, gold: Sequence[Row], predicted: Sequence[Row]) -> list[bool]:
    """Pair gold and predicted attributions by overlap, best first, and say which gold ones are linked."""
    golds, others = ([{r: _letters(text, one.get(r)) for r in ROLES} for one in rows] for rows in (gold, predicted))
    weights = [
        (3 * len(g["cue"] & p["cue"]) + len(g["content"] & p["content"]) + len(g["source"] & p["source"]), i, j)
        for i, g in enumerate(golds)
        for j, p in enumerate(others)
        if g["cue"] & p["cue"] or g["content"] & p["content"]
    ]
    partner: dict[int, int] = {}
    for _, i, j in sorted(weights, reverse=True):
        if i not in partner and j not in partner.values():
            partner[i] = j
    return [i in partner and _agree(golds[i], others[partner[i]]) for i in range(len(golds))]


def _agree(gold: dict[str, set[int]], predicted: dict[str, set[int]]) -> bool:
    both = [(gold[role], predicted[role]) for role in ("cue", "source")]
    same = all((g & p and len(p) <= 3 * len(g)) or not (g or p) for g, p in both)
    shared, either = gold["content"] & predicted["content"], gold["content"] | predicted["content"]
    return bool(same) and len(shared) >= 0.5 * max(1, len(either))


def _words(text: str, one: Row, role: str) -> str:
    return " ".join(text[start:end] for start, end in one.get(role) or ()).lower()


def _quoted(text: str, one: Row) -> list[bool]:
    """Say of each piece of the content whether it stands between quotation marks."""
    return [
        not set(text[max(0, start - 1) : start + 1]).isdisjoint(QUOTES)
        and not set(text[end - 1 : end + 2]).isdisjoint(QUOTES + "’'")
        for start, end in one["content"]
    ]


def _has_quote(text: str, one: Row) -> bool:
    return bool(set(_words(text, one, "content")) & set('"“”«»'))


KINDS: dict[str, Callable[[str, Row], bool]] = {
    "all": lambda t, a: True,
    "direct": lambda t, a: bool(a["content"]) and all(_quoted(t, a)),
    "mixed": lambda t, a: _has_quote(t, a) and not all(_quoted(t, a)),
    "indirect": lambda t, a: not _has_quote(t, a),
    "content in pieces": lambda t, a: len(a["content"]) > 1,
    "content over paragraphs": lambda t, a: (
        "\n" in t[a["content"][0][0] : a["content"][-1][1]] if a["content"] else False
    ),
    "source absent": lambda t, a: not a.get("source"),
    "source a pronoun": lambda t, a: _words(t, a, "source") in PRONOUNS,
    "source indefinite": lambda t, a: bool(INDEFINITE & set(_words(t, a, "source").split()[-1:])),
    "cue according to": lambda t, a: _words(t, a, "cue").startswith("according"),
    "cue a form of say": lambda t, a: bool({"say", "says", "said", "saying"} & set(_words(t, a, "cue").split())),
    "cue a colon": lambda t, a: not any(c.isalnum() for c in _words(t, a, "cue")),
    "cue of several words": lambda t, a: len(_words(t, a, "cue").split()) > 1,
}


if __name__ == "__main__":
    sys.exit(main())
