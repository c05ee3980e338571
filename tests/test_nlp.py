"""Loading and checking a spaCy pipeline, and the Doc that it reads."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from verify import nlp as room
from verify.clean import find_blocks
from verify.errors import ModelError
from verify.extract.doc import sentence_kinds
from verify.reading import make_reading


def test_a_missing_pipeline_names_the_command_that_installs_it() -> None:
    with pytest.raises(ModelError, match="python -m spacy download en_core_web_none"):
        room.load("en_core_web_none")


def test_everything_a_pipeline_lacks_is_said_at_once(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match=r"component 'parser'.*component 'tagger'.*component 'ner'.*lemmatizer"):
        room.load(tmp_path / "blank")


def test_a_damaged_pipeline_is_said_to_be_unreadable(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp")
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(ModelError, match="cannot be read"):
        room.load(tmp_path)


def test_the_bundled_pipeline_passes_and_has_a_name(nlp: Language) -> None:
    room.check(nlp, "bundled")
    assert room.describe(room.locate()) == {"name": "en_news_sm", "version": str(nlp.meta["version"])}


def test_a_pipeline_that_does_not_say_its_name_is_reported(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text('{"lang": "en"}', "utf-8")
    with pytest.raises(ModelError, match=r"meta\.json with lang, name and version \(KeyError: 'name'\)"):
        room.describe(tmp_path)


def test_a_heading_is_a_sentence_of_its_own_with_its_kind(nlp: Language) -> None:
    text = "Trade and Ports\n\nThe port opened in May. It has two cranes."
    reading = make_reading(text, find_blocks(text))
    doc = nlp(room.make_doc(nlp, reading))
    sentences = [sent.text.strip() for sent in doc.sents]
    assert sentences == ["Trade and Ports", "The port opened in May.", "It has two cranes."]
    assert [kind.value for kind in sentence_kinds(doc)] == ["title", "paragraph", "paragraph"]


def test_a_long_stretch_without_white_space_is_cut_and_every_character_stays(nlp: Language) -> None:
    text = f"It said {'(' * 1000} and {'ab' * 400}."
    doc = room.make_doc(nlp, make_reading(text, find_blocks(text)))
    assert doc.text == text
    assert max(map(len, doc)) <= room.MAX_RUN


def test_an_endless_sentence_is_cut(nlp: Language) -> None:
    text = "The mayor said " + "that he said " * 400 + "so. The port opened in May."
    doc = next(room.annotate(nlp, [make_reading(text, find_blocks(text))]))
    assert doc.text == text
    assert max(len(sent) for sent in doc.sents) <= room.MAX_SENTENCE
    assert list(doc.sents)[-1].text == "The port opened in May."
