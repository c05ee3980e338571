"""Records come back from bytes as they were, or not at all."""

from __future__ import annotations

import contextlib
import json
import random
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records import harbour, quay
from verify.articles import Corpus
from verify.calls import Call
from verify.facts import Facts, Gists, find_facts
from verify.memory import apart, decode, encode, together
from verify.models import AnalysedArticle, Analysis, Article, Hedge, Span
from verify.terms import ActorKind, HedgeClass


@pytest.mark.parametrize("record", [harbour(), quay(), AnalysedArticle(harbour().article, Analysis("")), Corpus()])
def test_a_record_comes_back_as_it_was(record: Any) -> None:
    again = decode(encode(record), type(record))
    assert again == record
    assert repr(again) == repr(record)
    assert encode(again) == encode(record)


def test_every_record_of_an_article_comes_back(nlp: Any) -> None:
    from verify.analysis import analyze

    text = (
        "Norway reportedly paid about 4 million dollars for two ships in March 2023, officials said on Tuesday. "
        "“We may sell them,” Mayor Ada Berg told the Quay Post. She denied that the council had known.\n\n"
    )
    found = analyze(text * 3, published_at=date(2024, 3, 18), nlp=nlp)
    again = decode(encode(found), Analysis)
    assert repr(again) == repr(found)
    assert len({id(t) for c in again.claims for t in c.times} - {id(t) for t in again.times}) == 0


@pytest.mark.parametrize("one", [harbour(), quay()])
def test_facts_come_back_as_they_were(one: AnalysedArticle) -> None:
    facts, gists = find_facts(one)
    first, second = apart(together(encode(facts), encode(gists)))
    assert decode(first, Facts) == facts
    again = decode(second, Gists)
    assert again == gists
    assert len({id(gist.origin) for gist in again.gists}) == 1


@settings(deadline=None)
@given(st.lists(st.text(max_size=5), max_size=20), st.randoms())
def test_equal_sets_give_equal_bytes(offices: list[str], order: random.Random) -> None:
    call = Call(ActorKind.PERSON, "Sol", False, frozenset(offices))
    order.shuffle(offices)
    assert encode(call) == encode(replace(call, offices=frozenset(offices)))
    assert decode(encode(call), Call) == call


def test_a_list_is_no_set() -> None:
    with pytest.raises(TypeError):
        encode(Call(ActorKind.PERSON, "Sol", False, ("president",)))  # type: ignore[arg-type]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=50),
    st.none() | st.text(max_size=9),
    st.none()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(UTC) | st.just(timezone(timedelta(hours=-5, minutes=-30)))),
    st.none() | st.integers(),
)
def test_any_article_comes_back(text: str, title: str | None, at: date | datetime | None, row: int | None) -> None:
    article = Article("n_1", "a.txt", text, row=row, title=title, published_at=at)
    again = decode(encode(article), Article)
    assert again == article
    assert type(again.published_at) is type(at)


def test_numbers_keep_their_type() -> None:
    for value in (3, 3.0, 0.1, 1e300, float("inf")):
        hedge = Hedge(Span(0, 1), "a", HedgeClass.EPISTEMIC, low=value)
        assert repr(decode(encode(hedge), Hedge)) == repr(hedge)


@pytest.mark.parametrize(
    "wrong",
    [
        Article("n_1", "a.txt", 7),  # type: ignore[arg-type]
        Article("n_1", "a.txt", "x", row=True),
        Hedge(Span(0, 1), "a", "epistemic"),  # type: ignore[arg-type]
        Hedge((0, 1), "a", HedgeClass.EPISTEMIC),  # type: ignore[arg-type]
    ],
)
def test_a_value_of_another_type_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError):
        encode(wrong)


def packed(columns: object) -> bytes:
    return zlib.compress(json.dumps(columns).encode())


def test_the_form_is_lists_of_values_by_field() -> None:
    data = packed([[[0], [1]], [[0], ["a"], ["epistemic"], [[0, 0]], ["author"], [None], [0.5]]])
    assert decode(data, Hedge) == Hedge(Span(0, 1), "a", HedgeClass.EPISTEMIC, (Span(0, 1),) * 2, high=0.5)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"garbage",
        encode(harbour())[:-9],
        encode(harbour().article),
        packed([]),
        packed({"a": 1}),
        packed([[[0], [1]], [[0], ["a"], ["no such class"], [[]], ["author"], [None], [None]]]),
        packed([[[0], [1]], [[-1], ["a"], ["epistemic"], [[]], ["author"], [None], [None]]]),
        packed([[[0], ["1"]], [[0], ["a"], ["epistemic"], [[]], ["author"], [None], [None]]]),
        packed([[[0], [1]], [[0], ["a"], ["epistemic"], [[7]], ["author"], [None], [None]]]),
        packed([[[0], [1]], [[0], ["a", "b"], ["epistemic"], [[]], ["author"], [None], [None]]]),
        zlib.compress(b"[" * 100_000),
    ],
)
def test_what_is_no_record_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="no Hedge"):
        decode(data, Hedge)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_a_damaged_record_is_a_value_error_or_a_record(chance: random.Random, n: int) -> None:
    plain = bytearray(zlib.decompress(encode(harbour())))
    for _ in range(n):
        plain[chance.randrange(len(plain))] = chance.choice(b'0123456789[]",:n-')
    with contextlib.suppress(ValueError):
        assert isinstance(decode(zlib.compress(bytes(plain)), AnalysedArticle), AnalysedArticle)
