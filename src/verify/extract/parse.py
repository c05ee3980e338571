"""The attributes of a document's tokens as lists, read from spaCy once: what plain copies and trees are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Doc

K = TypeVar("K")
V = TypeVar("V")

_STRINGS: Final = ("ORTH", "LOWER", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE")
_NUMBERS: Final = (
    "IDX", "SPACY", "ENT_IOB", "SENT_START", "IS_SPACE", "IS_PUNCT", "IS_QUOTE", "IS_BRACKET", "LIKE_NUM", "HEAD",
)  # fmt: skip
_SIGN: Final = 1 << 63  # what is negative is read as so many more
_WRAP: Final = 1 << 64


@dataclass(frozen=True, slots=True)
class Parse:
    """One list an attribute, indexed by token; nobody changes them."""

    texts: list[str]
    lower: list[str]
    lemmas: list[str]  # as the pipeline spells them
    lower_lemmas: list[str]
    tags: list[str]
    pos: list[str]
    deps: list[str]
    entities: list[str]
    starts: list[int]  # the character that a token begins with
    spaces: list[str]  # what stands behind it: a space or nothing
    iob: list[int]
    sentence_starts: list[int]
    is_space: list[bool]
    is_punct: list[bool]
    is_quote: list[bool]
    is_bracket: list[bool]
    like_num: list[bool]
    heads: list[int]
    children: list[list[int]]  # in text order


def read_parse(doc: Doc) -> Parse:
    """Read the attributes of all tokens; each different string is looked up once."""
    columns: list[list[int]] = doc.to_array([*_STRINGS, *_NUMBERS]).T.tolist()
    strings: Callable[[int], str] = doc.vocab.strings.__getitem__
    texts, lower, lemmas, tags, pos, deps, entities = (_mapped(column, strings) for column in columns[: len(_STRINGS)])
    starts, spaces, iob, sentence_starts, *flags, offsets = columns[len(_STRINGS) :]
    is_space, is_punct, is_quote, is_bracket, like_num = ([flag == 1 for flag in column] for column in flags)
    heads = [index + (offset - _WRAP if offset >= _SIGN else offset) for index, offset in enumerate(offsets)]
    return Parse(
        texts,
        lower,
        lemmas,
        _mapped(lemmas, str.lower),
        tags,
        pos,
        deps,
        entities,
        starts,
        [" " if space else "" for space in spaces],
        iob,
        sentence_starts,
        is_space,
        is_punct,
        is_quote,
        is_bracket,
        like_num,
        heads,
        _children(heads),
    )


def _mapped(column: Sequence[K], look_up: Callable[[K], V]) -> list[V]:
    known = {key: look_up(key) for key in set(column)}
    return [known[key] for key in column]


def _children(heads: list[int]) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in heads]
    for index, head in enumerate(heads):
        if head != index:
            children[head].append(index)
    return children
