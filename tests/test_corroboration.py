"""How claims of different articles are matched; precision comes first."""

from __future__ import annotations

import random
import time as clock
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judging import article, claim, count, day, names_in
from tests.records import agreed
from verify.corroboration import Digest, amounts_of, clusters, find_conflict, find_copies, find_gists
from verify.corroboration.stems import content_stems, stem_of
from verify.models import AnalysedArticle, Claim, Match, claim_ids
from verify.terms import ClaimKind, Factuality, MatchKind, Polarity

OPENED = "Norway opened a tunnel under the fjord."
REWORDED = "Oslo has opened the tunnel under its fjord."
CLOSED = "Norway did not open a tunnel under the fjord."
WORDS = [f"word{number}" for number in range(400)]


def find_matches(articles: Iterable[AnalysedArticle]) -> list[Match]:
    articles = list(articles)
    copies = {one.article.article_id: one.syndicated_from for one in articles if one.syndicated_from}
    digest = Digest(copies)
    for analysed in articles:
        digest.add(analysed.article, find_gists(analysed))
        digest.add_words(analysed)
    return list(digest.agreement().matches)


def match(one: Claim, other: Claim, *published: date) -> list[MatchKind]:
    dates = published or (None, None)
    articles = [
        article("one", [one], publisher="a", published_at=dates[0]),
        article("other", [other], publisher="b", published_at=dates[1]),
    ]
    return [found.kind for found in find_matches(articles)]


def opened(text: str = OPENED, **fields: Any) -> Claim:
    subject = "Norway" if "Norway" in text else "Oslo"
    return claim(text, "opened" if "opened" in text else "open", subject=subject, **fields)


def test_the_same_claim_in_other_words_is_found() -> None:
    assert match(opened(), opened(REWORDED)) == [MatchKind.SAME]


def test_what_was_found_holds_no_text_of_the_gists() -> None:
    """A text that outlives them would keep the memory of its neighbours from being given back."""
    articles = [article(name, [opened()], publisher=name) for name in ("one", "other")]
    gists = [gist for one in articles for gist in find_gists(one)]
    digest = Digest({})
    for one, gist in zip(articles, gists, strict=True):
        digest.add(one.article, [gist])
    agreement = digest.agreement()
    (found,) = agreement.matches
    assert {found.claim_id, found.other_claim_id} == {gist.claim_id for gist in gists}
    texts = {id(text) for gist in gists for text in (gist.claim_id, gist.article_id, gist.origin.publisher)}
    kept = [found.claim_id, *agreement.clusters, *agreement.articles, *agreement.articles.values()]
    assert not texts & {id(text) for text in kept}


def test_the_opposite_is_a_contradiction() -> None:
    assert match(opened(), opened(CLOSED, polarity=Polarity.NEGATIVE)) == [MatchKind.CONTRADICTS]


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": ClaimKind.PREDICTION},
        {"kind": ClaimKind.OPINION},
        {"factuality": Factuality.POSSIBLE},
        {"factuality": Factuality.UNKNOWN},
        {"is_negation_unclear": True},
        {"is_pronoun_unresolved": True},
        {"times": (day(CLOSED, "tunnel", date(2021, 5, 4)),)},
    ],
)
def test_what_may_not_oppose_is_no_contradiction(fields: dict[str, Any]) -> None:
    assert match(opened(), opened(CLOSED, polarity=Polarity.NEGATIVE, **fields)) == []


@pytest.mark.parametrize(
    ("other", "head", "subject"),
    [
        ("Chile opened a tunnel under the fjord.", "opened", "Chile"),
        ("Norway closed a tunnel under the fjord.", "closed", "Norway"),
        ("Norway opened talks with Chile.", "opened", "Norway"),
        ("The fjord is deep.", "is", "The fjord"),
    ],
)
def test_another_claim_is_not_the_same(other: str, head: str, subject: str) -> None:
    assert MatchKind.SAME not in match(opened(), claim(other, head, subject=subject))


def test_who_does_it_to_whom_is_part_of_the_claim() -> None:
    one = claim("Peru sued Chile over the fishing border.", "sued", subject="Peru")
    other = claim("Chile sued Peru over the fishing border.", "sued", subject="Chile")
    assert match(one, other) == []


