"""A dataset is the same whether its tables are made at once or some articles at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import filelock
import pandas as pd
import pytest

from tests.records import agreed, all_tables, harbour, match, quay, raised
from tests.test_dataset import GOOD
from verify import findings, pipeline, runs, schema, stages
from verify.draft import Draft, Tables
from verify.errors import DatasetError
from verify.findings import Findings
from verify.flags import confidence
from verify.memory import Memory
from verify.models import AnalysedArticle, RaisedFlag
from verify.publish import publish_staged
from verify.quality import Judge, validate
from verify.staging import InMemory, OnDisk, staged
from verify.survey import make_survey
from verify.tables import build_part, issues_frame


def corpus() -> list[AnalysedArticle]:
    return [harbour(), quay(), harbour("port-post", "other")]


def gathered(part: int, articles: Sequence[AnalysedArticle]) -> Findings:
    found = Findings(part)
    for analysed in articles:
        found.add(analysed)
    return found


@pytest.mark.parametrize("part", [1, 200, 10**6])
def test_findings_give_back_what_they_took(part: int) -> None:
    articles = corpus()
    found = gathered(part, articles[::-1])
    expected = sorted(articles, key=lambda one: one.article.article_id)
    assert list(found) == expected
    assert found.articles == [one.article for one in expected]
    assert [found.settled(one, {}) for group in found.parts() for one in group] == expected
    assert len(list(found.parts())) == {1: 3, 200: 2, 10**6: 1}[part]


def test_many_findings_lie_as_bytes() -> None:
    few, many = gathered(10**6, corpus()), gathered(1, corpus())
    assert few[harbour().article.article_id] is few[harbour().article.article_id]
    assert many[harbour().article.article_id] is not many[harbour().article.article_id]


@pytest.mark.parametrize("part", [1, 10**6])
def test_nothing_is_held_of_an_article_whose_tables_are_made(part: int) -> None:
    found = gathered(part, corpus())
    survey = make_survey(found, Memory())
    made = [one.article.article_id for group in survey.parts() for one in group.fresh]
    assert made == [one.article_id for one in found.articles]
    for article_id in made:
        with pytest.raises(KeyError):
            found[article_id]


def test_what_cannot_be_encoded_stays_as_it_is() -> None:
    wrong = harbour()
    wrong = replace(wrong, analysis=replace(wrong.analysis, times=("no time",)))  # type: ignore[arg-type]
    found = Findings(1)
    found.add(wrong)
    assert found[wrong.article.article_id] is wrong


def test_no_articles_are_one_part() -> None:
    assert list(Findings().parts()) == [[]]


def parts_of(articles: Sequence[AnalysedArticle]) -> list[Tables]:
    """The parted tables of each article, in the order of their ids."""
    agreement = agreed(articles, [match(articles[0], articles[2])])
    ordered = sorted(articles, key=lambda one: one.article.article_id)
    return [build_part([one], flags=raised(one), agreement=agreement, grade=confidence) for one in ordered]


def whole_of(articles: Sequence[AnalysedArticle]) -> Tables:
    flags: list[RaisedFlag] = [flag for one in articles for flag in raised(one)]
    return all_tables(articles, matches=[match(articles[0], articles[2])], flags=flags)


@pytest.mark.parametrize("make", [lambda _: InMemory(), OnDisk], ids=["memory", "disk"])
def test_tables_made_in_parts_are_those_made_at_once(make: Callable[[Path], InMemory | OnDisk], tmp_path: Path) -> None:
    articles, stage = corpus(), make(tmp_path)
    at_once = whole_of(articles)
    for part in parts_of(articles):
        stage.write(part)
    stage.write({name: frame for name, frame in at_once.items() if name not in schema.parted()})
    for name, frame in stage.tables().items():
        pd.testing.assert_frame_equal(frame, at_once[name])
    key = articles[1].article.article_id
    claims = at_once["claims"]
    found = stage.rows("claims", [key]).reset_index(drop=True)
    pd.testing.assert_frame_equal(found, claims[claims["article_id"] == key].reset_index(drop=True))


def test_a_file_that_grew_is_the_file_written_at_once(tmp_path: Path) -> None:
    (tmp_path / "grown").mkdir()
    (tmp_path / "whole").mkdir()
    grown, whole = OnDisk(tmp_path / "grown"), OnDisk(tmp_path / "whole")
    for part in parts_of(corpus()):
        grown.write(part)
    at_once = whole_of(corpus())
    whole.write({name: at_once[name] for name in schema.parted()})
    for stage in (grown, whole):
        stage.close()
    for name in schema.parted():
        assert (tmp_path / "grown" / f"{name}.csv").read_bytes() == (tmp_path / "whole" / f"{name}.csv").read_bytes()


def judged(parts: Sequence[Tables], at_once: Tables) -> Judge:
    judge = Judge(at_once)
    for part in parts:
        judge.add(part)
    return judge


def test_parts_are_judged_as_the_whole_is() -> None:
    parts, at_once = parts_of(corpus()), whole_of(corpus())
    assert judged(parts, at_once).report(at_once["issues"]) == validate(at_once)


def spoil(tables: Tables) -> None:
    """Break a rule of rows, a reference inside an article, and one to another article."""
    claims = tables["claims"]
    rows = claims["text"].str.startswith("Norway opened")
    claims.loc[rows, "end"] = 0
    claims.loc[rows, "hedge_ids"] = '["h_0000000000000000"]'
    claims.loc[rows, "cluster_id"] = "c_0000000000000000"


def test_failures_of_all_parts_are_added_up() -> None:
    parts, at_once = parts_of(corpus()), whole_of(corpus())
    for tables in (*parts, at_once):
        spoil(tables)
    judge = judged(parts, at_once)
    report, expected = judge.report(at_once["issues"]), validate(at_once)
    assert report == expected
    found = {outcome.name: outcome for outcome in report.failed}
    assert found["end after start"].observed == "2 of 5 rows"
    assert {"hedge_ids resolve", "cluster_id resolves"} <= found.keys()
    issues = issues_frame(judge.issues(report))
    assert {"harbour.txt", "other.txt"} <= set(issues["path"])
    assert set(judge.words.values()) == {at_once["claims"]["text"].iloc[0]}


def test_an_id_that_two_articles_have_is_found_over_all_parts() -> None:
    parts, at_once = parts_of(corpus()), whole_of(corpus())
    for part in parts:
        part["hedges"]["hedge_id"] = "h_0000000000000000"
    found = {outcome.name: outcome for outcome in judged(parts, at_once).report(at_once["issues"]).failed}
    assert found["hedge_id is unique"].n_failing == sum(len(part["hedges"]) for part in parts)


def test_what_is_staged_goes_unless_it_is_published(tmp_path: Path) -> None:
    with staged(tmp_path) as stage:
        stage.write(whole_of(corpus()))
        assert stage.folder.is_dir()
    assert list(tmp_path.iterdir()) == []
    with staged(tmp_path) as stage:
        stage.write(whole_of(corpus()))
        folder = publish_staged(stage, GOOD, out=tmp_path, provenance={})
    assert (folder / "claims.csv").is_file()
    assert not list(tmp_path.rglob(f"{runs.UNFINISHED}*"))


def test_tables_in_the_making_are_not_swept_and_those_of_the_dead_are(tmp_path: Path) -> None:
    dead = tmp_path / f"{runs.UNFINISHED}tables-1-dead"
    dead.mkdir()
    dead.with_name(f"{dead.name}.lock").touch()
    with staged(tmp_path) as stage:
        stage.write(whole_of(corpus()))
        with filelock.FileLock(tmp_path / ".lock"):
            runs.sweep(tmp_path)
        assert [path.name for path in sorted(tmp_path.glob(f"{runs.UNFINISHED}*"))] == [
            stage.folder.name,
            f"{stage.folder.name}.lock",
        ]
        assert (stage.folder / "claims.csv").is_file()


def test_a_publication_that_failed_can_be_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "report.html")

    with staged(tmp_path) as stage:
        stage.write(whole_of(corpus()))
        with monkeypatch.context() as patch, pytest.raises(DatasetError, match="No space left"):
            patch.setattr("verify.publish._write_pages", full)
            publish_staged(stage, GOOD, out=tmp_path, provenance={})
        with filelock.FileLock(tmp_path / ".lock"), pytest.raises(DatasetError, match="another run is publishing"):
            publish_staged(stage, GOOD, out=tmp_path, provenance={})
        folder = publish_staged(stage, GOOD, out=tmp_path, provenance={})
    assert len(pd.read_csv(folder / "claims.csv")) == 5


def test_a_whole_run_does_not_depend_on_the_size_of_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(part: int) -> Tables:
        monkeypatch.setattr(findings, "PART", part)
        found = gathered(0, corpus())
        survey, stage = stages.corroborate(found), InMemory()
        draft = Draft(survey.whole, found.issues, stage)
        pipeline.fill(draft, survey)
        assert not [outcome for outcome in stages.conclude(draft).quality.failed if outcome.is_blocking]
        return stage.tables()

    at_once, in_parts = made(10**6), made(1)
    for name in schema.TABLES:
        pd.testing.assert_frame_equal(at_once[name], in_parts[name])
