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
MOST = 3  # words of one kind; more make no difference


def vagueness(columns: Columns, places: Sequence[int]) -> Iterator[str]:
    """Yield the features of vague speech at the given tokens of a document."""
    kinds = {index: kind for index in places if (kind := _kind(columns, index))}
    for index in places:
        yield from _superlative(columns, index)
        yield from _quantifier(columns, index)
        yield from _passive(columns, index)
    for index, kind in kinds.items():
        yield f"kind {kind}"
        yield from _related(columns, index, kind, kinds)
    for kind, count in Counter(kinds.values()).items():
        yield f"kind {kind} {min(MOST, count)}"


@cache
def _kinds() -> Mapping[str, str]:
    return {row["lemma"]: row["kind"] for row in lexicon.load("vague_words")}


def _kind(columns: Columns, index: int) -> str:
    return _kinds().get(columns.lemma[index]) or _kinds().get(columns.lower[index], "")


def _superlative(columns: Columns, index: int) -> Iterator[str]:
    if columns.tag[index] in ("RBS", "JJS"):
        yield f"superlative {columns.dep[index]}"
        yield f"superlative {columns.lemma[index]} {columns.window(index + 1, columns.tag)}"


def _quantifier(columns: Columns, index: int) -> Iterator[str]:
    """Yield a quantifier with what it counts: "many believe" has a place that "many cars" has not."""
    lemma, head = columns.lemma[index], columns.head[index]
    if lemma in QUANTIFIERS:
        yield f"quantifier {lemma} {columns.dep[index]} {columns.dep[head]}"
        yield f"quantifier {lemma} {columns.tag[head]} {columns.dep[head]}"
        yield f"quantifier {lemma} of {columns.lemma[head]}"
        yield f"quantifier {lemma} after {columns.window(index - 1, columns.lower)}"


def _passive(columns: Columns, index: int) -> Iterator[str]:
    """Yield a participle and whether somebody stands behind it."""
    if columns.tag[index] == "VBN":
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
