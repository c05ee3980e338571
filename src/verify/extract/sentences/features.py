"""What the trained graders see of a sentence: its words and its hedges, and, for check-worthiness, its form."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from verify.extract.sentences.vagueness import vagueness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from verify.extract.features.columns import Columns
    from verify.extract.hedges.cues import Cue

COUNTED_TAGS = ("VBD", "CD", "MD", "PRP", "NNP", "JJR", "JJS", "NNS")


def uncertainty_features(columns: Columns, cues: Sequence[Cue], start: int, end: int) -> set[str]:
    """Return what a sentence's uncertainty is graded by: lemmas, hedges, vague speech and the subject.

    Words in their forms, pairs of them and tags were left out on purpose: on sets of 1,500 sentences they cost
    one to two points of F1.

    Args:
        columns: The document.
        cues: The hedge cues of the sentence.
        start: The sentence's first token.
        end: The token after its last.
    """
    places = _places(columns, start, end)
    found = {f"lemma {columns.lemma[index]}" for index in places}
    found.update(vagueness(columns, places))
    found.update(_hedges(columns, cues))
    found.update(_main_clause(columns, places))
    found.add(f"length {min(12, len(places) // 4)}")
    return found


def form_features(doc: Doc, columns: Columns, start: int, end: int) -> set[str]:
    """Return a sentence's words in their forms, their tags, and counts of numbers, names and tenses.

    Args:
        doc: The document, for its entities.
        columns: Its columns.
        start: The sentence's first token.
        end: The token after its last.
    """
    places = _places(columns, start, end)
    return {*_words(columns, places), *_root(columns, places), *_counts(doc, columns, places)}


def _places(columns: Columns, start: int, end: int) -> list[int]:
    return [index for index in range(start, end) if columns.lower[index].strip()]


def _words(columns: Columns, places: Sequence[int]) -> Iterator[str]:
    """Yield words, pairs of neighbours, and tags alone, in pairs and in threes."""
    words, tags = [columns.lower[index] for index in places], [columns.tag[index] for index in places]
    yield from [f"word {word}" for word in words]
    yield from [f"tag {tag}" for tag in tags]
    yield from [f"pair {first} {second}" for first, second in pairwise(words)]
    yield from [f"tags {first} {second}" for first, second in pairwise(tags)]
    yield from [f"tags {a} {b} {c}" for a, b, c in zip(tags, tags[1:], tags[2:], strict=False)]


def _hedges(columns: Columns, cues: Sequence[Cue]) -> Iterator[str]:
    """Yield the hedge cues with their classes and what they hang on."""
    yield f"hedges {min(4, len(cues))}"
    for cue in cues:
        head = columns.head[cue.start]
        yield f"cue {cue.phrase}"
        yield f"cue {cue.phrase} on {columns.tag[head]} {columns.dep[cue.start]}"
        yield f"class {cue.hedge_class}"
        yield f"class {cue.hedge_class} {cue.place} {cue.level}"
        subject = columns.subject(head)
        if subject is not None:
            yield f"class {cue.hedge_class} of {columns.lower[subject]}"


def _main_clause(columns: Columns, places: Sequence[int]) -> Iterator[str]:
    """Yield how the sentence begins and ends, and the subject of its root."""
    if not places:
        return
    yield f"first {columns.lower[places[0]]} {columns.window(places[0] + 1, columns.lower)}"
    yield f"last {columns.lower[places[-1]]}"
    root = _find_root(columns, places)
    subject = columns.subject(root)
    if subject is not None:
        yield f"subject {columns.lower[subject]}"
        yield f"subject {columns.lower[subject]} {columns.lemma[root]}"
        yield f"subject {columns.tag[subject]} {columns.tag[root]}"


def _root(columns: Columns, places: Sequence[int]) -> Iterator[str]:
    if places:
        root = _find_root(columns, places)
        yield f"root {columns.lemma[root]}"
        yield f"root {columns.tag[root]} {columns.auxiliaries(root)}"


def _find_root(columns: Columns, places: Sequence[int]) -> int:
    return next((index for index in places if columns.dep[index] == "ROOT"), places[0])


def _counts(doc: Doc, columns: Columns, places: Sequence[int]) -> Iterator[str]:
    """Yield counts, each cut off where more makes no difference, and the kinds of names."""
    tags = [columns.tag[index] for index in places]
    for tag in COUNTED_TAGS:
        yield f"count {tag} {min(4, tags.count(tag))}"
    yield f"past {'VBD' in tags} {'CD' in tags} {'MD' in tags}"
    names = {doc[index].ent_type_ for index in places} - {""}
    yield f"entities {min(4, len(names))}"
    for name in names:
        yield f"entity {name}"