@pytest.mark.parametrize(("second", "expected"), [(4, [MatchKind.SAME]), (9, [])])
def test_dated_claims_are_the_same_only_on_the_same_day(second: int, expected: list[MatchKind]) -> None:
    texts = [
        "Norway opened a tunnel under the fjord on May 4.",
        f"Norway opened a tunnel under the fjord on May {second}.",
    ]
    one = opened(texts[0], times=(day(texts[0], "May 4", date(2021, 5, 4)),))
    other = opened(texts[1], times=(day(texts[1], f"May {second}", date(2021, 5, second)),))
    assert match(one, other) == expected


def test_undated_events_published_far_apart_are_two_events() -> None:
    assert match(opened(), opened(), date(2020, 1, 1), date(2020, 1, 9)) == [MatchKind.SAME]
    assert match(opened(), opened(), date(2020, 1, 1), date(2021, 1, 1)) == []


@pytest.mark.parametrize("field", [{"factuality": Factuality.POSSIBLE}, {"kind": ClaimKind.PREDICTION}])
def test_a_possible_event_does_not_corroborate_a_certain_one(field: dict[str, Any]) -> None:
    assert MatchKind.SAME not in match(opened(), opened(**field))


def test_a_claim_about_nobody_is_the_same_only_in_articles_about_the_same_actors() -> None:
    text = "A man carried a loaded gun through the station."
    one = claim(text, "carried", subject="A man")
    articles = [article(name, [one], publisher=name) for name in "ab"]
    assert find_matches(articles) == []
    cast = names_in("Norway Chile")
    related = [replace(found, analysis=replace(found.analysis, mentions=cast)) for found in articles]
    assert [found.kind for found in find_matches(related)] == [MatchKind.SAME]


def test_the_same_actors_and_predicate_about_something_else_are_near() -> None:
    one = claim("Peru sold copper from the southern mine.", "sold", subject="Peru")
    other = claim("Peru sold copper to three new buyers.", "sold", subject="Peru")
    assert match(one, other) == [MatchKind.NEAR]


KILLED = "The flood in Peru killed {} people near the river."


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (("12 people", 12.0), ("30 people", 30.0), MatchKind.CONFLICTING_NUMBERS),
        (("12 people", 12.0), ("12 people", 12.0), MatchKind.SAME),
        (("1,200 people", 1200.0), ("1,205 people", 1205.0), MatchKind.SAME),
        (("at least 12 people", 12.0), ("30 people", 30.0), MatchKind.NEAR),
    ],
)
def test_numbers_agree_or_conflict(first: tuple[str, float], second: tuple[str, float], kind: MatchKind) -> None:
    made = []
    for words, value in (first, second):
        text = KILLED.format(words.removesuffix(" people"))
        amount = count(text, words.removeprefix("at least "), value, "people")
        made.append(claim(text, "killed", subject="The flood in Peru", quantities=(amount,)))
    assert match(*made) == [kind]


def test_different_measures_do_not_conflict() -> None:
    text = "Peru bought 5 ships for 9 million dollars."
    one = claim(text, "bought", quantities=(count(text, "5 ships", 5.0, "ships"),))
    other = claim(text, "bought", quantities=(count(text, "9 million dollars", 9e6, unit="USD"),))
    assert find_conflict(amounts_of(one), amounts_of(other)) is None
    ranged = claim(text, "bought", quantities=(count(text, "5 ships", 4.0, "ship", value_high=6.0),))
    assert find_conflict(amounts_of(one), amounts_of(ranged)) is None


def test_order_of_the_input_changes_nothing() -> None:
    articles = [article(str(n), [opened(text)], publisher=str(n)) for n, text in enumerate([OPENED, REWORDED] * 20)]
    shuffled = random.Random(3).sample(articles, len(articles))
    assert find_matches(articles) == find_matches(shuffled)
    assert len(set(clusters(find_matches(articles)).values())) == 1


