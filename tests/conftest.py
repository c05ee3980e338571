"""What many tests share: the bundled pipeline and a Prefect server, started once, and documents with a fixed parse."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from local_server import prefect_server
from tests.operations import server_settings

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline that the package ships."""
    import spacy

    return spacy.load(Path(__file__).parents[1] / "src" / "verify" / "pipelines" / "en_news_sm")


@pytest.fixture(scope="session")
def prefect_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a client of the one server that tests share, which has the settings of docs/operations.md."""
    before = dict(os.environ)
    with prefect_server(tmp_path_factory.mktemp("prefect"), server_settings()) as _:
        added = {key: value for key, value in os.environ.items() if before.get(key) != value}
        os.environ.clear()
        os.environ.update(before)
        yield added


@pytest.fixture(scope="module")
def server(prefect_environment: dict[str, str]) -> Iterator[str]:
    """The address of the shared server; the environment names it while the tests of a module run."""
    with pytest.MonkeyPatch.context() as patch:
        for key, value in prefect_environment.items():
            patch.setenv(key, value)
        yield prefect_environment["PREFECT_API_URL"]


@pytest.fixture(scope="session")
def parse() -> Callable[[str], Doc]:
    """Return a reader of fixed parses: `parse("name")` is the Doc of tests/data/parses/name.conllu.

    Columns are ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL _ MISC, with CLEAR dependency labels; MISC may hold
    SpaceAfter=No and NER=B-GPE / I-GPE. A blank line ends a sentence.
    """
    import spacy

    vocab = spacy.blank("en").vocab  # a bare Vocab gives no lower-cased forms

    def read(name: str) -> Doc:
        return read_conllu(vocab, (DATA / "parses" / f"{name}.conllu").read_text("utf-8"))

    return read


def read_conllu(vocab: Vocab, text: str) -> Doc:
    """Build a Doc from CoNLL-U text; heads count from 1 inside their sentence, 0 is the root."""
    rows, heads, starts = [], [], []
    for block in text.strip().split("\n\n"):
        sentence = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
        base = len(rows)
        heads += [base + int(row[6]) - 1 if row[6] != "0" else base + int(row[0]) - 1 for row in sentence]
        starts += [index == 0 for index in range(len(sentence))]
        rows += sentence
    ents = [next((p[4:] for p in row[9].split("|") if p.startswith("NER=")), "O") for row in rows]
    return Doc(
        vocab,
        words=[row[1] for row in rows],
        spaces=["SpaceAfter=No" not in row[9] for row in rows],
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        tags=[row[4] for row in rows],
        morphs=["" if row[5] == "_" else row[5] for row in rows],
        heads=heads,
        deps=["ROOT" if row[6] == "0" else row[7] for row in rows],
        ents=ents,
    )
