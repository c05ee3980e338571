"""Attributions inside reported words and "in the view of", on fixed parses; and that "it" is nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import verify
from verify.extract.attribution.frames import Frame
from verify.extract.attribution.unseen import nested_frames, view_frames

Parse = Callable[[str], Doc]


def words(doc: Doc, tokens: tuple[int, ...]) -> str:
    return " ".join(doc[token].text for token in tokens)


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("The mayor said Peru believes", [("Peru", "believes", "that Chile sank the ferry")]),
        ("The mayor said Peru did not know", []),
    ],
)
def test_who_speaks_inside_reported_words(parse: Parse, opening: str, expected: list[tuple[str, ...]]) -> None:
    doc = parse("attribution_nested")
    (sent,) = [sent for sent in doc.sents if sent.text.startswith(opening)]
    start = sent.start
    outer = Frame(start + 2, (start, start + 1), (start + 2,), tuple(range(start + 3, sent.end - 1)))
    found = nested_frames(doc, [outer], [])
    assert [tuple(words(doc, role) for role in (f.source, f.cue, f.content)) for f in found] == expected


def test_a_view_is_attributed_and_a_month_is_not(parse: Parse) -> None:
    doc = parse("attribution_nested")
    (frame,) = view_frames(doc, set())
    roles = (frame.source, frame.cue, frame.content)
    assert [words(doc, role) for role in roles] == ["many traders", "In the view of", "Chile sank the ferry"]


def test_the_innermost_source_vouches_for_a_claim(nlp: Language) -> None:
    claims = verify.analyze("The mayor said Peru believes that Chile sank the ferry.", nlp=nlp).claims
    (claim,) = [claim for claim in claims if claim.proposition == "Chile sank the ferry"]
    assert [found.source_text for found in claim.attributions] == ["Peru", "The mayor"]


def test_it_is_nobody(nlp: Language) -> None:
    (found,) = verify.analyze("It is said that Peru sank the ferry.", nlp=nlp).attributions
    assert (found.source, found.source_text, found.cue_text) == ((), "", "is said")
