"""The data dictionary: every table, column, category and rule in words, from the schemas and the vocabularies.

Rebuild the page with `python -m verify.dictionary docs/data-dictionary.md`; a test fails until that is done.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from verify import schema
from verify.errors import ConfigError
from verify.flags.confidence import CORROBORATED, THRESHOLDS
from verify.quality.coverage import Limit, read_limits
from verify.quality.suites import RULES
from verify.schema import Column, TableSchema
from verify.terms import ExpectationSeverity, Flag, Term

TOPICS = (*schema.TABLES, "confidence", "expectations", "reading")
_INTRODUCTION = """\
# Data dictionary

Every table of a dataset, each as `<table>.csv` and `<table>.parquet`, described by `datapackage.json`. This page is
made from `schemas/` and `verify.terms` by `python -m verify.dictionary docs/data-dictionary.md`.

Offsets count characters of an article's raw text from 0; an end is the first character after the words. Ids are
hashes of content: the same input gives the same ids on every machine. Missing values are empty cells.
"""
_READING = """\
## Reading

`verify.read_dataset("data/curated")` returns typed tables. Without it, Parquet files hold the raw values:

```python
claims = pandas.read_parquet("data/curated/latest/claims.parquet")
```

CSV files need two options, so that a name like "None" or a code like "NA" stays what it is:

```python
claims = pandas.read_csv("data/curated/latest/claims.csv", keep_default_na=False, na_values=[""])
```

In CSV, a text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line break,
perhaps after apostrophes) has one more apostrophe in front; take it away to get the raw value. Whoever reads more
than one file of `latest` resolves it first (`Path("data/curated/latest").resolve()`), so that a run that is published
meanwhile does not mix in. Cells of type array are JSON: `claims["actors"].map(json.loads)`.
"""


def describe(topic: str | None = None) -> str:
    """Return what the columns of a table mean, or the flags, as Markdown.

    Args:
        topic: A table, or one of flags, confidence, expectations, reading; everything without. The flags come
            with the table of that name.

    Raises:
        ConfigError: There is no such topic.
    """
    if topic is None:
        return "\n".join(_everything())
    if topic not in TOPICS:
        raise ConfigError("topic", topic, f"one of {', '.join(TOPICS)}", "command line")
    return "\n".join(_section(topic))


def _section(topic: str) -> Iterator[str]:
    if topic == "reading":
        yield _READING
    elif topic == "confidence":
        yield from _confidence()
    elif topic == "expectations":
        yield from _expectations()
    else:
        yield from _table(schema.load(topic))
        yield from _flags() if topic == "flags" else ()


def _everything() -> Iterator[str]:
    yield _INTRODUCTION
    yield _READING
    for table in schema.load_all().values():
        yield from _table(table)
    yield from _flags()
    yield from _confidence()
    yield from _vocabularies()
    yield from _expectations()


def _table(table: TableSchema) -> Iterator[str]:
    yield f"## {table.name}\n\n{table.description}"
    if table.primary_key:
        yield f"Key: {', '.join(f'`{name}`' for name in table.primary_key)}."
    yield f"Rows are sorted by {', '.join(f'`{name}`' for name in table.sort_by)}.\n"
    yield "| column | type | filled | meaning |\n|---|---|---|---|"
    references = {reference.column: f"{reference.table}.{reference.target}" for reference in table.references}
    for column in table:
        filled = "always" if column.is_required else "where known"
        yield f"| `{column.name}` | {column.kind} | {filled} | {_meaning(column, references.get(column.name))} |"
    yield ""


def _meaning(column: Column, reference: str | None) -> str:
    parts = [column.description]
    if reference:
        parts.append(f"Refers to `{reference}`.")
    if column.item_references:
        parts.append(f"They refer to `{'.'.join(column.item_references)}`.")
    vocabulary = column.vocabulary or column.item_vocabulary
    if vocabulary:
        parts.append(f"See [{vocabulary.__name__}](#{vocabulary.__name__.lower()}).")
    return " ".join(parts).replace("|", "\\|")


def _flags() -> Iterator[str]:
    yield "## Flag\n\nA flag never says that a claim is false; it says what a reader should know first.\n"
    yield "| flag | severity | meaning |\n|---|---|---|"
    for flag in Flag:
        yield f"| `{flag.value}` | {flag.severity.value} | {flag.meaning} |"
    yield ""


def _confidence() -> Iterator[str]:
    yield "## Confidence rule\n\nThe first line that applies to a claim's flags gives its confidence:\n"
    yield "| at least | flags of severity | confidence |\n|---|---|---|"
    for band, severity, least in THRESHOLDS:
        yield f"| {least} | {severity.value} | {band.value} |"
    yield "| 0 | any | high |"
    yield "\nA flag counts once, however often it is raised."
    yield f"A claim that is {CORROBORATED} gets the next higher band.\n"


def _vocabularies() -> Iterator[str]:
    columns = [column for table in schema.load_all().values() for column in table]
    used = dict.fromkeys(v for column in columns for v in (column.vocabulary, column.item_vocabulary) if v)
    for vocabulary in used:
        if vocabulary is not Flag:
            yield from _vocabulary(vocabulary)


def _vocabulary(vocabulary: type[Term]) -> Iterator[str]:
    yield f"## {vocabulary.__name__}\n\n{(vocabulary.__doc__ or '').strip()}\n"
    yield "| value | meaning |\n|---|---|"
    for term in vocabulary:
        yield f"| `{term.value}` | {term.meaning} |"
    yield ""


def _expectations() -> Iterator[str]:
    yield "## Expectations\n\nWhat is checked before anything is published, besides the types, keys, categories and"
    yield "references that the tables above promise, all of which are critical.\n"
    for severity in ExpectationSeverity:
        yield f"- {severity.value}: {severity.meaning}"
    yield "\n| table | expectation | severity | meaning |\n|---|---|---|---|"
    for rule in RULES:
        yield f"| {rule.table} | {rule.name} | {rule.severity.value} | {rule.meaning} |"
    yield "\nHow many rows a table must have, and how far columns are filled, stands in `schemas/expectations.toml`:\n"
    yield "| table | what | min (critical) | max (warning) |\n|---|---|---|---|"
    for limit in read_limits():
        yield f"| {limit.table} | {_what(limit)} | {_number(limit.minimum)} | {_number(limit.maximum)} |"
    yield ""


def _what(limit: Limit) -> str:
    what = {"rows": "rows", "fill": f"share of rows with `{limit.column}`", "share": f"share where `{limit.column}`"}
    suffix = f", from {limit.from_rows} rows on" if limit.from_rows else ""
    return what[limit.measure] + suffix


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(describe(), "utf-8", newline="\n")
