"""The graders of sentences, and the linear models below them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from verify import lexicon
from verify.extract.features import linear as linear
from verify.extract.features.columns import read_columns
from verify.extract.features.linear import LinearModel, place
from verify.extract.sentences.check_worthiness import rate_sentences, rate_text
from verify.extract.sentences.uncertainty import IMPROBABLE, uncertainty
from verify.extract.sentences.vagueness import vagueness


def test_a_number_that_can_be_looked_up_is_worth_more_than_thanks(nlp: Language) -> None:
    checkable = nlp("Unemployment fell by 12 percent in the last two years, and the budget grew to 40 billion dollars.")
    polite = nlp("Thank you very much for having me tonight.")
    assert rate_text(checkable) > 0.5 > rate_text(polite)


def test_every_sentence_is_rated(nlp: Language) -> None:
    doc = nlp("The army has 3,000 tanks. Good evening!")
    rated = rate_sentences(doc)
    assert len(rated) == len(list(doc.sents))
    assert all(0 <= score <= 1 for score in rated.values())


def test_one_sentence_is_rated_as_its_text(nlp: Language) -> None:
    doc = nlp("The army has 3,000 tanks.")
    assert rate_sentences(doc) == pytest.approx({0: rate_text(doc)})


def test_only_the_sentences_asked_for_are_rated(nlp: Language) -> None:
    doc = nlp("The army has 3,000 tanks. Good evening! The navy has 40 ships.")
    everything = rate_sentences(doc)
    assert rate_sentences(doc, {0, 2}) == {0: everything[0], 2: everything[2]}


def test_vague_speech_is_more_uncertain_than_a_dated_event(nlp: Language) -> None:
    vague = nlp("Some critics believe that it may be one of the most important films of the decade.")
    plain = nlp("Anna Berg was born in Bergen on 3 May 1907.")
    assert uncertainty(vague) > 0.5 > uncertainty(plain)


def test_a_finding_that_may_hold_is_left_open(nlp: Language) -> None:
    left_open = nlp("The results suggest that sleep might protect the memory of older mice.")
    settled = nlp("Older mice slept for nine hours.")
    assert uncertainty(left_open, IMPROBABLE) > 0.5 > uncertainty(settled, IMPROBABLE)


def test_an_empty_text_has_a_grade(nlp: Language) -> None:
    assert 0 <= rate_text(nlp("")) <= 1
    assert 0 <= uncertainty(nlp(" \n")) <= 1
    assert rate_sentences(nlp("")) == {}


def test_opinions_without_a_holder_are_seen(nlp: Language) -> None:
    doc = nlp("It is widely regarded as the best.")
    found = set(vagueness(read_columns(doc), range(len(doc))))
    assert {"passive nobody regard", "kind general", "kind opinion"} <= found


def test_kinds_of_vague_words_are_known() -> None:
    kinds = {row["kind"] for row in lexicon.load("vague_words")}
    assert kinds == {"peacock", "opinion", "holder", "general", "quantity", "time", "contrast"}


def test_scores_add_weights_and_survive_saving(tmp_path: Path) -> None:
    weights = np.zeros(8, np.float32)
    weights[place("word a", 8)] += 2
    model = LinearModel(weights, bias=-1.0)
    assert model.score(["word a"]) == 1.0
    assert model.score([]) == -1.0
    model.save(tmp_path / "model.npz")
    with np.load(tmp_path / "model.npz") as arrays:
        assert arrays["weights"].tolist() == weights.tolist()
        assert arrays["scale"].size == 0


def test_scaled_rows_have_length_one() -> None:
    weights, scale = np.ones(8, np.float32), np.full(8, 3, np.float32)
    model = LinearModel(weights, bias=0.0, scale=scale)
    assert model.score(["one feature"]) == pytest.approx(1.0)
    assert LinearModel(weights, 0.0, np.zeros(8, np.float32)).score(["unseen"]) == 0.0


@given(st.text())
def test_any_feature_has_a_place(feature: str) -> None:
    assert 0 <= place(feature, 1 << 18) < 1 << 18


def test_missing_weights_are_named() -> None:
    with pytest.raises(FileNotFoundError, match="nothing_there"):
        linear.load("nothing_there")
