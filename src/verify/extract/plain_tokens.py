"""The tokens and spans of a plain copy, under spaCy's own names; see `plain`."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verify.extract.plain import PlainDoc

_BY_PLACE = attrgetter("i")


class PlainToken:
    """A token; see `spacy.tokens.Token` for the meaning of each name."""

    __slots__ = (
        "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_bracket", "is_punct", "is_quote",
        "is_sent_start", "is_space",
        "lemma_", "like_num", "lower_", "pos_", "tag_", "text", "whitespace_",
    )  # fmt: skip

    doc: PlainDoc
    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    tag_: str
    pos_: str
    dep_: str
    ent_type_: str
    ent_iob_: str
    whitespace_: str
    is_bracket: bool
    is_punct: bool
    is_quote: bool
    is_space: bool
    like_num: bool
    is_sent_start: bool | None
    head: PlainToken
    children: list[PlainToken]

    def __len__(self) -> int:
        return len(self.text)

    def __getattr__(self, name: str) -> Any:
        """Ask spaCy's token what was not copied."""
        return getattr(self.doc.doc[self.i], name)

    def nbor(self, i: int = 1) -> PlainToken:
        """Return a neighbour; an IndexError says that there is none."""
        if self.i + i < 0:
            raise IndexError(self.i + i)
        return self.doc.tokens[self.i + i]

    @property
    def lefts(self) -> list[PlainToken]:
        """The children before the token."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[PlainToken]:
        """The children after the token."""
        return [child for child in self.children if child.i > self.i]

    @property
    def subtree(self) -> list[PlainToken]:
        """The token and all below it, in text order."""
        found, todo = [self], self.children
        while todo:
            found += todo
            todo = [child for token in todo for child in token.children]
        return sorted(found, key=_BY_PLACE) if len(found) > 1 else found

    @property
    def left_edge(self) -> PlainToken:
        """The first token of the subtree."""
        return self.subtree[0] if self.children else self

    @property
    def sent(self) -> PlainSpan:
        """The sentence."""
        return self.doc.sents[self.doc.sentence_numbers[self.i]]


class PlainSpan:
    """Some neighbouring tokens; see `spacy.tokens.Span`."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: PlainDoc, start: int, end: int) -> None:
        """Name the tokens from `start` to `end`, half-open."""
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[PlainToken]:
        return iter(self.doc.tokens[self.start : self.end])

    def __getitem__(self, index: int) -> PlainToken:
        return self.doc.tokens[self.start : self.end][index]

    def __getattr__(self, name: str) -> Any:
        """Ask spaCy's span what was not copied."""
        return getattr(self.doc.doc[self.start : self.end], name)

    @property
    def start_char(self) -> int:
        """Where the first token begins."""
        return self.doc.tokens[self.start].idx if self.start < self.end else int(self.__getattr__("start_char"))

    @property
    def end_char(self) -> int:
        """Where the last token ends."""
        if self.start == self.end:
            return int(self.__getattr__("end_char"))
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The words, without the white space behind the last."""
        return self.doc.text[self.start_char : self.end_char] if self.start < self.end else ""

    @property
    def root(self) -> PlainToken:
        """The token that stands highest in the parse; of several equally high ones the first."""
        outside = [token for token in self if not self.start <= token.head.i < self.end or token.head is token]
        return min(outside, key=_height, default=self.doc.tokens[self.start])


def _height(token: PlainToken) -> int:
    """How many words stand above a token; punctuation and white space alone count as the lowest."""
    if (token.is_space or token.is_punct) and not token.children and token.head is not token:
        return len(token.doc) - 1
    steps = 0
    while token.head is not token:
        token, steps = token.head, steps + 1
    return steps
