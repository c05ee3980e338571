"""Times belong to the clause whose predicate governs them, not to the nearest verb."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from verify.extract.times.attach import attach
from verify.models import Span, Time
from verify.terms import TimeType


def make_doc(*tokens: tuple[str, str, str, int]) -> Doc:
    """Build a one-sentence Doc from (word, part of speech, dependency, head) rows."""
    words, pos, deps, heads = zip(*tokens, strict=True)
    return Doc(Vocab(), words=list(words), pos=list(pos), deps=list(deps), heads=list(heads))


def make_time(doc: Doc, text: str) -> Time:
    start = doc.text.index(text)
    return Time(Span(start, start + len(text)), text, TimeType.DATE, "XXXX")


SAID = make_doc(
    ("On", "ADP", "prep", 4),
    ("Monday", "PROPN", "pobj", 0),
    (",", "PUNCT", "punct", 4),
    ("ministers", "NOUN", "nsubj", 4),
    ("said", "VERB", "ROOT", 4),
    ("trade", "NOUN", "nsubj", 6),
    ("fell", "VERB", "ccomp", 4),
    ("in", "ADP", "prep", 6),
    ("2019", "NUM", "pobj", 7),
)
DOCKED = make_doc(
    ("Yesterday", "NOUN", "npadvmod", 3),
    ("the", "DET", "det", 2),
    ("ship", "NOUN", "nsubj", 3),
    ("docked", "VERB", "ROOT", 3),
    ("and", "CCONJ", "cc", 3),
    ("unloaded", "VERB", "conj", 3),
    ("and", "CCONJ", "cc", 3),
    ("crews", "NOUN", "nsubj", 8),
    ("rested", "VERB", "conj", 3),
)


def test_a_time_belongs_to_the_predicate_above_it() -> None:
    monday, year = make_time(SAID, "Monday"), make_time(SAID, "2019")
    assert attach(SAID, [year, monday], [4, 6]) == {4: [monday], 6: [year]}


@pytest.mark.parametrize(("heads", "expected"), [([6], {6: ["2019"]}), ([4], {4: ["Monday"]}), ([], {})])
def test_a_time_does_not_leak_out_of_its_clause(heads: list[int], expected: dict[int, list[str]]) -> None:
    times = [make_time(SAID, "Monday"), make_time(SAID, "2019")]
    found = attach(SAID, times, heads)
    assert {head: [t.text for t in ts] for head, ts in found.items()} == expected


def test_a_fronted_time_holds_for_the_predicates_that_share_the_subject() -> None:
    time = make_time(DOCKED, "Yesterday")
    assert attach(DOCKED, [time], [3, 5, 8]) == {3: [time], 5: [time]}


def test_a_time_that_is_not_fronted_stays_with_its_predicate() -> None:
    doc = make_doc(
        ("Ships", "NOUN", "nsubj", 1),
        ("docked", "VERB", "ROOT", 1),
        ("yesterday", "NOUN", "npadvmod", 1),
        ("and", "CCONJ", "cc", 1),
        ("unloaded", "VERB", "conj", 1),
    )
    time = make_time(doc, "yesterday")
    assert attach(doc, [time], [1, 4]) == {1: [time]}
