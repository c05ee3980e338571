"""A tiny pipeline is trained from fixture trees, packaged and evaluated."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.lookups import Lookups
from spacy.tokens import Doc, Span
from thinc.api import get_current_ops, set_current_ops

import evaluate
import train
from recipe import fitting
from recipe.assembly import assemble, save
from recipe.corpora import Corpora
from recipe.fitting import Plan, batches, make_pipeline, sentence_chunks
from recipe.refining import label_texts, mix
from recipe.vectors import Words
from tests.training.fixtures import CORPORA

ROOT = Path(__file__).parents[2]
PARSER = Plan(steps=40, words=60, rate=0.01, warmup=5, dropout=0.0, recased=0.0)
ENTITIES = Plan(steps=25, words=80, rate=0.01, warmup=5, dropout=0.0, recased=0.0, written=5)
WORDS = Words(["zebra", "quartz", "violin"], np.eye(3, 100, dtype=np.float32))


@pytest.fixture(scope="module", autouse=True)
def usual_matrix_library() -> Iterator[None]:
    """Give back thinc's own matrix library, which training replaces, when these tests are done."""
    before = get_current_ops()
    yield
    set_current_ops(before)


def test_batches_hold_every_item_once() -> None:
    items = ["x" * n for n in range(1, 30)]
    made = list(batches(items, len, 20, random.Random(1)))
    assert sorted(item for batch in made for item in batch) == sorted(items)
    assert all(sum(map(len, batch)) < 20 + 30 for batch in made)


def test_chunks_are_whole_sentences(corpora: Corpora) -> None:
    doc = corpora.parsed["ewt"][0]
    pieces = list(sentence_chunks(doc, random.Random(1), 1, 8))
    assert "".join(piece.text_with_ws for piece in pieces).strip() == doc.text
    assert sum(len(list(piece.sents)) for piece in pieces) == len(list(doc.sents))


def test_the_rate_rises_and_falls() -> None:
    rates = [PARSER.rate_at(step) for step in range(PARSER.steps)]
    assert rates[0] < rates[4] > rates[-1] > 0


@pytest.fixture(scope="module")
def trained(corpora: Corpora, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Train both parts from the fixture corpora, in small, and package them."""
    work = tmp_path_factory.mktemp("work")
    small = {"parser.cfg": "width = 96", "entities.cfg": "width = 96"}
    for name, width in small.items():
        text = (ROOT / "training" / "configs" / name).read_text("utf-8").replace(width, "width = 16")
        text = text.replace("min_action_freq = 30", "min_action_freq = 1")
        (work / name).write_text(text.replace("[3500, 1000, 2500, 1000, 50]", "[200, 90, 90, 90, 9]"), "utf-8")
    patch = pytest.MonkeyPatch()
    patch.setattr(train, "CONFIGS", work)
    patch.setattr(fitting, "REPORTS", 1)
    parser_plans = {"parser": PARSER, "parser_renamed": Plan(**{**vars(PARSER), "renamed": 0.5, "steps": 4})}
    parser_plans["parser_averaged"] = Plan(**{**vars(parser_plans["parser_renamed"]), "share": 0.5})
    plans = {"entities": ENTITIES, "entities_written": ENTITIES, "entities_silver": ENTITIES}
    plans["entities_silver"] = Plan(**{**vars(ENTITIES), "silver": True, "share": 0.5})
    parser = train.train_part(work, "parser", lambda folder: train.train_parser(folder, corpora, WORDS, parser_plans))
    entities = train.train_part(work, "entities", lambda folder: train.train_entities(folder, corpora, WORDS, plans))
    patch.undo()
    tables = Lookups()
    for name in ("lemma_index", "lemma_exc", "lemma_rules"):
        tables.add_table(name, {"noun": [["s", ""]]} if name == "lemma_rules" else {})
    target = work / "pipeline"
    save(assemble(parser, entities, corpora.all_parsed(), tables), target, {"name": "tiny", "version": "1.0.0"})
    return target


def test_a_pipeline_is_trained_and_packaged_from_fixture_trees(trained: Path) -> None:
    nlp = spacy.load(trained)
    doc = nlp("The harbour was closed on Friday.\n\nShips and planes left.")
    assert nlp.meta["name"] == "tiny"
    assert {"tok2vec", "tagger", "morphologizer", "parser", "lemmatizer", "ner", "verify_gazetteer"} <= set(
        nlp.pipe_names
    )
    assert [token.text for token in doc if token.is_sent_start][-1] == "Ships"
    assert [token.tag_ for token in doc if token.text == "Friday"] == ["NNP"]
    assert [token.lemma_ for token in doc if token.text == "was"] == ["be"]


def test_a_packaged_pipeline_has_no_strings_of_its_training_texts(trained: Path) -> None:
    assert "harbour" not in (trained / "vocab" / "strings.json").read_text("utf-8")


def test_evaluation_prints_a_row_for_each_pipeline(
    trained: Path, corpora: Corpora, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tiny.ner.jsonl").write_text(
        '{"text": "Vasko left Oman.", "ents": [[0, 5, "PERSON"], [11, 15, "GPE"]]}\n'
    )
    (tmp_path / "toy.clear.conllu").write_text(
        "# newdoc id = toy-1\n1\tShips\tship\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n"
        "2\tleft\tleave\tVERB\tVBD\t_\t0\tROOT\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n"
    )
    arguments = ["evaluate.py", "--sets", str(tmp_path), "--model", str(trained), "--beside", str(trained)]
    monkeypatch.setattr(sys, "argv", [*arguments, "--published", str(CORPORA)])
    evaluate.main()
    printed = capsys.readouterr().out
    assert "## toy" in printed
    assert "tokens/s" in printed
    assert "voyage" in printed


def test_weights_are_averaged() -> None:
    ours, theirs = (make_pipeline(ROOT / "training" / "configs" / "entities.cfg", seed) for seed in (1, 2))
    for nlp in (ours, theirs):
        gold = Doc(nlp.vocab, words=["Oman"])
        gold.set_ents([Span(gold, 0, 1, label="GPE")])
        nlp.initialize(lambda nlp=nlp, gold=gold: [spacy.training.Example(nlp.make_doc("Oman"), gold)])
    before, after = (nlp.get_pipe("ner").model.get_ref("tok2vec").layers[1] for nlp in (ours, theirs))
    name = next(node for node in before.walk() if node.has_param("W"))
    other = next(node for node in after.walk() if node.has_param("W"))
    expected = (name.get_param("W") + other.get_param("W")) / 2
    mix(ours, theirs, 0.5)
    assert name.get_param("W") == pytest.approx(expected)


def test_what_a_model_is_not_certain_of_is_unknown(trained: Path, corpora: Corpora) -> None:
    nlp = spacy.load(trained)
    for doc in label_texts(nlp, corpora.parsed["ewt"]):
        assert all(token.ent_iob in (0, 1, 2, 3) for token in doc)
        assert doc.text in {text.text for text in corpora.parsed["ewt"]}
