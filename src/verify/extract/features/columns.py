"""A parsed document as plain lists: reading one is many times faster than asking tokens one by one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

from verify.extract.plain import parse_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

AUXILIARIES = frozenset({"aux", "auxpass", "neg"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Columns:
    """One list an attribute, indexed by token; `sentence` holds the half-open token range of the token's sentence."""

    lower: list[str]
    lemma: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    children: list[list[int]]
    sentence: list[tuple[int, int]]

    def auxiliaries(self, index: int) -> str:
        """Return the auxiliaries and negations of a verb, as in "could_not_have"."""
        return "_".join(self.lower[c] for c in self.children[index] if self.dep[c] in AUXILIARIES)

    def subject(self, index: int) -> int | None:
        """Return the subject of a verb, if it has one of its own."""
        return next((c for c in self.children[index] if self.dep[c] in SUBJECTS), None)

    def window(self, index: int, column: list[str]) -> str:
        """Return the value of a column at a token that may lie outside of the document."""
        return column[index] if 0 <= index < len(column) else ""


def read_columns(doc: Doc) -> Columns:
    """Read the columns of a parsed document."""
    parse = parse_of(doc)
    lower = ["0" if is_number else word for word, is_number in zip(parse.lower, parse.like_num, strict=True)]
    sentence = [bounds for sent in doc.sents for bounds in repeat((sent.start, sent.end), len(sent))]
    return Columns(lower, parse.lower_lemmas, parse.tags, parse.deps, parse.heads, parse.children, sentence)
