"""What is expected of actors and of hedged language: each failing case becomes an issue, each doubtful text a flag."""

from __future__ import annotations

import pytest
from spacy.language import Language

import verify
from tests.records import elsewhere, places_in, sample
from tests.test_quality import OPENED, PAID, QUAY, change, claim_id
from verify.flags import raise_flags
from verify.models import AnalysedArticle, Article, content_id
from verify.quality import issues, validate

FAILING = [
    (OPENED, {"has_named_actor": False}, "a claim names somebody or is flagged"),
    (QUAY, {"place_ids": "[]"}, "everybody named has a role"),
    (OPENED, {"is_alleged": True}, "an allegation is never certain"),
    (QUAY, {"cue": "alleges"}, "an allegation is flagged"),
    (PAID, {"hedge_holder": None}, "hedged claims have a hedge"),
    (PAID, {"factuality": "CT"}, "a doubted claim is not certain"),
    (PAID, {"polarity": "-"}, "negated claims are negative"),
    (PAID, {"probability_holder": "source"}, "a probability is a hedges"),
]


@pytest.mark.parametrize(("words", "cells", "name"), FAILING, ids=[name for _, _, name in FAILING])
def test_a_claim_that_breaks_an_expectation_is_an_issue(words: str, cells: dict[str, object], name: str) -> None:
    tables = sample()
    change(tables, "claims", words, **cells)
    report = validate(tables)
    rows = [row for row in issues(report, places_in(report, tables)) if name in row.detail]
    assert [row.claim_id for row in rows] == [claim_id(tables, words)]


@pytest.mark.parametrize(
    ("table", "words", "cells", "name"),
    [
        ("mentions", "Oslo", {"is_ambiguous": True}, "ambiguous actors are flagged"),
        ("hedges", "may", {"scope": "[[0,5]]", "start": 0, "end": 3}, "hedges lie inside their claim"),
        ("hedges", "may", {"probability_low": 0.9}, "probabilities are in order"),
        ("actors", "Norway", {"name": "They"}, "a pronoun is not a name"),
        ("actors", "Oslo", {"code": "NOR"}, "only countries have a code"),
    ],
)
def test_a_row_that_breaks_an_expectation_is_an_issue(
    table: str, words: str, cells: dict[str, object], name: str
) -> None:
    tables = sample()
    change(tables, table, words, **cells)
    report = validate(tables)
    assert [row for row in issues(report, places_in(report, tables)) if name in row.detail]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Norway may sell the jets.", "hedged"),
        ("Norway allegedly sold the jets.", "alleged"),
        ("Critics say Norway sold the jets.", "unnamed_source"),
        ("The talks in the old hall failed again.", "no_named_actor"),
        ("John Smith met Paul Smith. Smith signed the treaty in Oslo.", "ambiguous_actor"),
        ("Norway and Chile met. It signed the treaty.", "pronoun_unresolved"),
        ("Norway, Chile and Peru met. The two countries signed a treaty.", "pronoun_unresolved"),
        ("Not all ships of Norway returned.", "negation_scope_unclear"),
        ("Norway said it would sell the jets.", "inferred"),
        ("Norway will almost certainly sell the jets.", "hedged"),
    ],
)
def test_doubtful_words_raise_their_flag(nlp: Language, text: str, flag: str) -> None:
    article = Article(content_id("d", text), "a.txt", text)
    analysed = [AnalysedArticle(article, verify.analyze(text, nlp=nlp))]
    assert flag in {one.flag.value for one in raise_flags(analysed, elsewhere(analysed, []))}
