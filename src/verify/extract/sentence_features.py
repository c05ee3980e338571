"""What the trained graders see of a sentence: its words, their forms, its hedges and the shapes of vague speech."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from verify.extract.columns import Columns
    from verify.extract.hedges_cues import Cue

QUANTIFIERS = frozenset(
    {
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
    }
)
COUNTED_TAGS = ("VBD", "CD", "MD", "PRP", "NNP", "JJR", "JJS", "NNS")


def features(doc: Doc, columns: Columns, cues: Sequence[Cue], start: int, end: int) -> set[str]:
    """Return the features of one sentence.

    Args:
        doc: The document.
        columns: Its columns.
        cues: The hedge cues of the sentence.
        start: The sentence's first token.
        end: The token after its last.
    """
    places = [i for i in range(start, end) if columns.lower[i].strip()]
    found = set(_words(columns, places))
    for index in places:
        found.update(_vague(columns, index))
    found.update(_hedges(columns, cues))
    found.update(_main_clause(columns, places))
    found.update(_counts(doc, columns, cues, places))
    return found


def _words(columns: Columns, places: Sequence[int]) -> Iterator[str]:
    """Yield words and lemmas, and pairs and triples of neighbours as words and as tags."""
    lower, tag = columns.lower, columns.tag
    for index in places:
        yield f"word {lower[index]}"
        yield f"lemma {columns.lemma[index]}"
        yield f"tag {tag[index]}"
    for first, second in pairwise(places):
        yield f"pair {lower[first]} {lower[second]}"
        yield f"tags {tag[first]} {tag[second]}"
    for first, second, third in zip(places, places[1:], places[2:], strict=False):
        yield f"tags {tag[first]} {tag[second]} {tag[third]}"


def _vague(columns: Columns, index: int) -> Iterator[str]:
    """Yield superlatives, quantifiers with what they count, and passives with nobody behind them."""
    lemma, tag, dep = columns.lemma[index], columns.tag[index], columns.dep[index]
    if tag in ("RBS", "JJS"):
        yield f"superlative {dep}"
        yield f"superlative {lemma} {columns.window(index + 1, columns.tag)}"
    if lemma in QUANTIFIERS:
        head = columns.head[index]
        yield f"quantifier {lemma} {dep} {columns.dep[head]}"
        yield f"quantifier {lemma} {columns.tag[head]} {columns.dep[head]}"
        yield f"quantifier {lemma} of {columns.lemma[head]}"
        yield f"quantifier {lemma} after {columns.window(index - 1, columns.lower)}"
    if tag == "VBN":
        below = {columns.dep[child] for child in columns.children[index]}
        kind = "by" if "agent" in below else "nobody" if "auxpass" in below else dep
        yield f"passive {kind}"
        yield f"passive {kind} {lemma}"


def _hedges(columns: Columns, cues: Sequence[Cue]) -> Iterator[str]:
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
    """Yield how the sentence begins and ends, its root, and the root's subject and auxiliaries."""
    if not places:
        return
    yield f"first {columns.lower[places[0]]} {columns.window(places[0] + 1, columns.lower)}"
    yield f"last {columns.lower[places[-1]]}"
    root = next((i for i in places if columns.dep[i] == "ROOT"), places[0])
    yield f"root {columns.lemma[root]}"
    yield f"root {columns.tag[root]} {columns.auxiliaries(root)}"
    subject = columns.subject(root)
    if subject is not None:
        yield f"subject {columns.lower[subject]}"
        yield f"subject {columns.lower[subject]} {columns.lemma[root]}"
        yield f"subject {columns.tag[subject]} {columns.tag[root]}"


def _counts(doc: Doc, columns: Columns, cues: Sequence[Cue], places: Sequence[int]) -> Iterator[str]:
    """Yield lengths and counts, each cut off where more makes no difference, and the kinds of names."""
    yield f"length {min(12, len(places) // 4)}"
    yield f"hedges {min(4, len(cues))}"
    tags = [columns.tag[index] for index in places]
    for tag in COUNTED_TAGS:
        yield f"count {tag} {min(4, tags.count(tag))}"
    names = {doc[index].ent_type_ for index in places} - {""}
    for name in names:
        yield f"entity {name}"
    yield f"entities {min(4, len(names))}"
    yield f"past {'VBD' in tags} {'CD' in tags} {'MD' in tags}"
