"""A parsed document as numpy columns, one value a token, for features that are computed all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.strings import get_string_id

from verify.extract.attribution.quotations import Quotation, find_quotations
from verify.extract.features.hashing import Column, Hashes, Ints, at, bucket
from verify.extract.plain import once

if TYPE_CHECKING:
    from spacy.tokens import Doc

NONE: Final = -1
CHILDREN: Final = (
    "nsubj", "nsubjpass", "agent", "dobj", "ccomp", "xcomp", "prep", "prt", "aux", "auxpass", "mark", "poss", "acl",
    "attr", "acomp", "pobj", "appos",
)  # fmt: skip
SIGNATURE: Final = (
    "nsubj", "nsubjpass", "agent", "dobj", "ccomp", "xcomp", "prep", "aux", "auxpass", "mark", "poss", "acl",
)  # fmt: skip
ATTRIBUTES: Final = ("LEMMA", "LOWER", "POS", "TAG", "DEP", "ENT_TYPE", "SUFFIX", "SHAPE", "HEAD", "IS_SPACE")
FAR: Final = 1 << 20
NEAR_QUOTE: Final = 6  # farther quotations of the sentence all count as this far
NO_QUOTE: Final = 9


@dataclass(frozen=True, slots=True)
class Arrays:
    """The columns of a document; indices are of tokens, and NONE where there is nothing."""

    lemma: Hashes
    lower: Hashes
    pos: Hashes
    tag: Hashes
    dep: Hashes
    entity: Hashes
    suffix: Hashes
    shape: Hashes
    head: Ints
    is_space: Column
    sentence: Ints  # its number
    sentence_start: Ints
    sentence_end: Ints
    quotation: Ints  # number of the quotation that the token lies in, or NONE
    child: dict[str, Ints]  # the first child with a label
    signature: Ints  # which labels its children have, as a bit set

    def __len__(self) -> int:
        return len(self.head)


def quoted_arrays(doc: Doc) -> Arrays:
    """Read the columns from a parsed document, with the quotations found in it."""
    return make_arrays(doc, once(find_quotations, doc))


def make_arrays(doc: Doc, quotations: Sequence[Quotation]) -> Arrays:
    """Read the columns from a parsed document and its quotations."""
    index = np.arange(len(doc))
    read = np.asarray(doc.to_array(list(ATTRIBUTES)), np.uint64).reshape(len(doc), -1)
    lemma, lower, pos, tag, dep, entity, suffix, shape, offset, is_space = np.ascontiguousarray(read.T)
    starts = np.array([sent.start for sent in doc.sents], dtype=np.int64)
    sentence = np.searchsorted(starts, index, side="right") - 1
    quotation = np.full(len(doc), NONE, np.int64)
    for number, quoted in enumerate(quotations):
        quotation[quoted.start : quoted.end] = number
    head = index + offset.astype(np.int64)
    child = _first_children(dep, head)
    return Arrays(
        lemma,
        lower,
        pos,
        tag,
        dep,
        entity,
        suffix,
        shape,
        head=head,
        is_space=is_space.astype(bool),
        sentence=sentence,
        sentence_start=starts[sentence],
        sentence_end=np.append(starts[1:], len(doc))[sentence],
        quotation=quotation,
        child=child,
        signature=_signature(child, len(doc)),
    )


def string_id(word: str) -> np.uint64:
    """Return the number that spaCy's columns hold for a word or label."""
    return np.uint64(get_string_id(word))


def _first_children(dep: Hashes, head: Ints) -> dict[str, Ints]:
    children = {}
    for label in CHILDREN:
        found = np.flatnonzero(dep == string_id(label))[::-1]
        first = np.full(len(head), NONE, np.int64)
        first[head[found]] = found
        children[label] = first
    return children


def _signature(child: dict[str, Ints], n: int) -> Ints:
    bits = np.zeros(n, np.int64)
    for bit, label in enumerate(SIGNATURE):
        bits |= (child[label] >= 0).astype(np.int64) << bit
    return bits


@dataclass(frozen=True, slots=True)
class QuoteContext:
    """Where the quotations are, seen from each token."""

    inside: Column
    before: Ints  # coarse distance to the last quoted token of the sentence before it, or NO_QUOTE
    after: Ints
    opens: Column  # whether the sentence begins in a quotation
    earlier: Column  # whether the sentence before ends in one
    later: Column  # whether the next sentence begins in one


def quote_context(arrays: Arrays) -> QuoteContext:
    """Return, for each token, whether it is quoted and how far the quotations of its sentence are."""
    index, inside = np.arange(len(arrays)), arrays.quotation >= 0
    last = np.maximum.accumulate(np.where(inside, index, -FAR))
    following = np.minimum.accumulate(np.where(inside, index, FAR)[::-1])[::-1]
    return QuoteContext(
        inside=inside,
        before=np.where(last >= arrays.sentence_start, np.minimum(bucket(index - last), NEAR_QUOTE), NO_QUOTE),
        after=np.where(following < arrays.sentence_end, np.minimum(bucket(following - index), NEAR_QUOTE), NO_QUOTE),
        opens=at(inside, arrays.sentence_start),
        earlier=at(inside, arrays.sentence_start - 1),
        later=at(inside, arrays.sentence_end),
    )
