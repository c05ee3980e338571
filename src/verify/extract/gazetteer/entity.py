"""A named span that the rules of the gazetteer read and give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.extract.mentions.names import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Entity:
    """A named span: tokens `start` up to and without `end`."""

    start: int
    end: int
    label: str


Rule = Callable[["Doc", Sequence[Entity], Sequence[Hit]], list[Entity]]


def place(entity: Entity) -> int:
    """Return where an entity stands in the text."""
    return entity.start


def tokens_of(entities: Iterable[Entity]) -> set[int]:
    """Return the numbers of the tokens in any of the entities."""
    return {i for entity in entities for i in range(entity.start, entity.end)}