def test_publishers_are_counted_once_and_copies_not_at_all() -> None:
    articles = [
        article("1", [opened()], publisher="a"),
        article("2", [opened(REWORDED)], publisher="b"),
        article("3", [opened(REWORDED)], publisher="b"),
        article("4", [opened()], publisher=None),
    ]
    copy = AnalysedArticle(
        article("5", [opened()], publisher="c").article, articles[0].analysis, articles[0].article.article_id
    )
    matches = find_matches([*articles, copy])
    agreement = agreed([*articles, copy], matches)
    assert {agreement.n_publishers(claim_ids(a)[0]) for a in articles} == {2}
    assert agreement.n_publishers(claim_ids(copy)[0]) == 1
    assert [m.kind for m in matches if claim_ids(copy)[0] in (m.claim_id, m.other_claim_id)] == [MatchKind.SYNDICATED]


def test_claims_of_one_article_are_never_matched() -> None:
    assert find_matches([article("one", [opened(), opened(REWORDED)])]) == []


def text_of(seed: int, n_words: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=n_words))


def test_a_copy_points_at_the_earliest() -> None:
    body = text_of(1)
    late = article("late", [], publisher="b", published_at=date(2024, 3, 2), text=f"LATEST {body} Copyright b.")
    early = article("early", [], publisher="a", published_at=datetime(2024, 3, 1, tzinfo=UTC), text=body)
    undated = article("undated", [], publisher="c", text=body[: len(body) * 9 // 10])
    other = article("other", [], publisher="d", text=text_of(2))
    copies = find_copies([one.article for one in (late, undated, other, early)])
    origin = early.article.article_id
    assert copies == {late.article.article_id: origin, undated.article.article_id: origin}


def test_a_publisher_does_not_copy_itself_and_a_quotation_is_no_copy() -> None:
    body = text_of(3)
    same = [article(name, [], publisher="a", text=body) for name in ("x", "y")]
    quoting = article("z", [], publisher="b", text=text_of(4, 300) + body[:300])
    assert find_copies([one.article for one in (*same, quoting)]) == {}


def sequences(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + 6]) for at in range(len(words) - 5)}


@pytest.mark.parametrize("kept", range(120, 190, 3))
def test_a_copy_shares_seven_tenths_of_its_sequences_whatever_the_sample(kept: int) -> None:
    body = text_of(6)
    cut = " ".join(body.split()[:kept]) + " " + text_of(kept, 200 - kept)
    share = len(sequences(body) & sequences(cut)) / min(len(sequences(body)), len(sequences(cut)))
    pair = [article(name, [], publisher=name, text=text) for name, text in (("a", body), ("b", cut))]
    assert len(find_copies([one.article for one in pair])) == (share >= 0.7)


def test_a_hundred_copies_share_one_origin() -> None:
    copies = [article(str(n), [], publisher=str(n), text=text_of(5)) for n in range(100)]
    found = find_copies([one.article for one in copies])
    assert set(found.values()) == {min(one.article.article_id for one in copies)}
    assert len(found) == 99


@pytest.mark.slow
def test_time_grows_with_the_number_of_claims() -> None:
    def corpus(size: int) -> list[AnalysedArticle]:
        return [article(str(n), [opened(f"{OPENED[:-1]} {text_of(n, 4)}.")] * 4, publisher=str(n)) for n in range(size)]

    def seconds(articles: list[AnalysedArticle]) -> float:
        started = clock.process_time()
        find_matches(articles)
        return clock.process_time() - started

    small, large = corpus(100), corpus(800)
    assert seconds(large) < 24 * max(seconds(small), 0.05)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("signing", "signed"),
        ("countries", "country"),
        ("met", "meets"),
        ("killed", "murdered"),
        ("planned", "planning"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other) != ""


def test_function_words_have_no_stem() -> None:
    assert content_stems("It was the fjord’s, and theirs.") == {stem_of("fjord")}


@given(st.text(max_size=40))
def test_stems_of_any_text_are_found(text: str) -> None:
    assert "" not in content_stems(text)


def test_clusters_join_over_several_matches() -> None:
    chain = [Match("c_1", "c_2", MatchKind.SAME, 1.0), Match("c_2", "c_3", MatchKind.SAME, 1.0)]
    assert clusters([*chain, Match("c_3", "c_9", MatchKind.NEAR, 0.4)]) == {"c_1": "c_1", "c_2": "c_1", "c_3": "c_1"}
