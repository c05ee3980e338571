"""Read the Table Schemas of `schemas/`, the one home of every column of the dataset.

The files follow the Table Schema standard (datapackage.org) with these keys of our own: `terms` names the closed
vocabulary of `verify.terms` that a column takes its values from, `itemTerms` and `itemReferences` say the same and
the referenced column for the items of a list, and `sortBy` is the order of the rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from verify import terms
from verify.terms import Term

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import pyarrow as pa

VERSION = "1.1.0"  # of the schemas together: major when a column goes or changes its meaning, minor when one comes
TABLES = (
    "articles",
    "claims",
    "participants",
    "attributions",
    "times",
    "mentions",
    "actors",
    "hedges",
    "quantities",
    "flags",
    "matches",
    "sources",
    "issues",
)
# Table Schema type -> (pandas dtype of a required column, of an optional one, pyarrow type).
# Lists stay JSON text in every format, so that one cell reads the same in CSV, Parquet and pandas.
_TYPES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "string": ("str", "str", "string"),
        "array": ("str", "str", "string"),
        "integer": ("int64", "Int64", "int64"),
        "number": ("float64", "float64", "float64"),
        "boolean": ("bool", "boolean", "bool_"),
        "date": ("datetime64[us]", "datetime64[us]", "date32"),
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type, its meaning and what its values may be."""

    name: str
    kind: str  # Table Schema type: string, integer, number, boolean, date, or array (JSON text)
    description: str
    is_required: bool = False
    is_unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    vocabulary: type[Term] | None = None
    item_vocabulary: type[Term] | None = None
    item_references: tuple[str, str] | None = None  # table, column

    @property
    def dtype(self) -> str:
        """The pandas dtype; an optional number or truth value gets a nullable one."""
        return _TYPES[self.kind][0 if self.is_required else 1]

    @property
    def is_text(self) -> bool:
        """Whether the cells are text in pandas."""
        return self.dtype == "str"

    @property
    def is_free_text(self) -> bool:
        """Whether the cells can begin with anything, so that a spreadsheet might take them for a formula."""
        return self.kind == "string" and self.vocabulary is None


@dataclass(frozen=True, slots=True)
class Reference:
    """A column whose values stand in a column of another table, or of the same one."""

    column: str
    table: str
    target: str


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: its columns in order, its keys and the order of its rows."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    references: tuple[Reference, ...]
    sort_by: tuple[str, ...]

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    @property
    def is_parted(self) -> bool:
        """Whether the rows of an article stand together, so that the table can be made of some articles at a time."""
        return self.sort_by[0] == "article_id"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def dtypes(self) -> dict[str, str]:
        """The pandas dtype of each column."""
        return {column.name: column.dtype for column in self.columns}

    @property
    def free_text(self) -> tuple[str, ...]:
        """The names of the columns whose cells can begin with anything."""
        return tuple(column.name for column in self.columns if column.is_free_text)

    def arrow(self) -> pa.Schema:
        """Return the Parquet schema, which keeps the type of a column that is empty throughout."""
        import pyarrow as pa

        return pa.schema(
            [pa.field(c.name, getattr(pa, _TYPES[c.kind][2])(), nullable=not c.is_required) for c in self.columns]
        )

    def descriptor(self) -> dict[str, Any]:
        """Return the plain Table Schema as `datapackage.json` carries it, with every vocabulary written out."""
        raw = _raw(self.name)
        return {
            "fields": [_published(field, column) for field, column in zip(raw["fields"], self.columns, strict=True)],
            "missingValues": [""],
            **{key: raw[key] for key in ("primaryKey", "foreignKeys") if raw.get(key)},
        }


@cache
def load(name: str) -> TableSchema:
    """Read the schema of one table.

    Args:
        name: One of `TABLES`.

    Raises:
        KeyError: There is no such table.
    """
    if name not in TABLES:
        raise KeyError(f"There is no table '{name}'; the tables are {', '.join(TABLES)}.")
    raw = _raw(name)
    key = raw.get("primaryKey", [])
    return TableSchema(
        name=name,
        title=raw["title"],
        description=raw["description"],
        columns=tuple(_column(field) for field in raw["fields"]),
        primary_key=(key,) if isinstance(key, str) else tuple(key),
        references=tuple(_reference(name, entry) for entry in raw["foreignKeys"]),
        sort_by=tuple(raw["sortBy"]),
    )


def load_all() -> dict[str, TableSchema]:
    """Read every schema, in the order of `TABLES`."""
    return {name: load(name) for name in TABLES}


def parted() -> tuple[str, ...]:
    """Return the names of the tables whose rows belong to an article each."""
    return tuple(name for name in TABLES if load(name).is_parted)


def folder() -> Traversable:
    """Return where the schemas lie: inside an installed package, else at the top of the checkout."""
    packaged = files("verify") / "schemas"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "schemas"


@cache
def _raw(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder() / f"{name}.json").read_text("utf-8"))
    return loaded


def _column(field: Mapping[str, Any]) -> Column:
    limits = field.get("constraints", {})
    table, _, target = field.get("itemReferences", "").partition(".")
    return Column(
        name=field["name"],
        kind=field["type"],
        description=field["description"],
        is_required=limits.get("required", False),
        is_unique=limits.get("unique", False),
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        pattern=limits.get("pattern"),
        vocabulary=_vocabulary(field.get("terms")),
        item_vocabulary=_vocabulary(field.get("itemTerms")),
        item_references=(table, target) if table else None,
    )


def _vocabulary(name: str | None) -> type[Term] | None:
    vocabulary: type[Term] | None = getattr(terms, name) if name else None
    return vocabulary


def _reference(table: str, entry: Mapping[str, Any]) -> Reference:
    target = entry["reference"]
    return Reference(entry["fields"], target["resource"] or table, target["fields"])


def _published(field: Mapping[str, Any], column: Column) -> dict[str, Any]:
    published = {key: value for key, value in field.items() if not key.startswith(("terms", "item"))}
    if column.vocabulary:
        published["constraints"] = {
            **published.get("constraints", {}),
            "enum": [term.value for term in column.vocabulary],
        }
    if column.kind == "boolean":
        published |= {"trueValues": ["True"], "falseValues": ["False"]}
    return published
