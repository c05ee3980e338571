"""Other names, other casing and written texts keep the annotation."""

from __future__ import annotations

import random

import pytest
import spacy

from recipe.augment import Labelled, Swapper, labelled, recase, rename, to_doc
from recipe.corpora import Corpora
from recipe.pools import make_pools, transliterate
from recipe.templates import Writer
from tests.training.fixtures import SEED, pools

NLP = spacy.blank("en")


def test_a_name_is_replaced_by_the_same_other_one() -> None:
    item = Labelled("Ann Lee met Lee in Peru.", ((0, 7, "PERSON"), (12, 15, "PERSON"), (19, 23, "GPE")))
    other = Swapper(pools(), random.Random(1), rate=1.0).swap(item)
    names = [other.text[a:b] for a, b, _ in other.entities]
    assert names[0].split()[-1] == names[1]
    assert names[2] in ("Chile", "Lund")
    assert [kind for _, _, kind in other.entities] == ["PERSON", "PERSON", "GPE"]


def test_text_between_names_stays() -> None:
    item = Labelled("In Peru, Ann left.", ((3, 7, "GPE"), (9, 12, "PERSON")), ((13, 17),))
    other = Swapper(pools(), random.Random(2), rate=1.0).swap(item)
    assert other.text.startswith("In ")
    assert other.text.endswith(" left.")
    assert other.text[slice(*other.unknown[0])] == "left"


def test_a_labelled_text_survives_tokens_and_back() -> None:
    item = Labelled("Ann left Peru.", ((0, 3, "PERSON"), (9, 13, "GPE")))
    assert labelled(to_doc(NLP, item)) == item


def test_other_casing_keeps_the_annotation(corpora: Corpora) -> None:
    doc = corpora.parsed["ewt"][0]
    shouted = next(
        copy for copy in (recase(doc, random.Random(seed), 1.0) for seed in range(40)) if copy[0].text.isupper()
    )
    assert [token.dep_ for token in shouted] == [token.dep_ for token in doc]


def test_other_names_in_a_tree_keep_it(corpora: Corpora) -> None:
    doc = corpora.parsed["ewt"][0]
    other = rename(doc, ["Okoro"], random.Random(1), 1.0)
    assert [token.text for token in other if token.tag_ == "NNP"] == ["Okoro"]
    assert [(token.head.i, token.dep_) for token in other] == [(token.head.i, token.dep_) for token in doc]


def test_written_texts_have_their_names_marked() -> None:
    writer = Writer(pools(), random.Random(4))
    item = writer.fill("{RANK} {PERSON} left the Senate for {GPE}.>>Senate=ORG")
    marked = {kind: item.text[a:b] for a, b, kind in item.entities}
    assert marked["ORG"] == "Senate"
    assert marked["PERSON"].endswith("Okoro")
    assert "RANK" not in marked


@pytest.mark.parametrize("line", Writer(pools(), random.Random(0)).templates)
def test_every_template_can_be_filled(line: str) -> None:
    doc = to_doc(NLP, Writer(pools(), random.Random(5)).fill(line))
    assert "{" not in doc.text
    assert ">>" not in doc.text
    assert bool(doc.ents) == ("{" in line or ">>" in line)


def test_names_come_from_many_lists() -> None:
    made = make_pools([("Mira Okoro", "PERSON"), ("Harbour Bank", "ORG")], SEED)
    assert "Okoro" in made.surnames
    assert "Harbour Bank" in made.organisations
    assert len(made.given) > 5000


def test_cyrillic_names_are_transliterated() -> None:
    assert transliterate("Щукин") == "Shchukin"
