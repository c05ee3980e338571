"""No text makes an expression or a reader of texts run away: time grows about as the length does."""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import spacy

import verify
from tests.hostile import END, MOST, PIECES, growth
from verify import csvsafe, schema
from verify.articles.decode import decode
from verify.articles.html import read_html
from verify.articles.language import other_language
from verify.articles.metadata import read_metadata
from verify.articles.problems import Problem
from verify.articles.records import read_csv, read_json, read_jsonl, read_plain
from verify.clean import find_blocks
from verify.console import plain
from verify.extract.attribution.quotations import find_quotations
from verify.extract.quantities.find import find_quantities
from verify.extract.times.find import find_times
from verify.nlp import make_doc
from verify.reading import make_reading

PACKAGE = Path(verify.__file__).parent
OWN = "extract.times.cascade._FRAME"  # reads nothing but this package's own grammar
AT_BEGINNING = ("clean.lines._MARKS", "extract.times.words._SHAPES", "places._SCHEME")  # only used with `match`
BODY = "The council approved the quay on Tuesday, and two engineers said that it may cost 40 million dollars. "


def modules() -> Iterator[Any]:
    """Import every module of the package."""
    for found in pkgutil.walk_packages(verify.__path__, "verify."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns() -> dict[str, re.Pattern[Any]]:
    """Return every compiled expression of the package by where it is, those of the schemas included."""
    found: dict[int, tuple[str, re.Pattern[Any]]] = {}
    for module in modules():
        for name, value in vars(module).items():
            for pattern in _patterns_in(value, module.__name__):
                found.setdefault(id(pattern), (f"{module.__name__.removeprefix('verify.')}.{name}", pattern))
    named = {f"{where} {number}": pattern for number, (where, pattern) in enumerate(found.values())}
    for table in schema.load_all().values():
        named |= {f"schemas {table.name}.{c.name}": re.compile(c.pattern) for c in table if c.pattern}
    return named


def _patterns_in(value: Any, module: str) -> Iterator[re.Pattern[Any]]:
    """Yield the expressions of a value: itself, in a collection, or what a cached function without arguments makes."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset | set):
        for item in value:
            yield from _patterns_in(item, module)
    elif isinstance(value, Mapping):
        yield from _patterns_in(list(value.values()), module)
    elif isinstance(value, functools._lru_cache_wrapper) and value.__module__ == module:
        signature = inspect.signature(value)
        made = value() if not signature.parameters and "Pattern" in str(signature.return_annotation) else None
        yield from _patterns_in(made, module)


def literals() -> dict[str, str]:
    """Return the expressions that stand as literals in calls such as `re.search`."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if _is_call_of_re(node) and node.args and isinstance(node.args[0], ast.Constant):
                found[f"{path.name}:{node.lineno}"] = node.args[0].value
    return found


def _is_call_of_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    )


PATTERNS = patterns()
PATTERNS |= {
    where: re.compile(literal)
    for where, literal in literals().items()
    if literal not in {pattern.pattern for pattern in PATTERNS.values()}
}


def test_expressions_are_found_where_they_are_made():
    wheres = " ".join(PATTERNS)
    assert len(PATTERNS) > 100
    for where in ("reading._MARKUP", "articles.decode._CHARSET", "quantities.patterns.quantity", "schemas claims"):
        assert where in wheres


@pytest.mark.parametrize("name", [name for name in PATTERNS if not name.startswith(OWN)])
def test_no_expression_runs_away(name):
    pattern = PATTERNS[name]
    is_bytes = isinstance(pattern.pattern, bytes)

    def use(text: str) -> object:
        if name.startswith(AT_BEGINNING):
            return pattern.match(text)
        return sum(1 for _ in pattern.finditer(text.encode() if is_bytes else text))

    assert not {piece: round(ratio) for piece in PIECES if (ratio := growth(use, piece, END)) > MOST}


def swallow(read: Callable[[str], object]) -> Callable[[str], object]:
    """Read a text to the end; what cannot be read may say so."""

    def use(text: str) -> None:
        with contextlib.suppress(Problem, ValueError):
            read(text)

    return use


READERS: dict[str, Callable[[str], object]] = {
    "clean and read": lambda text: make_reading(text, find_blocks(text)),
    "clean and read, inside a paragraph": lambda text: make_reading(BODY + text, find_blocks(BODY + text)),
    "decode": lambda text: decode(text.encode(), is_html=True),
    "text file": lambda text: list(read_plain(f"---\n{text}".encode())),
    "front matter": lambda text: list(read_plain(f"---\na: {text[:4900]}\n---\n".encode())),
    "json": lambda text: list(read_json(text.encode())),
    "json text": lambda text: list(read_json(json.dumps({"text": text}).encode())),
    "jsonl": lambda text: list(read_jsonl(text.encode())),
    "csv": lambda text: list(read_csv(f"text,url\n{text}".encode(), 10**6)),
    "metadata": lambda text: read_metadata({"date": text[:64], "url": text, "title": text, "byline": text}),
    "language": other_language,
    "terminal": plain,
    "csv cells": lambda text: csvsafe.unguard(csvsafe.guard(pd.DataFrame({"text": [text]}), ["text"]), ["text"]),
}


@pytest.mark.parametrize("name", READERS)
def test_no_reader_of_texts_runs_away(name):
    use = swallow(READERS[name])
    use("warm")
    assert not {piece: round(ratio) for piece in PIECES if (ratio := growth(use, piece, END)) > MOST}


@pytest.mark.parametrize(
    "piece", ["<div>", "<p>a", "<a href=x>", "</p>", "<b><i>", "<!--", "&lt;", "<table><tr><td>", "a "]
)
def test_no_page_runs_away(piece):
    use = swallow(lambda text: list(read_html(f"<html><body><p>{BODY}</p>{text}</body></html>".encode())))
    use("warm")
    assert growth(use, piece) <= MOST


@pytest.fixture(scope="module")
def blank():
    return spacy.blank("en")


@pytest.mark.parametrize("find", [find_times, find_quantities, find_quotations])
def test_no_finder_runs_away(find, blank):
    def use(text: str) -> object:
        return find(make_doc(blank, make_reading(BODY + text, find_blocks(BODY + text))))

    use("warm")
    assert not {piece: round(ratio) for piece in PIECES if (ratio := growth(use, piece, END)) > MOST}
