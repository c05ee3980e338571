"""Each article is bounded in bytes, characters, sentences and seconds; one beyond a limit is a row of issues."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest

from verify import analysis, stages
from verify.articles import InputFile, combine, read_file
from verify.articles.read import MAX_ISSUES
from verify.context import Run
from verify.limits import LimitExceeded, Watch
from verify.models import AnalysedArticle
from verify.publishers import Publishers
from verify.settings import Settings
from verify.terms import IssueReason

TEXT = "The council approved the quay on Tuesday. Two engineers said it may cost 40 million dollars. It rained.\n"


def write(path: Path, content: str) -> InputFile:
    path.write_text(content, "utf-8")
    return InputFile(path.name, path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXT * 20),
        ("a.html", f"<html><body><p>{TEXT}</p><script>{'x' * 2000}</script></body></html>"),
        ("a.jsonl", json.dumps({"text": TEXT * 20})),
        ("a.csv", f'text\n"{TEXT * 20}"\n'),
    ],
)
def test_too_many_bytes_are_an_issue(tmp_path, name, content):
    corpus = read_file(write(tmp_path / name, content), max_bytes=1000)
    assert [issue.reason for issue in corpus.issues] == [IssueReason.TOO_LONG]
    assert "max_bytes" in corpus.issues[0].detail
    assert not corpus.articles


def test_bytes_are_not_characters(tmp_path):
    file = write(tmp_path / "a.txt", TEXT + "Dvořák sagte „ja“." * 10)
    assert [i.reason for i in read_file(file, max_chars=400, max_bytes=300).issues] == [IssueReason.TOO_LONG]
    assert read_file(file, max_chars=400, max_bytes=350).articles


def test_a_broken_file_of_records_is_not_as_many_rows(tmp_path):
    lines = [*["{"] * (MAX_ISSUES + 40), *['{"headline": "x"}'] * 3, json.dumps({"text": TEXT})]
    corpus = read_file(write(tmp_path / "a.jsonl", "\n".join(lines)))
    issues = combine([corpus]).issues
    assert len(corpus) == 1
    assert len(issues) == MAX_ISSUES + 1 + 3
    more = issues[MAX_ISSUES]
    assert (more.reason, more.row, more.severity) == (IssueReason.MALFORMED_JSON, MAX_ISSUES + 1, "error")
    assert more.detail == "and 40 more of this kind from here on"


def test_a_watch_counts_sentences_and_its_own_thread_only():
    Watch().count(10**9)
    Watch(max_sentences=3).count(3)
    with pytest.raises(LimitExceeded, match="4 sentences; expected at most 3"):
        Watch(max_sentences=3).count(4)
    watch = Watch(max_seconds=0.05)
    busy = threading.Thread(target=spend, args=(0.2,))
    busy.start()
    busy.join()
    time.sleep(0.1)
    assert watch.after("found") == "found"
    spend(0.1)
    with pytest.raises(LimitExceeded, match=r"more than 0\.05 s of processor time"):
        watch.after("found")


def spend(seconds: float) -> None:
    """Keep this thread's processor busy."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def run(nlp, articles, **limits):
    context = Run(Settings(**limits), nlp, Publishers())
    cleaned = stages.clean(articles)
    return stages.extract(cleaned, stages.annotate(cleaned, context), context)


@pytest.fixture
def articles(tmp_path):
    files = [write(tmp_path / "long.txt", TEXT * 3), write(tmp_path / "short.txt", TEXT)]
    return combine(read_file(file) for file in files).articles


def test_too_many_sentences_are_an_issue_and_the_others_go_on(nlp, articles):
    found = run(nlp, articles, max_sentences=5)
    assert [one.article.path for one in found.articles] == ["short.txt"]
    assert [(i.path, i.reason, i.severity) for i in found.issues] == [("long.txt", "too_many_sentences", "error")]
    assert "expected at most 5 (see `max_sentences`)" in found.issues[0].detail


@pytest.mark.parametrize("where", ["find_mentions", "find_times", "find_attributions", "find_claims"])
def test_a_slow_step_is_an_issue_and_the_others_go_on(nlp, articles, monkeypatch, where):
    original = getattr(analysis, where)

    def slow(doc, *arguments, **named):
        if len(list(doc.sents)) > 5:
            spend(0.6)
        return original(doc, *arguments, **named)

    run(nlp, articles)  # what is loaded at the first use does not count below
    monkeypatch.setattr(analysis, where, slow)
    found = run(nlp, articles, max_seconds=0.5)
    assert [one.article.path for one in found.articles] == ["short.txt"]
    assert [(i.path, i.reason) for i in found.issues] == [("long.txt", "too_slow")]
    assert found.issues[0].article_id == next(a.article_id for a in articles if a.path == "long.txt")


def test_the_watch_works_in_any_thread(nlp, articles, monkeypatch):
    monkeypatch.setattr(analysis, "find_times", lambda *_, **__: spend(0.6))
    outcomes: list[object] = []
    thread = threading.Thread(target=lambda: outcomes.append(run(nlp, articles[:1], max_seconds=0.5)))
    thread.start()
    thread.join()
    assert [issue.reason for issue in outcomes[0].issues] == ["too_slow"]  # type: ignore[attr-defined]


def test_usual_articles_are_within_the_limits(nlp, articles):
    assert all(isinstance(one, AnalysedArticle) for one in run(nlp, articles).articles)
