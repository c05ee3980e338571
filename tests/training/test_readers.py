"""Corpora in their published form become trees and names."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from recipe.conllu import locate, read_sentences
from recipe.converted import read_converted
from recipe.corpora import Corpora, read_corpora
from recipe.entities import gum
from recipe.entities.columns import CROSSNER, CROSSNER_OUTSIDE, WIKIGOLD, detokenize, label, read_columns, spans
from recipe.entities.numbers import number_entities
from recipe.entities.types import miscellany, place
from recipe.texts import curl
from recipe.tokens import Gold, project
from tests.training.fixtures import CORPORA, SEED

NLP = spacy.blank("en")


def test_every_corpus_of_the_folder_is_read(corpora: Corpora) -> None:
    assert set(corpora.parsed) == {"ewt", "ewt_named", "gum"}
    assert set(corpora.labelled) == {"crossner", "wikigold"}
    assert set(corpora.dev) == {"ewt_dev", "gum_dev"}


def test_a_folder_without_treebanks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no treebank"):
        read_corpora(tmp_path, SEED)


def test_trees_are_converted_and_paragraphs_kept(corpora: Corpora) -> None:
    doc = corpora.parsed["ewt"][0]
    assert [token.dep_ for token in doc if token.text == "judge"] == ["attr"]
    assert len(list(doc.sents)) == 3


def test_non_commercial_genres_are_left_out(corpora: Corpora) -> None:
    assert {doc.user_data["document"] for doc in corpora.parsed["gum"]} == {"GUM_news_ferry"}


def test_training_and_development_texts_of_ewt_are_apart(corpora: Corpora) -> None:
    train_ids = {doc.user_data["document"] for doc in corpora.parsed["ewt_named"]}
    assert train_ids == {"email-a", "email-c"}
    assert {doc.user_data["document"] for doc in corpora.dev["ewt_dev"]} == {"email-b", "email-d"}


def test_names_of_a_treebank_without_any_are_unknown(corpora: Corpora) -> None:
    assert not any(token.ent_iob for token in corpora.parsed["ewt"][0])


def test_words_of_columns_become_a_text() -> None:
    text, places = detokenize(["He", "said", '"', "No", '"', ",", "then", "(", "he", ")", "left", "."])
    assert text == 'He said "No", then (he) left.'
    assert text[slice(*places[3])] == "No"


def test_both_kinds_of_iob_tags() -> None:
    assert spans(["I-PER", "I-PER", "B-PER", "O", "I-LOC"]) == [(0, 2, "PER"), (2, 3, "PER"), (4, 5, "LOC")]


def test_crossner_is_mapped() -> None:
    first, second = (label(s, CROSSNER, CROSSNER_OUTSIDE) for s in read_columns(CORPORA / "crossner/ai/train.txt"))
    assert first is not None
    assert second is not None
    assert [(first.text[a:b], kind) for a, b, kind in first.entities] == [("Norland Institute", "ORG")]
    assert [kind for _, _, kind in second.entities] == ["PERSON", "PERSON", "GPE"]


def test_wikigold_is_mapped() -> None:
    first, second = (label(s, WIKIGOLD) for s in read_columns(CORPORA / "wikigold.conll.txt"))
    assert first is not None
    assert second is not None
    assert [(first.text[a:b], kind) for a, b, kind in first.entities] == [("Vasko", "PERSON"), ("Gulf of Oman", "LOC")]
    assert [kind for _, _, kind in second.entities] == ["NORP"]


def test_a_name_in_a_mention_of_gum() -> None:
    sentence = next(read_sentences(CORPORA / "en_gum-ud-train.conllu"))
    assert locate(sentence)
    entities, _ = gum.names(sentence)
    assert [(sentence.text[a:b], kind) for a, b, kind in entities] == [
        ("Anna Lindqvist", "PERSON"),
        ("Bank of Norland", "ORG"),
    ]


def test_a_mention_without_a_name_is_none() -> None:
    _, sentence, _ = read_sentences(CORPORA / "en_gum-ud-train.conllu")
    assert locate(sentence)
    assert gum.names(sentence) == ([], [])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Oman", "GPE"), ("Lake Garda", "LOC"), ("Lindau Airport", "FAC"), ("Oxbow Falls", "GPE"), ("Zarkovo", "GPE")],
)
def test_places_get_a_type(name: str, kind: str) -> None:
    assert place(name) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Swedish", "NORP"),
        ("Clean Harbour Act", "LAW"),
        ("Norland Open", "EVENT"),
        ("Urdu", "LANGUAGE"),
        ("Blorp", None),
    ],
)
def test_miscellanies_get_a_type(name: str, kind: str | None) -> None:
    assert miscellany(name) == kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It cost about $5 million on 3 May 2011.", [("about $5 million", "MONEY"), ("3 May 2011", "DATE")]),
        ("Some 40 percent left at 5 p.m. GMT.", [("Some 40 percent", "PERCENT"), ("5 p.m. GMT", "TIME")]),
        ("The second ship is 30 metres long.", [("second", "ORDINAL"), ("30 metres", "QUANTITY")]),
        ("Three men waited two hours.", [("Three", "CARDINAL"), ("two hours", "TIME")]),
        ("They may march.", []),
        ("In the late 1990s", [("the late 1990s", "DATE")]),
    ],
)
def test_numbers_and_dates_by_rule(text: str, found: list[tuple[str, str]]) -> None:
    assert [(span.text, span.label_) for span in number_entities(NLP(text), set())] == found


def test_a_word_that_is_cut_keeps_its_place_in_the_tree() -> None:
    sentence = list(read_sentences(CORPORA / "en_ewt-ud-train.conllu"))[1]
    assert locate(sentence)
    doc = project(
        sentence.text, Gold(sentence.words, [4, 4, 4, 4, -1, 4], ["nsubj", "cop", "det", "amod", "ROOT", "punct"])
    )
    assert doc is not None
    assert [(token.text, token.dep_, token.head.text) for token in doc[3:6]] == [
        ("well", "advmod", "known"),
        ("-", "punct", "known"),
        ("known", "amod", "judge"),
    ]


def test_quotation_marks_are_curled_in_place() -> None:
    assert curl("He said \"it's 'no'\".") == "He said “it’s ‘no’”."


def test_converted_texts_are_read(tmp_path: Path) -> None:
    path = tmp_path / "toy.clear.conllu"
    path.write_text(
        "# newdoc id = toy-1\n1\tOman\tOman\tPROPN\tNNP\t_\t2\tnsubj\t_\tNER=B-GPE\n"
        "2\tled\tlead\tVERB\tVBD\t_\t0\tROOT\t_\tSpacesAfter=\\n\\n\n\n1\tYes\tyes\tINTJ\tUH\t_\t0\tROOT\t_\tNER=?\n"
    )
    (doc,) = read_converted(path)
    assert doc.text == "Oman led\n\nYes"
    assert [(e.text, e.label_) for e in doc.ents] == [("Oman", "GPE")]
    assert doc[-1].ent_iob == 0
