"""The entity component that labels tokens: decoding, learning, saving."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.training import Example

from verify.ner import BEGIN, INSIDE, LAST, OUTSIDE, UNIT, UNKNOWN, allowed, best_sequence, decode, stretches

TYPES = ("GPE", "ORG")
LABELS = 1 + 4 * len(TYPES)
FOLLOWS = allowed(len(TYPES))


def label(part: int, kind: str) -> int:
    return 1 + 4 * TYPES.index(kind) + part


def scores(*rows: dict[int, float]) -> np.ndarray:
    out = np.zeros((len(rows), LABELS), dtype=np.float32)
    for i, row in enumerate(rows):
        for number, value in row.items():
            out[i, number] = value
    return out


def test_what_may_follow() -> None:
    assert FOLLOWS[OUTSIDE, label(BEGIN, "ORG")]
    assert FOLLOWS[label(BEGIN, "ORG"), label(LAST, "ORG")]
    assert not FOLLOWS[label(BEGIN, "ORG"), label(LAST, "GPE")]
    assert not FOLLOWS[label(BEGIN, "ORG"), OUTSIDE]
    assert not FOLLOWS[OUTSIDE, label(INSIDE, "GPE")]
    assert FOLLOWS[label(UNIT, "GPE"), label(UNIT, "GPE")]


def test_best_labels_that_make_a_sequence_are_taken() -> None:
    found = decode(
        scores({label(UNIT, "GPE"): 2}, {OUTSIDE: 1}, {label(BEGIN, "ORG"): 2}, {label(LAST, "ORG"): 2}), TYPES, FOLLOWS
    )
    assert found == [(0, 1, "GPE"), (2, 4, "ORG")]


def test_labels_that_do_not_fit_are_decided_together() -> None:
    rows = scores({label(BEGIN, "ORG"): 3}, {label(LAST, "GPE"): 2, label(LAST, "ORG"): 1.5})
    assert decode(rows, TYPES, FOLLOWS) == [(0, 2, "ORG")]


def test_a_broken_run_does_not_touch_its_neighbours() -> None:
    labels = np.array([label(UNIT, "GPE"), OUTSIDE, label(INSIDE, "ORG"), label(LAST, "ORG"), OUTSIDE])
    assert stretches(labels, FOLLOWS) == [(2, 4)]


def test_no_tokens_no_entities() -> None:
    assert decode(np.zeros((0, LABELS), dtype=np.float32), TYPES, FOLLOWS) == []


@given(st.lists(st.lists(st.floats(-5, 5, width=32), min_size=LABELS, max_size=LABELS), min_size=1, max_size=7))
def test_decoded_entities_are_in_order_and_apart(rows: list[list[float]]) -> None:
    found = decode(np.array(rows, dtype=np.float32), TYPES, FOLLOWS)
    edges = [edge for start, end, _ in found for edge in (start, end)]
    assert edges == sorted(edges)
    assert all(start < end <= len(rows) for start, end, _ in found)


@given(st.lists(st.lists(st.floats(-5, 5, width=32), min_size=LABELS, max_size=LABELS), min_size=1, max_size=5))
def test_best_sequence_is_allowed_from_end_to_end(rows: list[list[float]]) -> None:
    labels = [OUTSIDE, *best_sequence(np.array(rows, dtype=np.float32), FOLLOWS), OUTSIDE]
    assert all(FOLLOWS[a, b] for a, b in pairwise(labels))


SENTENCES = [
    ("Troops left Norland on Monday", [(2, 3, "GPE")]),
    ("Norland thanked the Harbour Bank", [(0, 1, "GPE"), (3, 5, "ORG")]),
    ("The Harbour Bank lent money", [(1, 3, "ORG")]),
    ("Nobody left", []),
]


def gold(nlp: spacy.Language, text: str, spans: list[tuple[int, int, str]]) -> Doc:
    doc = Doc(nlp.vocab, words=text.split())
    doc.set_ents([Span(doc, *span[:2], label=span[2]) for span in spans], default="outside")
    return doc


@pytest.fixture(scope="module")
def trained() -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("verify_ner", name="ner")
    examples = [Example(nlp.make_doc(text), gold(nlp, text, spans)) for text, spans in SENTENCES]
    spacy.util.fix_random_seed(0)
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(60):
        nlp.update(examples, sgd=optimizer, drop=0.0)
    return nlp


def test_it_learns_what_it_is_shown(trained: spacy.Language) -> None:
    for text, spans in SENTENCES:
        assert [(e.start, e.end, e.label_) for e in trained(text).ents] == spans


def test_it_says_its_types(trained: spacy.Language) -> None:
    assert set(trained.get_pipe("ner").labels) == {"GPE", "ORG"}
    assert trained.pipe_labels["ner"] == list(trained.get_pipe("ner").labels)


def test_saved_and_loaded_it_finds_the_same(trained: spacy.Language, tmp_path: Path) -> None:
    trained.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    text = SENTENCES[1][0]
    assert [(e.text, e.label_) for e in loaded(text).ents] == [(e.text, e.label_) for e in trained(text).ents]


def test_an_entity_is_cut_where_a_sentence_starts(trained: spacy.Language) -> None:
    doc = trained.make_doc("Norland thanked the Harbour Bank")
    doc[4].is_sent_start = True
    ner = trained.get_pipe("ner")
    ner.set_annotations([doc], [[(3, 5, "ORG")]])
    assert [e.text for e in doc.ents] == ["Harbour", "Bank"]


def test_tokens_of_unknown_label_teach_nothing(trained: spacy.Language) -> None:
    ner = trained.get_pipe("ner")
    guess = np.full((2, 1 + 4 * len(ner.labels)), 0.1, dtype=np.float32)
    _, (gradient,) = ner.gradients([np.array([UNKNOWN, OUTSIDE])], [guess])
    assert not gradient[0].any()
    assert gradient[1, OUTSIDE] == pytest.approx(-0.9)


def test_an_empty_text_has_no_entities(trained: spacy.Language) -> None:
    assert trained("").ents == ()
