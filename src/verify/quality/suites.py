"""What is expected of each table: what its schema promises, the rules, and how much there must be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from verify import schema
from verify.quality import rules_dates, rules_language, rules_words
from verify.quality.coverage import Limit
from verify.quality.rules import CRITICAL, WARNING, Rule
from verify.quality.views import known, resolves
from verify.schema import Column, TableSchema
from verify.terms import ExpectationSeverity

RULES: tuple[Rule, ...] = (*rules_words.RULES, *rules_dates.RULES, *rules_language.RULES)
_CAN_BE_MISSING = frozenset({"str", "float64", "datetime64[us]"})  # the other dtypes of required columns hold no gap
BY_KEY: Mapping[tuple[str, str], Rule] = MappingProxyType({(rule.table, rule.name): rule for rule in RULES})


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation in the terms of Great Expectations, without loading it."""

    name: str
    meaning: str
    severity: ExpectationSeverity
    type: str  # the class in great_expectations.expectations, or Rule for one of ours
    arguments: Mapping[str, Any] = field(default_factory=dict)
    is_of_all: bool = False  # only all rows together can be judged, not some articles at a time


def make_suite(name: str, limits: Iterable[Limit] = (), n_rows: int = 0) -> list[Expectation]:
    """Return what is expected of one table.

    Args:
        name: One of `schema.TABLES`.
        limits: How much there must be of each table.
        n_rows: Rows of the table; shares of small tables are not judged.
    """
    table = schema.load(name)
    return [
        *_structure(table),
        *(_follows(rule) for rule in RULES if rule.table == name),
        *(e for limit in limits if limit.table == name and n_rows >= limit.from_rows for e in _coverage(limit)),
    ]


def _structure(table: TableSchema) -> Iterator[Expectation]:
    meaning = "The table has every column of its schema."
    yield Expectation(
        "columns", meaning, CRITICAL, "ExpectTableColumnsToMatchSet", {"column_set": table.names, "exact_match": False}
    )
    for column in table:
        yield from _values(column)
        yield from _items(column)
    for reference in table.references:
        meaning = f"{reference.column} is a {reference.target} of {reference.table}, where it is given."
        expected = _true(f"{reference.column} resolves", meaning, resolves(reference.column))
        yield replace(expected, is_of_all=reference.table == table.name)  # another article's row can be meant
    if len(table.primary_key) > 1:
        key = ", ".join(table.primary_key)
        arguments = {"column_list": table.primary_key}
        kind = "ExpectCompoundColumnsToBeUnique"
        yield Expectation(f"unique {key}", "No two rows have the same key.", CRITICAL, kind, arguments, is_of_all=True)


def _values(column: Column) -> Iterator[Expectation]:
    """Turn the constraints of a column into expectations."""

    def expect(name: str, meaning: str, kind: str, **arguments: object) -> Expectation:
        return Expectation(f"{column.name} {name}", meaning, CRITICAL, kind, {"column": column.name, **arguments})

    if column.is_required and column.dtype in _CAN_BE_MISSING:
        yield expect("is there", f"{column.name} is never empty.", "ExpectColumnValuesToNotBeNull")
    if column.is_unique:
        meaning = f"No two rows have the same {column.name}."
        yield replace(expect("is unique", meaning, "ExpectColumnValuesToBeUnique"), is_of_all=True)
    if column.vocabulary:
        values = [term.value for term in column.vocabulary]
        meaning = f"{column.name} is one of {', '.join(values)}."
        yield expect("is known", meaning, "ExpectColumnValuesToBeInSet", value_set=values)
    if column.pattern:
        meaning = f"{column.name} has the form {column.pattern}."
        yield expect("has its form", meaning, "ExpectColumnValuesToMatchRegex", regex=column.pattern)
    if column.minimum is not None or column.maximum is not None:
        limits = {"min_value": column.minimum, "max_value": column.maximum}
        meaning = f"{column.name} lies between {column.minimum} and {column.maximum}."
        yield expect("in its limits", meaning, "ExpectColumnValuesToBeBetween", **limits)


def _items(column: Column) -> Iterator[Expectation]:
    """Turn what the items of a list may be into expectations."""
    if column.item_references:
        table, target = column.item_references
        yield _true(
            f"{column.name} resolve", f"Every item of {column.name} is a {target} of {table}.", resolves(column.name)
        )
    if column.item_vocabulary:
        name = column.item_vocabulary.__name__
        yield _true(f"{column.name} are known", f"Every item of {column.name} is a {name}.", known(column.name))


def _true(name: str, meaning: str, column: str) -> Expectation:
    arguments = {"column": column, "value_set": [True]}
    return Expectation(name, meaning, CRITICAL, "ExpectColumnValuesToBeInSet", arguments)


def _follows(rule: Rule) -> Expectation:
    arguments = {"column_list": rule.columns, "rule": rule.name, "of_table": rule.table, "ignore_row_if": "never"}
    return Expectation(rule.name, rule.meaning, rule.severity, "Rule", arguments)


def _coverage(limit: Limit) -> Iterator[Expectation]:
    """Turn a limit into expectations: below the minimum is critical, above the maximum a warning."""
    kinds = {
        "rows": ("ExpectTableRowCountToBeBetween", "number of rows"),
        "fill": ("ExpectColumnProportionOfNonNullValuesToBeBetween", f"share of rows with {limit.column}"),
        "share": ("ExpectColumnMeanToBeBetween", f"share of rows where {limit.column}"),
    }
    kind, what = kinds[limit.measure]
    column = {"column": limit.column} if limit.column else {}
    if limit.minimum is not None:
        meaning = f"The {what} is {limit.minimum} or more."
        arguments = {**column, "min_value": limit.minimum}
        yield Expectation(f"{what}: enough", meaning, CRITICAL, kind, arguments, is_of_all=True)
    if limit.maximum is not None:
        meaning = f"The {what} is {limit.maximum} or less."
        arguments = {**column, "max_value": limit.maximum}
        yield Expectation(f"{what}: not too many", meaning, WARNING, kind, arguments, is_of_all=True)
