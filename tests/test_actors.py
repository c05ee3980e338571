"""One name for an actor over the articles of a corpus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judging import article, claim, span_of
from verify.actors import Names
from verify.calls import find_calls, fold
from verify.models import AnalysedArticle, Attribution, Mention, Participant
from verify.terms import ActorKind, ActorRole, SourceKind


def names(text: str, *found: tuple[str, str], kind: ActorKind = ActorKind.PERSON) -> AnalysedArticle:
    """An article of one claim, with words and the names that they have in the article."""
    mentions = tuple(Mention(span_of(text, words), words, "X", kind, name) for words, name in found)
    taking_part = tuple(Participant(mention, ActorRole.ACTOR) for mention in mentions)
    one = claim(text, text.split()[-1], mentions=mentions, participants=taking_part)
    analysed = article(text, [one], text=text)
    return replace(analysed, analysis=replace(analysed.analysis, mentions=mentions))


def called(analysed: AnalysedArticle) -> list[tuple[str, bool]]:
    (one,) = analysed.analysis.claims
    assert one.mentions == analysed.analysis.mentions == tuple(p.mention for p in one.participants)
    return [(mention.name, mention.is_ambiguous) for mention in one.mentions]


def person(text: str, name: str) -> AnalysedArticle:
    return names(text, (name, name))


FULL = person("Minister Ana Maria Sol spoke", "Ana Maria Sol")


def unify(articles: Iterable[AnalysedArticle]) -> list[AnalysedArticle]:
    articles, names = list(articles), Names()
    for one in articles:
        names.add(find_calls(one.analysis))
    return [names.rename(one) for one in articles]


@pytest.mark.parametrize(
    ("others", "text", "name", "expected"),
    [
        ([FULL], "Minister Ana Sol left", "Ana Sol", None),
        ([FULL], "A. M. Sol left", "A. M. Sol", None),
        ([FULL], "Anna Sol left", "Anna Sol", ("Anna Sol", False)),
        ([FULL], "Ana Maria Solana left", "Ana Maria Solana", ("Ana Maria Solana", False)),
        ([FULL], "Minister Sol left", "Sol", None),
        ([FULL], "President Sol left", "Sol", ("Sol", True)),
        ([FULL], "Mr. Sol left", "Sol", ("Sol", True)),
        ([FULL], "Then Sol left", "Sol", ("Sol", True)),
        ([FULL, person("Ben Sol spoke", "Ben Sol")], "Minister Sol left", "Sol", ("Sol", True)),
        ([FULL, person("Ana Rosa Sol sang", "Ana Rosa Sol")], "Ana Sol left", "Ana Sol", ("Ana Sol", True)),
        ([], "Then Sol left", "Sol", ("Sol", False)),
        ([person("Émile Ruiz-Gómez sang", "Émile Ruiz-Gómez")], "Emile Ruiz Gomez left", "Emile Ruiz Gomez", None),
    ],
)
def test_persons_are_joined_by_full_name_or_by_office(
    others: list[AnalysedArticle], text: str, name: str, expected: tuple[str, bool] | None
) -> None:
    *before, last = unify([*others, person(text, name)])
    assert called(last) == (called(before[0]) if expected is None else [expected])


def test_the_most_frequent_full_name_is_the_one_published() -> None:
    short = [person(f"Ana Sol said {word}", "Ana Sol") for word in ("this", "that")]
    assert {called(one)[0] for one in unify([FULL, *short])} == {("Ana Sol", False)}


def organisation(text: str, words: str, name: str) -> AnalysedArticle:
    return names(text, (words, name), kind=ActorKind.ORGANISATION)


def test_an_acronym_has_the_meaning_that_another_article_gives_it() -> None:
    introduced = organisation("Dockers (HDU) met", "HDU", "Harbour Dockers Union")
    alone = organisation("The HDU met", "HDU", "HDU")
    assert called(unify([alone, introduced])[0]) == [("Harbour Dockers Union", False)]
    other = organisation("Divers (HDU) met", "HDU", "Highland Divers Union")
    assert called(unify([alone, introduced, other])[0]) == [("HDU", True)]


def test_the_source_of_a_claim_has_the_same_name() -> None:
    said = Attribution((), (), (), "Sol", "said", "Sol", SourceKind.NAMED_PERSON)
    one = person("Minister Sol left", "Sol")
    claims = tuple(replace(c, attributions=(said,)) for c in one.analysis.claims)
    one = replace(one, analysis=replace(one.analysis, claims=claims, attributions=(said,)))
    changed = unify([FULL, one])[1].analysis
    assert changed.attributions == changed.claims[0].attributions
    assert changed.attributions[0].source_name == "Ana Maria Sol"


def test_what_needs_no_change_stays_the_same_object() -> None:
    assert unify([FULL])[0] is FULL


def test_any_order_gives_the_same_names() -> None:
    corpus = [FULL, person("Ana Sol left", "Ana Sol"), person("Ben Sol sang", "Ben Sol"), person("Sol ran", "Sol")]
    expected = {one.article.article_id: called(one) for one in unify(corpus)}
    for order in permutations(corpus):
        assert {one.article.article_id: called(one) for one in unify(order)} == expected


@given(st.text())
def test_any_name_is_folded_once(name: str) -> None:
    assert fold(" ".join(fold(name))) == fold(name)
