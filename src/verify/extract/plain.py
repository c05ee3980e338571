"""A parse copied out of spaCy once, under spaCy's own names, because asking its tokens is slow.

spaCy makes a `Token` anew whenever one is reached, and looks each string up again; the extraction asks every token
dozens of times. A `PlainDoc` answers the same questions, by the same names and with the same values, from plain
attributes. What is not copied is asked of the spaCy object behind it.
"""

from __future__ import annotations

from bisect import bisect_right
from contextlib import contextmanager
from functools import cached_property
from operator import add
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

from verify.extract.parse import Parse, read_parse
from verify.extract.plain_tokens import PlainSpan, PlainToken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

T = TypeVar("T")

_IOB = ("", "I", "O", "B")
_SENTENCE_STARTS = {0: None, 1: True}  # spaCy's True, False and unknown; False is -1, written without a sign


def plain_copy(doc: Doc) -> Doc:
    """Return a copy of a parsed document that is read many times faster.

    It may stand wherever a `Doc` is only read, and is typed so. It shows the document as it was when copied.

    Args:
        doc: A parsed document.
    """
    return cast("Doc", PlainDoc(doc))


@contextmanager
def copied(doc: Doc) -> Iterator[Doc]:
    """Give a plain copy to a block, and take it apart behind it.

    Its tokens hold one another, so it would otherwise wait for the garbage collector.

    Args:
        doc: A parsed document.
    """
    plain = PlainDoc(doc)
    try:
        yield cast("Doc", plain)
    finally:
        plain.release()


def parse_of(doc: Doc) -> Parse:
    """Return the lists that a document is copied into."""
    return doc.parse if isinstance(doc, PlainDoc) else read_parse(doc)


def tokens_of(doc: Doc) -> Sequence[Token]:
    """Return what finds the tokens of a document by index fastest: a plain copy's list, or spaCy's document itself."""
    return cast("Sequence[Token]", doc.tokens if isinstance(doc, PlainDoc) else doc)


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


class PlainDoc:
    """A parsed document; see `spacy.tokens.Doc`.

    Args:
        doc: Where it is copied from, and what answers the rest.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.parse = read_parse(doc)
        self.text = "".join(map(add, self.parse.texts, self.parse.spaces))
        self.made: dict[Callable[[Doc], Any], Any] = {}  # by `once`
        self.tokens = self._tokens()

    def _tokens(self) -> list[PlainToken]:
        """Make the tokens, each with its head and its children."""
        p = self.parse
        tokens = [PlainToken() for _ in p.texts]
        rows = zip(
            p.texts, p.lower, p.lemmas, p.tags, p.pos, p.deps, p.entities, p.starts, p.spaces, p.iob,
            p.sentence_starts, p.is_space, p.is_punct, p.is_quote, p.is_bracket, p.like_num, p.heads, p.children,
            strict=True,
        )  # fmt: skip
        for i, (token, row) in enumerate(zip(tokens, rows, strict=True)):
            (
                token.text, token.lower_, token.lemma_, token.tag_, token.pos_, token.dep_, token.ent_type_, token.idx,
                token.whitespace_, iob, start, token.is_space, token.is_punct, token.is_quote,
                token.is_bracket, token.like_num, head, below,
            ) = row  # fmt: skip
            token.doc, token.i, token.head = self, i, tokens[head]
            token.children = [tokens[child] for child in below]
            token.ent_iob_, token.is_sent_start = _IOB[iob], _SENTENCE_STARTS.get(start, False)
        return tokens

    def release(self) -> None:
        """Part the tokens from one another and from the document; nothing can be asked of them any more."""
        self.made.clear()
        for token in self.tokens:
            del token.doc, token.head, token.children

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[PlainToken]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, index: int) -> PlainToken: ...

    @overload
    def __getitem__(self, index: slice) -> PlainSpan: ...

    def __getitem__(self, index: int | slice) -> PlainToken | PlainSpan:
        if not isinstance(index, slice):
            return self.tokens[index]
        start, end, _ = index.indices(len(self.tokens))
        return PlainSpan(self, start, max(start, end))

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

    def char_span(self, start_idx: int, end_idx: int, *, alignment_mode: str) -> PlainSpan | None:
        """Return the tokens at some characters; see `Doc.char_span`, of which only "expand" is copied."""
        if alignment_mode != "expand":
            span: DocSpan | None = self.doc.char_span(start_idx, end_idx, alignment_mode=alignment_mode)
            return None if span is None else PlainSpan(self, span.start, span.end)
        if not (0 <= start_idx < len(self.text) and 0 < end_idx <= len(self.text)):
            return None
        starts = self.parse.starts
        start, end = bisect_right(starts, start_idx) - 1, bisect_right(starts, end_idx - 1)
        is_behind = start_idx == starts[start] + len(self.tokens[start])  # in the white space that follows it
        return PlainSpan(self, start + is_behind, end)
