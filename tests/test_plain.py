"""A plain copy answers as the spaCy document that it was made of, and is read once for all."""

import weakref

import pytest
import spacy
from spacy.tokens import Doc

from verify.extract.plain import copied, once, plain_copy

TEXT = "The envoy , who had left Oslo on 3 May , may return . He said so ."
WORDS = TEXT.split()
HEADS = [1, 12, 1, 5, 5, 1, 5, 5, 7, 10, 8, 1, 12, 12, 15, 15, 15, 15]
COPIED = (
    "i", "idx", "text", "lower_", "lemma_", "tag_", "pos_", "dep_", "ent_type_", "ent_iob_", "whitespace_", "is_space",
    "is_punct", "is_sent_start", "like_num", "is_quote", "is_currency",
)  # fmt: skip


@pytest.fixture
def doc() -> Doc:
    """A parsed document of two sentences."""
    nlp = spacy.blank("en")
    spaces = [word != "Oslo" for word in WORDS]
    deps = ["dep" if head != i else "ROOT" for i, head in enumerate(HEADS)]
    ents = ["O"] * 6 + ["B-GPE", "O", "B-DATE", "I-DATE"] + ["O"] * 8
    lemmas = [word.lower() for word in WORDS]
    return Doc(
        nlp.vocab, words=WORDS, spaces=spaces, heads=HEADS, deps=deps, lemmas=lemmas, tags=["NN"] * 18,
        pos=["NOUN"] * 18, ents=ents,
    )  # fmt: skip


def test_tokens_answer_as_those_of_spacy(doc: Doc):
    copy = plain_copy(doc)
    assert len(copy) == len(doc)
    assert copy.text == doc.text
    for ours, theirs in zip(copy, doc, strict=True):
        assert {name: getattr(ours, name) for name in COPIED} == {name: getattr(theirs, name) for name in COPIED}
        assert len(ours) == len(theirs)
        assert ours.head.i == theirs.head.i
        for name in ("children", "lefts", "rights", "subtree"):
            assert [token.i for token in getattr(ours, name)] == [token.i for token in getattr(theirs, name)]
        assert ours.left_edge.i == theirs.left_edge.i
        assert (ours.sent.start, ours.sent.end) == (theirs.sent.start, theirs.sent.end)


def test_spans_answer_as_those_of_spacy(doc: Doc):
    copy = plain_copy(doc)
    for start, end in [(0, 3), (-3, None), (5, 5), (7, 4), (2, 99)]:
        ours, theirs = copy[start:end], doc[start:end]
        assert (ours.start, ours.end, ours.text) == (theirs.start, theirs.end, theirs.text)
        assert [token.i for token in ours] == [token.i for token in theirs]
        if len(ours):
            assert (ours.start_char, ours.end_char) == (theirs.start_char, theirs.end_char)
            assert ours.root.i == theirs.root.i
            assert ours[-1].i == theirs[-1].i
    assert [(sent.start, sent.end) for sent in copy.sents] == [(sent.start, sent.end) for sent in doc.sents]
    assert copy.char_span(4, 8, alignment_mode="expand").text == "envoy"
    assert copy.char_span(4, 8, alignment_mode="strict") is None
    assert [entity.text for entity in copy.ents] == ["Oslo", "3 May"]


def test_every_stretch_of_characters_has_the_tokens_that_spacy_gives_it(doc: Doc):
    copy = plain_copy(doc)
    for start in range(-1, len(doc.text) + 2):
        for end in range(start + 1, len(doc.text) + 2):
            found = [one.char_span(start, end, alignment_mode="expand") for one in (copy, doc)]
            ours, theirs = (span if span is None else (span.start, span.end) for span in found)
            assert ours == theirs


def test_a_neighbour_outside_of_the_document_is_an_error(doc: Doc):
    copy = plain_copy(doc)
    assert copy[1].nbor(-1).text == "The"
    for token, step in ((copy[0], -1), (copy[17], 1)):
        with pytest.raises(IndexError):
            token.nbor(step)


def test_what_is_made_of_a_copy_is_made_once(doc: Doc):
    made = []

    def count(document: Doc) -> int:
        made.append(document)
        return len(document)

    copy = plain_copy(doc)
    assert once(count, copy) == once(count, copy) == 18
    assert len(made) == 1
    once(count, doc)
    once(count, doc)
    assert len(made) == 3


def test_a_copy_lent_to_a_block_is_gone_behind_it(doc: Doc):
    with copied(doc) as copy:
        token = copy[1]
        left = weakref.ref(copy)
    assert token.text == "envoy"
    del copy
    assert left() is None


def test_the_root_of_a_span_is_the_word_that_stands_highest(doc: Doc):
    copy = plain_copy(doc)
    for start in range(len(doc)):
        for end in range(start + 1, len(doc) + 1):
            assert copy[start:end].root.i == doc[start:end].root.i
