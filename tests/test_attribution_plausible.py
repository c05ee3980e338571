"""Attributions of the model that report nothing are left out, on documents tagged by hand."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from verify.extract.attribution.frames import Frame
from verify.extract.attribution.plausible import is_plausible

VOCAB = spacy.blank("en").vocab
# Word, tag, entity label; the cue in upper case, the content behind it, the source before it.
CASES = [
    ("ties/NNS CONTINUE/VB towns/NNS met/VBD", False),
    ("drills/NNS HIGHLIGHTING/VBG trust/NN", False),
    ("Peru/NNP/GPE CHALLENGING/VBG rulings/NNS", False),
    ("Ruiz/NNP/PERSON DENYING/VBG charges/NNS", True),
    ("officials/NNS REJECTING/VBG offers/NNS", True),
    ("ASSERTING/VBG influence/NN", False),
    ("Peru/NNP/GPE ACCUSED/VBD rebels/NNS", True),
    ("engagement/NN ACCUSED/VBD rebels/NNS", True),
    ("report/NN SAW/VBD growth/NN", True),
    ("period/NN SAW/VBD growth/NN", False),
    ("period/NN SHOWED/VBD prices/NNS fell/VBD", True),
    ("they/PRP WELCOMED/VBD talks/NNS", True),
    ("engagement/NN CITING/VBG officials/NNS", True),
]
LEMMAS = {"continue": "continue", "accused": "accuse", "citing": "cite", "saw": "see", "officials": "official"}


def read(line: str, score: float = 0.45) -> tuple[Doc, Frame]:
    rows = [[*word.split("/"), ""][:3] for word in line.split()]
    words = [row[0].lower() if row[0].isupper() else row[0] for row in rows]
    head = next(i for i, row in enumerate(rows) if row[0].isupper())
    pos = ["VERB" if row[1].startswith("VB") else "NOUN" for row in rows]
    doc = Doc(
        VOCAB, words=words, tags=[row[1] for row in rows], pos=pos, heads=[head] * len(rows), deps=["dep"] * len(rows)
    )
    for token in doc:
        token.lemma_ = LEMMAS.get(token.text, token.text)
    doc.ents = tuple(Span(doc, i, i + 1, label=row[2]) for i, row in enumerate(rows) if row[2])
    return doc, Frame(head, tuple(range(head)), (head,), tuple(range(head + 1, len(rows))), score)


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_only_a_clause_or_somebody_who_can_speak_makes_a_report(line: str, expected: bool) -> None:
    doc, frame = read(line)
    assert is_plausible(doc, frame, ()) is expected
    assert is_plausible(doc, frame, frame.content)


def test_a_model_that_is_sure_decides_by_itself() -> None:
    assert is_plausible(*read("drills/NNS HIGHLIGHTING/VBG trust/NN", 0.8), ())
    assert not is_plausible(*read("ASSERTING/VBG influence/NN", 0.8), ())
    assert is_plausible(*read("ASSERTING/VBG influence/NN", 0.95), ())
    assert is_plausible(*read("mayor/NN CONTINUE/VB towns/NNS met/VBD", 0.95), ())
    assert not is_plausible(*read("prices/NNS CONTINUE/VB to/TO rise/VB", 0.95), ())
