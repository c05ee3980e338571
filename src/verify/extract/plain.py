"""A parse copied out of spaCy once, under spaCy's own names, because asking its tokens is slow.

spaCy makes a `Token` anew whenever one is reached, and looks each string up again; the extraction asks every token
dozens of times. A `PlainDoc` answers the same questions, by the same names and with the same values, from plain
attributes. What is not copied is asked of the spaCy object behind it.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

T = TypeVar("T")

_STRINGS = ("ORTH", "LOWER", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE")
_NUMBERS = ("IDX", "SPACY", "ENT_IOB", "SENT_START", "IS_SPACE", "IS_PUNCT", "LIKE_NUM")
_IOB = ("", "I", "O", "B")
_SENTENCE_STARTS = {0: None, 1: True}  # spaCy's True, False and unknown; False is -1, written without a sign


def plain_copy(doc: Doc) -> Doc:
    """Return a copy of a parsed document that is read many times faster.

    It may stand wherever a `Doc` is only read, and is typed so. It shows the document as it was when copied.

    Args:
        doc: A parsed document.
    """
    return cast("Doc", PlainDoc(doc))


def once(make: Callable[[Doc], T], doc: Doc) -> T:
    """Return what a function makes of a document; of a plain copy it is made once and kept with it.

    Args:
        make: A function that nothing but the document decides the result of.
        doc: A parsed document or its plain copy.
    """
    if not isinstance(doc, PlainDoc):
        return make(doc)
    if make not in doc.made:
        doc.made[make] = make(doc)
    return cast("T", doc.made[make])


class PlainToken:
    """A token; see `spacy.tokens.Token` for the meaning of each name."""

    __slots__ = (
        "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_punct", "is_sent_start", "is_space",
        "lemma_", "like_num", "lower_", "pos_", "tag_", "text", "whitespace_",
    )  # fmt: skip

    head: PlainToken
    children: list[PlainToken]

    def __init__(self, doc: PlainDoc, i: int, strings: tuple[str, ...], numbers: tuple[int, ...]) -> None:
        """Copy one token, without its place in the tree."""
        self.doc, self.i = doc, i
        self.text, self.lower_, self.lemma_, self.tag_, self.pos_, self.dep_, self.ent_type_ = strings
        self.idx, space, iob, sent_start, is_space, is_punct, like_num = numbers
        self.whitespace_ = " " if space else ""
        self.ent_iob_ = _IOB[iob]
        self.is_sent_start = _SENTENCE_STARTS.get(sent_start, False)
        self.is_space, self.is_punct, self.like_num = bool(is_space), bool(is_punct), bool(like_num)
        self.children = []

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
        found, todo = [], [self]
        while todo:
            token = todo.pop()
            found.append(token)
            todo += token.children
        return sorted(found, key=lambda token: token.i)

    @property
    def left_edge(self) -> PlainToken:
        """The first token of the subtree."""
        return self.subtree[0]

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
        """The token that stands highest in the parse."""
        root: int = self.__getattr__("root").i
        return self.doc.tokens[root]


class PlainDoc:
    """A parsed document; see `spacy.tokens.Doc`.

    Args:
        doc: Where it is copied from, and what answers the rest.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text: str = doc.text
        self.made: dict[Callable[[Doc], Any], Any] = {}  # by `once`
        self.tokens = self._tokens()
        self._join([int(offset) for offset in doc.to_array("HEAD").astype("int64")])

    def _tokens(self) -> list[PlainToken]:
        """Copy the tokens; each different string is looked up once."""
        strings, columns = self.doc.vocab.strings, self.doc.to_array([*_STRINGS, *_NUMBERS]).T.tolist()
        words = []
        for column in columns[: len(_STRINGS)]:
            known = {key: strings[key] for key in set(column)}
            words.append([known[key] for key in column])
        rows = zip(zip(*words, strict=True), zip(*columns[len(_STRINGS) :], strict=True), strict=True)
        return [PlainToken(self, i, texts, numbers) for i, (texts, numbers) in enumerate(rows)]

    def _join(self, offsets: list[int]) -> None:
        """Give each token its head, and each head its children in text order."""
        tokens = self.tokens
        for token, offset in zip(tokens, offsets, strict=True):
            token.head = tokens[token.i + offset]
            if offset:
                token.head.children.append(token)

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[PlainToken]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, index: int) -> PlainToken: ...

    @overload
    def __getitem__(self, index: slice) -> PlainSpan: ...

    def __getitem__(self, index: int | slice) -> PlainToken | PlainSpan:
        if isinstance(index, slice):
            start, end, _ = index.indices(len(self.tokens))
            return PlainSpan(self, start, max(start, end))
        return self.tokens[index]

    def __getattr__(self, name: str) -> Any:
        """Ask spaCy's document what was not copied."""
        return getattr(self.doc, name)

    @cached_property
    def sents(self) -> Sequence[PlainSpan]:
        """The sentences."""
        return [PlainSpan(self, sent.start, sent.end) for sent in self.doc.sents]

    @cached_property
    def sentence_numbers(self) -> list[int]:
        """The number of each token's sentence."""
        return [number for number, sent in enumerate(self.sents) for _ in range(len(sent))]

    @cached_property
    def starts(self) -> list[int]:
        """The character that each token begins with."""
        return [token.idx for token in self.tokens]

    def char_span(self, start_idx: int, end_idx: int, *, alignment_mode: str) -> PlainSpan | None:
        """Return the tokens at some characters; see `Doc.char_span`, of which only "expand" is copied."""
        if alignment_mode != "expand":
            span: DocSpan | None = self.doc.char_span(start_idx, end_idx, alignment_mode=alignment_mode)
            return None if span is None else PlainSpan(self, span.start, span.end)
        if not (0 <= start_idx < len(self.text) and 0 < end_idx <= len(self.text)):
            return None
        start = bisect_right(self.starts, start_idx) - 1
        end = bisect_right(self.starts, end_idx - 1)
        is_behind = start_idx == self.starts[start] + len(self.tokens[start])  # in the white space that follows it
        return PlainSpan(self, start + is_behind, end)
