"""Frozen records to bytes and back, by the types that their classes declare.

The form is JSON, compressed: for each class of records one list of values a field, and where a record holds another
one, its number in that one's list, so that a record that stands in several places stays one object. Nothing but the
declared types can come out of it, whoever wrote the bytes.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache
from itertools import chain, islice, repeat
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")
MAX_BYTES = 1_000_000_000  # of one value, uncompressed: many times the largest file of articles that is read
_LEVEL = 1  # of zlib: a higher one saves a tenth of the space and takes three times as long
_SIZE = 4  # bytes that tell where the first of two records ends
_OF_JSON: Mapping[type, frozenset[type]] = {  # exactly these: a bool is an int elsewhere, and stays a bool here
    str: frozenset({str}),
    bool: frozenset({bool}),
    int: frozenset({int}),
    float: frozenset({float, int}),
}


@dataclasses.dataclass(frozen=True, slots=True)
class _Form:
    """What a field of a record may hold."""

    name: str
    base: type
    is_optional: bool = False
    is_many: bool = False  # a tuple of any length, or a set
    is_set: bool = False  # written in order, so that equal sets give the same bytes
    is_record: bool = False  # of other records


def encode(record: object) -> bytes:
    """Turn a record, with all records in it, into bytes; equal records give the same bytes.

    Raises:
        TypeError: A field holds a value of another type than its class declares.
    """
    root: Any = type(record)
    kinds = _kinds(root)
    found: dict[type, list[Any]] = {kind: [] for kind in kinds}
    numbers: dict[int, int] = {}
    _gather([record], root, found, numbers)
    columns = [[_cells(found[kind], form, numbers) for form in _forms(kind)] for kind in kinds]
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def decode(data: bytes, kind: type[T]) -> T:
    """Turn bytes into the record that they were made of.

    Args:
        data: What `encode` returned.
        kind: The class of the record.

    Raises:
        ValueError: The bytes are no record of that class.
    """
    try:
        root: Any = kind
        loaded = json.loads(zlib.decompressobj().decompress(data, MAX_BYTES))
        made: dict[type, list[Any]] = {}
        for one, columns in zip(_kinds(root), loaded, strict=True):
            fields = [_values(cells, form, made) for cells, form in zip(columns, _forms(one), strict=True)]
            made[one] = _make(one, fields)
        (record,) = made[kind]
    except Exception as error:  # the bytes may be anything at all
        raise ValueError(f"no {kind.__name__}: {type(error).__name__}: {error}") from None
    return typing.cast("T", record)


def together(first: bytes, second: bytes) -> bytes:
    """Put the bytes of two records together, so that either can be read without the other."""
    return len(first).to_bytes(_SIZE) + first + second


def apart(data: bytes) -> tuple[bytes, bytes]:
    """Return what was put together; of other bytes, two pieces that are no records."""
    end = _SIZE + int.from_bytes(data[:_SIZE])
    return data[_SIZE:end], data[end:]


def _make(kind: type, fields: Sequence[list[Any]]) -> list[Any]:
    """Make records of a class by setting each field of all of them at once, which takes half as long as calling it."""
    (number,) = {len(values) for values in fields}
    made: list[Any] = list(map(object.__new__, repeat(kind, number)))
    for form, values in zip(_forms(kind), fields, strict=True):
        deque(map(vars(kind)[form.name].__set__, made, values), maxlen=0)  # past the frozen class
    return made


@cache
def _forms(kind: type) -> tuple[_Form, ...]:
    """Return the form of each field of a class of records, in order."""
    hints = typing.get_type_hints(kind)
    return tuple(_form(field.name, hints[field.name]) for field in dataclasses.fields(kind))


def _form(name: str, hint: Any) -> _Form:
    if typing.get_origin(hint) is tuple:
        base = typing.get_args(hint)[0]
        return _Form(name, base, is_many=True, is_record=dataclasses.is_dataclass(base))
    if typing.get_origin(hint) is frozenset:
        return _Form(name, typing.get_args(hint)[0], is_many=True, is_set=True)
    if not isinstance(hint, types.UnionType):
        return _Form(name, hint, is_record=dataclasses.is_dataclass(hint))
    given = set(typing.get_args(hint))
    base = datetime if datetime in given else next(iter(given - {types.NoneType}))
    is_optional = types.NoneType in given
    return _Form(name, base, is_optional=is_optional, is_record=dataclasses.is_dataclass(base))


@cache
def _held(kind: type) -> tuple[_Form, ...]:
    """Return the forms of the fields that hold other records."""
    return tuple(form for form in _forms(kind) if form.is_record)


@cache
def _kinds(kind: type) -> tuple[type, ...]:
    """Return the classes of all records in records of a class, each after those that it holds."""
    held = [_kinds(form.base) for form in _held(kind)]
    return tuple(dict.fromkeys([*chain(*held), kind]))


def _gather(records: Iterable[Any], kind: type, found: dict[type, list[Any]], numbers: dict[int, int]) -> None:
    """List all records by class, each once and after those that it holds, and number them."""
    held, listed = [(form.name, form.base, form) for form in _held(kind)], found[kind]
    for record in records:
        if id(record) in numbers:
            continue
        if type(record) is not kind:
            _require([record], {kind})
        for name, base, form in held:
            value = getattr(record, name)
            if value is not None:
                _gather(value if form.is_many else (value,), base, found, numbers)
        numbers[id(record)] = len(listed)
        listed.append(record)


def _cells(records: Sequence[Any], form: _Form, numbers: Mapping[int, int]) -> list[Any]:
    """Return a field of some records as JSON has it."""
    values = list(map(attrgetter(form.name), records))
    if form.is_set:
        _require(values, {frozenset})
        values = [sorted(value) for value in values]
    return _rebuilt(values, form, list, _written(_flat(values, form), form.base, numbers))


def _values(cells: Sequence[Any], form: _Form, made: Mapping[type, Sequence[Any]]) -> list[Any]:
    """Return a field of some records from what JSON has of it."""
    return _rebuilt(cells, form, frozenset if form.is_set else tuple, _read(_flat(cells, form), form.base, made))


def _flat(values: Sequence[Any], form: _Form) -> list[Any]:
    """Return the single values of a field: without those that are missing, and out of their tuples."""
    if form.is_many:
        _require(values, {tuple, list})
        return list(chain.from_iterable(values))
    return [value for value in values if value is not None] if form.is_optional else list(values)


def _rebuilt(like: Sequence[Any], form: _Form, collect: Callable[[Any], Any], single: list[Any]) -> list[Any]:
    """Put single values to the places that they had."""
    following = iter(single)
    if form.is_many:
        nothing = collect(())  # of most fields, in most records
        return [collect(islice(following, len(group))) if group else nothing for group in like]
    return [None if value is None else next(following) for value in like] if form.is_optional else single


def _written(values: list[Any], base: type, numbers: Mapping[int, int]) -> list[Any]:
    if dataclasses.is_dataclass(base):
        return [numbers[id(value)] for value in values]
    if issubclass(base, date):
        _require(values, {date, base})
        return [value.isoformat() for value in values]
    if issubclass(base, Enum):
        _require(values, {base})
        return [value.value for value in values]
    _require(values, _OF_JSON[base])
    return values


def _read(cells: list[Any], base: type, made: Mapping[type, Sequence[Any]]) -> list[Any]:
    if dataclasses.is_dataclass(base):
        _require(cells, {int})
        if min(cells, default=0) < 0:
            raise ValueError("a negative number of a record")
        return [made[base][cell] for cell in cells]
    if issubclass(base, date):
        return [_moment(cell) if base is datetime else date.fromisoformat(cell) for cell in cells]
    if issubclass(base, Enum):
        members = _members(base)
        return [members[cell] for cell in cells]
    _require(cells, _OF_JSON[base])
    return cells


@cache
def _members(vocabulary: type[Enum]) -> dict[Any, Enum]:
    return {member.value: member for member in vocabulary}


def _moment(text: str) -> date | datetime:
    """Return a date, or a moment where the text has a time of day."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _require(values: Iterable[Any], kinds: Iterable[type]) -> None:
    """Raise a TypeError for a value of another type than one of these."""
    others = set(map(type, values)).difference(kinds)
    if others:
        raise TypeError(f"{', '.join(sorted(kind.__name__ for kind in others))} instead of {kinds}")
