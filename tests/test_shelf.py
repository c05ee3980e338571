"""What was made and judged of an article is taken again where all that it depends on is the same, and only there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.records import article, harbour, quay
from tests.test_leaves import IDS, rows_of
from tests.test_parts import corpus, gathered, parts_of, spoil, whole_of
from verify import quality, schema, stages
from verify.draft import Draft, Tables
from verify.memory import Memory, Store, apart
from verify.models import AnalysedArticle, Analysis, Mention, Span
from verify.quality import Judge, Verdicts, validate
from verify.shelf import Kept, Shelf
from verify.staging import InMemory
from verify.survey import Part, make_survey
from verify.tables import cut
from verify.terms import ActorKind


def judged(frames: Tables) -> tuple[Judge, dict[str, tuple[quality.Failed, ...]]]:
    """Judge the rows of all articles; return the judge and what failed of each."""
    found: dict[str, tuple[quality.Failed, ...]] = {}
    judge = Judge(frames, keep=lambda rows, verdicts: found.update(verdicts))
    judge.add(frames)
    judge.report(frames["issues"])
    return judge, found


@pytest.mark.parametrize("fresh", [some for n in range(4) for some in combinations(IDS, n)])
def test_what_was_judged_before_counts_as_if_it_were_judged_now(fresh: tuple[str, ...]) -> None:
    at_once = whole_of(corpus())
    spoil(at_once)
    first, verdicts = judged(at_once)
    assert set(verdicts) == set(IDS)
    judge = Judge(at_once)
    judge.add(at_once, {own: verdicts[own] for own in IDS if own not in fresh}, rows_of(at_once, fresh))
    report = judge.report(at_once["issues"])
    assert report == validate(at_once)
    assert report.failed
    assert list(judge.issues(report)) == list(first.issues(report))
    assert judge.words == first.words


def test_rows_that_lead_nowhere_any_more_are_judged_again() -> None:
    at_once = whole_of(corpus())
    _, verdicts = judged(at_once)
    gone = at_once | {"actors": at_once["actors"].iloc[:0]}
    judge = Judge(gone)
    judge.add(gone, verdicts, rows_of(gone, ()))
    report = judge.report(gone["issues"])
    assert report == validate(gone)
    assert "participants: actor_id resolves" in " ".join(map(str, report.failed))


def test_an_id_in_two_articles_is_no_verdict() -> None:
    """Which of them failed cannot be told, so both are judged again."""
    at_once = whole_of(corpus())
    spoil(at_once)
    at_once["claims"]["claim_id"] = "c_0000000000000000"
    assert judged(at_once)[1] == {}


def test_judging_waits_until_there_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    parts, at_once = parts_of(corpus()), whole_of(corpus())
    for together, expected in ((1, 3), (3, 2), (10**6, 1)):
        monkeypatch.setattr("verify.quality.run.TOGETHER", together)
        calls: list[Verdicts] = []
        judge = Judge(at_once, keep=lambda rows, verdicts, calls=calls: calls.append(verdicts))  # type: ignore[misc]
        for part in parts:
            judge.add(part)
        assert judge.report(at_once["issues"]) == validate(at_once)
        assert len(calls) == expected


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(Store(tmp_path / "state"), "r", "a")


def made(articles: Sequence[AnalysedArticle], memory: Memory) -> tuple[Part, Tables]:
    """Make all tables of some articles; return what was taken from the shelf, and the tables."""
    found = gathered(10**6, articles)
    survey, stage = make_survey(found, memory), InMemory()
    draft = Draft(survey.whole, found.issues, stage, survey.shelf)
    (part,) = survey.parts()
    stages.validate(stages.tabulate(part.fresh, stages.flag(part.fresh, survey), survey), draft, part.kept)
    stages.conclude(draft)
    return part, stage.tables()


def test_rows_are_taken_from_the_shelf(memory: Memory) -> None:
    part, first = made(corpus(), memory)
    assert (len(part.fresh), part.kept) == (3, {})
    part, second = made(corpus(), memory)
    assert part.fresh == []
    assert set(part.kept) == set(IDS)
    for name in schema.TABLES:
        assert first[name].equals(second[name])


def changed(**fields: Any) -> AnalysedArticle:
    one = quay()
    return replace(one, article=replace(one.article, **fields))


@pytest.mark.parametrize(
    "other",
    [
        changed(path="pier.txt"),
        changed(row=4),
        changed(url=None),
        changed(byline="Ada Berg"),
        changed(publisher_id="harbour-news"),
        changed(published_at=None),
        changed(text=quay().article.text + " "),
    ],
    ids=["path", "row", "url", "byline", "publisher", "date", "text"],
)
def test_a_changed_article_is_made_anew(memory: Memory, other: AnalysedArticle) -> None:
    made([harbour(), quay()], memory)
    part, _ = made([harbour(), other], memory)
    assert other.article.article_id not in part.kept
    assert harbour().article.article_id in part.kept


def test_another_program_makes_everything_anew(memory: Memory) -> None:
    made(corpus(), memory)
    assert not made(corpus(), replace(memory, analysing="b"))[0].kept
    assert not made(corpus(), replace(memory, is_blind=True))[0].kept


def test_an_article_is_made_anew_where_another_one_says_the_same(memory: Memory) -> None:
    """The Port Post prints what the Harbour News prints: the claims of both have two publishers then."""
    made([harbour(), quay()], memory)
    part, _ = made([harbour(), quay(), harbour("port-post", "other")], memory)
    assert quay().article.article_id in part.kept
    assert len(part.fresh) == 2
    part, _ = made([harbour(), quay()], memory)
    assert len(part.kept) == 2, "what the run before the last one made is still there"


def naming(person: str) -> AnalysedArticle:
    """An article that names a person and claims nothing."""
    text = f"{person} left."
    mention = Mention(Span(0, len(person)), person, "PERSON", ActorKind.PERSON, person)
    return AnalysedArticle(article(person, text), Analysis(text, mentions=(mention,)))


def test_an_article_whose_actors_get_another_name_is_made_anew(memory: Memory) -> None:
    """Two are called Ana Sol once another article names Ana M. Sol and a third one Ana K. Sol."""
    short, others = naming("Ana Sol"), [naming("Ana M. Sol"), naming("Ana K. Sol")]
    _, tables = made([short, quay()], memory)
    assert not tables["mentions"]["is_ambiguous"].any()
    part, tables = made([short, quay(), *others], memory)
    assert set(part.kept) == {quay().article.article_id}
    assert tables["mentions"]["is_ambiguous"].any()
    part, _ = made([short, quay(), *others], memory)
    assert part.fresh == []


def test_what_is_taken_from_an_article_is_kept_too(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither matches nor counts read the analysis of an article again that they have read before."""
    _, first = made(corpus(), memory)
    monkeypatch.setattr("verify.survey.find_facts", lambda analysed: pytest.fail("facts were looked for"))
    found = gathered(1, corpus())
    survey = make_survey(found, memory)
    for name in ("articles", "actors", "sources", "matches"):
        assert survey.whole[name].equals(first[name])


