"""The recipe of the bundled pipeline: readers, mapping of entities, augmentation, and a training run in small."""

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

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

import evaluate
import train
from recipe import fitting
from recipe.assembly import assemble, save
from recipe.augment import Labelled, Swapper, labelled, recase, rename, to_doc
from recipe.conllu import locate, read_sentences
from recipe.converted import read_converted
from recipe.corpora import Corpora, read_corpora
from recipe.entities import gum
from recipe.entities.columns import CROSSNER, CROSSNER_OUTSIDE, WIKIGOLD, detokenize, label, read_columns, spans
from recipe.entities.numbers import number_entities
from recipe.entities.types import miscellany, place
from recipe.fitting import Plan, batches, make_pipeline, sentence_chunks
from recipe.pools import Pools, make_pools, transliterate
from recipe.refining import label_texts, mix
from recipe.templates import Writer
from recipe.texts import curl
from recipe.tokens import Gold, project
from recipe.vectors import Words

ROOT = Path(__file__).parents[1]
CORPORA = ROOT / "tests" / "data" / "training"
SEED = 3
PARSER = Plan(steps=40, words=60, rate=0.01, warmup=5, dropout=0.0, recased=0.0)
ENTITIES = Plan(steps=25, words=80, rate=0.01, warmup=5, dropout=0.0, recased=0.0, written=5)
NLP = spacy.blank("en")
WORDS = Words(["zebra", "quartz", "violin"], np.eye(3, 100, dtype=np.float32))


@pytest.fixture(scope="module", autouse=True)
def usual_matrix_library() -> Iterator[None]:
    """Give back thinc's own matrix library, which training replaces, when these tests are done."""
    before = get_current_ops()
    yield
    set_current_ops(before)


@pytest.fixture(scope="module")
def corpora() -> Corpora:
    return read_corpora(CORPORA, SEED)


def pools() -> Pools:
    return Pools(
        given=["Mira"], surnames=["Okoro"], states=["Chile"], places=["Lund"], locations=["Red Sea"],
        organisations=["Harbour Bank"], adjectives=["Danish"], peoples=["Danes"], products=["T-72"],
    )  # fmt: skip


# --- readers


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


# --- augmentation


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


# --- training


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
