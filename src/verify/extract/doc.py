"""Small questions about a `Doc` that every kind of extraction asks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from verify.extract.plain import tokens_of
from verify.models import Span
from verify.terms import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan
    from spacy.vocab import Vocab

BLOCKS = "blocks"  # key of the span group that holds an article's blocks, labelled with BlockKind values
PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE})


def sentence_kinds(doc: Doc) -> list[BlockKind]:
    """Return the kind of block each sentence stands in; without blocks, everything is a paragraph.

    Args:
        doc: A parsed document; `doc.spans["blocks"]` may hold its blocks in text order.

    Returns:
        One kind for each sentence of `doc.sents`, in order.
    """
    starts = [(block.start, BlockKind(block.label_)) for block in doc.spans[BLOCKS]] if BLOCKS in doc.spans else []
    kinds, current, index = [], BlockKind.PARAGRAPH, 0
    for sent in doc.sents:
        while index < len(starts) and starts[index][0] <= sent.start:
            current = starts[index][1]
            index += 1
        kinds.append(current)
    return kinds


def char_span(words: DocSpan | Token) -> Span:
    """Return the characters of a spaCy span or token, without white space around it."""
    text, start = words.text, words.idx if hasattr(words, "idx") else words.start_char
    lead = len(text) - len(text.lstrip())
    return Span(start + lead, start + max(lead, len(text.rstrip())))


def char_pieces(doc: Doc, tokens: Iterable[int]) -> tuple[Span, ...]:
    """Return the fewest spans that cover the tokens, given by index, and no other.

    Neighbouring tokens share a piece, with the white space between them; white-space tokens never begin or
    end one.
    """
    at = tokens_of(doc)
    words = [index for index in sorted(set(tokens)) if not at[index].is_space]
    if not words:
        return ()
    edges = [words[0]]  # the first and the last token of each piece in turn
    if words[-1] - words[0] >= len(words):
        for before, index in pairwise(words):
            if index != before + 1 and not all(at[i].is_space for i in range(before + 1, index)):
                edges += (before, index)
    edges.append(words[-1])
    firsts, lasts = [at[index] for index in edges[::2]], [at[index] for index in edges[1::2]]
    return tuple([Span(a.idx, b.idx + len(b.text)) for a, b in zip(firsts, lasts, strict=True)])


def from_tokens(vocab: Vocab, tokens: Sequence[str], text: str) -> Doc:
    """Make a Doc of given tokens, with the white space that stands between them in the text.

    Args:
        vocab: Of the pipeline that will read the Doc.
        tokens: The words in order; an empty one, which a Doc cannot hold, becomes an underscore.
        text: What they were cut from; a token that is not found in it is followed by a space.
    """
    from spacy.tokens import Doc

    spaces, place = [], 0
    for token in tokens:
        start = text.find(token, place)
        place = start + len(token) if start >= 0 else place
        spaces.append(start < 0 or text[place : place + 1].isspace())
    return Doc(vocab, words=[token or "_" for token in tokens], spaces=spaces)