def test_gists_that_cannot_be_written_or_read_are_found_anew(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    _, first = made(corpus(), Memory())
    assert len(first["matches"])

    def refuse(record: object) -> bytes:
        raise TypeError("a mistake")

    with monkeypatch.context() as patch:
        patch.setattr("verify.survey.encode", refuse)
        _, second = made(corpus(), memory)
    assert second["matches"].equals(first["matches"])
    _, third = made(corpus(), memory)  # nothing was kept
    with monkeypatch.context() as patch:
        patch.setattr("verify.survey.apart", lambda data: (apart(data)[0], b"of another hand"))
        _, fourth = made(corpus(), memory)
    assert fourth["matches"].equals(third["matches"])


@pytest.mark.parametrize("data", [b"", b"\n", b"[]\n", b"{}\nx", b'[["a"]]\n', b'["a", 1]\n', b"[[1, 2, 3]]\n"])
def test_what_another_hand_kept_is_not_taken(memory: Memory, data: bytes) -> None:
    memory.keep_bytes({b"key": data})
    assert Shelf(memory, {"n_1": b"key"}).get("n_1") is None


def test_nothing_is_cut_where_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.shelf.cut", lambda frames: pytest.fail("rows were cut"))
    part, _ = made(corpus(), Memory())
    assert len(part.fresh) == 3


def test_what_failed_is_kept_with_the_rows(memory: Memory) -> None:
    at_once = whole_of(corpus())
    shelf = Shelf(memory, {own: own.encode() for own in IDS})
    failed = (("claims", "end after start", "c_1"), ("hedges", "é\n", "h_1"))
    shelf.put(at_once, {IDS[0]: failed, IDS[1]: ()})
    assert shelf.get(IDS[0]) == Kept(cut(at_once)[IDS[0]], failed)
    assert shelf.get(IDS[1]) == Kept(cut(at_once)[IDS[1]], ())
    assert shelf.get(IDS[2]) is None
