"""Phrases for two states together, on documents tagged by hand."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from verify.extract.coreference.pairs import find_pairs
from verify.models import Mention, Span
from verify.terms import ActorKind

VOCAB = spacy.blank("en").vocab
CODES = {"Norway": "NOR", "Oslo": "NOR", "Peru": "PER", "Chile": "CHL"}
PLURALS = {"countries": "country", "nations": "nation", "sides": "side", "ships": "ship"}


def read(text: str) -> tuple[Doc, list[Mention]]:
    words = text.split()
    starts = [i == 0 or words[i - 1] == "." for i in range(len(words))]
    doc = Doc(VOCAB, words=words, sent_starts=starts, tags=["NNS" if w in PLURALS else "X" for w in words])
    for token in doc:
        token.lemma_ = PLURALS.get(token.text, token.text)
    named = [token for token in doc if token.text in CODES]
    return doc, [
        Mention(Span(t.idx, t.idx + len(t)), t.text, "GPE", ActorKind.COUNTRY, CODES[t.text], CODES[t.text])
        for t in named
    ]


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Norway met Peru . The two countries agreed .", "The two countries", ["NOR", "PER"]),
        ("Norway met Peru . Both nations agreed .", "Both nations", ["NOR", "PER"]),
        ("Norway met Peru . Talks went on . Both sides agreed .", "Both sides", ["NOR", "PER"]),
        ("Norway met Peru . It rained . It froze . Both sides agreed .", None, None),
        ("Norway met Peru and Chile . The two countries agreed .", None, None),
        ("Norway met Oslo . The two countries agreed .", None, None),
        ("Chile left . Norway met Peru and both countries agreed .", "both countries", ["NOR", "PER"]),
        ("The two countries agreed . Norway met Peru .", None, None),
    ],
)
def test_a_phrase_for_two_stands_for_the_two_states_named_before(
    text: str, phrase: str | None, expected: list[str] | None
) -> None:
    doc, mentions = read(text)
    (pair,) = find_pairs(doc, mentions).values()
    assert (pair and [mention.code for mention in pair]) == expected
    for mention in pair or ():
        assert mention.is_inferred
        assert mention.text == phrase == doc.text[mention.span.start : mention.span.end]


@pytest.mark.parametrize("text", ["Norway met Peru . Two countries agreed .", "Norway met Peru . Both ships sank ."])
def test_other_phrases_stand_for_nobody(text: str) -> None:
    assert find_pairs(*read(text)) == {}
