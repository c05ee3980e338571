"""The shapes of vague speech: amounts without a number, opinions without a holder, praise without measure."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from verify.extract.features.columns import Columns

QUANTIFIERS = frozenset(
    (
        "many",
        "some",
        "several",
        "few",
        "most",
        "other",
        "certain",
        "various",
        "numerous",
        "much",
        "one",
        "people",
        "all",
    )
)
SUPERLATIVES = frozenset({"RBS", "JJS"})
MOST = 3  # words of one kind; more make no difference


def vagueness(columns: Columns, places: Sequence[int]) -> Iterator[str]:
    """Yield the features of vague speech at the given tokens of a document."""
    known, lemma, lower = _kinds(), columns.lemma, columns.lower
    kinds = {i: kind for i in places if (kind := known.get(lemma[i]) or known.get(lower[i], ""))}
    for index in places:
        if columns.tag[index] in SUPERLATIVES:
            yield from _superlative(columns, index)
        if lemma[index] in QUANTIFIERS:
            yield from _quantifier(columns, index)
        if columns.tag[index] == "VBN":
            yield from _passive(columns, index)
    for index, kind in kinds.items():
        yield f"kind {kind}"
        yield from _related(columns, index, kind, kinds)
    for kind, count in Counter(kinds.values()).items():
        yield f"kind {kind} {min(MOST, count)}"


@cache
def _kinds() -> Mapping[str, str]:
    return {row["lemma"]: row["kind"] for row in lexicon.load("vague_words")}


def _superlative(columns: Columns, index: int) -> Iterator[str]:
    yield f"superlative {columns.dep[index]}"
    yield f"superlative {columns.lemma[index]} {columns.window(index + 1, columns.tag)}"


def _quantifier(columns: Columns, index: int) -> Iterator[str]:
    """Yield a quantifier with what it counts: "many believe" has a place that "many cars" has not."""
    lemma, head = columns.lemma[index], columns.head[index]
    yield f"quantifier {lemma} {columns.dep[index]} {columns.dep[head]}"
    yield f"quantifier {lemma} {columns.tag[head]} {columns.dep[head]}"
    yield f"quantifier {lemma} of {columns.lemma[head]}"
    yield f"quantifier {lemma} after {columns.window(index - 1, columns.lower)}"


def _passive(columns: Columns, index: int) -> Iterator[str]:
    """Yield a participle and whether somebody stands behind it."""
    below = {columns.dep[child] for child in columns.children[index]}
    kind = "by" if "agent" in below else "nobody" if "auxpass" in below else columns.dep[index]
    yield f"passive {kind}"
    yield f"passive {kind} {columns.lemma[index]}"


def _related(columns: Columns, index: int, kind: str, kinds: Mapping[int, str]) -> Iterator[str]:
    """Yield a vague word with the word above it and, of an opinion, its subject."""
    head, lemma = columns.head[index], columns.lemma[index]
    yield f"kind {kind} {columns.dep[index]} {columns.tag[index]}"
    yield f"kind {kind} under {columns.lemma[head]}"
    if head in kinds and head != index:
        yield f"kind {kind} {columns.dep[index]} under {kinds[head]}"
        yield f"kind {lemma} under {kinds[head]}"
    subject = columns.subject(index) if kind == "opinion" else None
    if subject is not None:
        yield f"opinion of {kinds.get(subject, '')} {columns.tag[subject]}"
        yield f"opinion {lemma} of {columns.tag[subject]}"
