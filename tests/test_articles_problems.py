"""Bad inputs: none stops a run, and each is one row of `issues`."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.articles import find_inputs, read_articles, read_file
from verify.articles.dates import parse_date
from verify.articles.language import other_language
from verify.articles.problems import Problem

TEXT = "The parliament of Norway voted on Monday. The vote was close, and the opposition asked for a recount.\n"
GERMAN = "Das Parlament stimmte am Montag ab. Die Abstimmung war knapp, und die Opposition verlangte eine Zählung.\n"
BAD = {
    "empty.txt": (b"", "empty", "error", None),
    "blank.txt": (b" \n\t\n", "empty", "error", None),
    "zero.txt": (b"The vote\x00 was close.", "binary", "error", 8),
    "picture.md": (b"\x89PNG\r\n\x1a\n", "binary", "error", 0),
    "control.txt": (b"\x01\x02\x03\x04 abc", "binary", "error", 0),
    "latin.txt": ("Wahl in Köln".encode("latin-1"), "undecodable", "error", 9),
    "long.txt": (TEXT.encode() * 20, "too_long", "error", None),
    "longer.txt": (TEXT.encode() * 200, "too_long", "error", None),
    "german.txt": (GERMAN.encode(), "not_english", "notice", None),
    "symbols.txt": (b"*** 12 34 --- !!!\n\n12.5 %\n", "no_sentence", "error", None),
    "menu.txt": (b"Home\nSubscribe\nFollow us\n", "no_sentence", "error", None),
    "malformed.json": (b'{"text": "x", y}', "malformed_json", "error", 14),
    "number.json": (b"42", "malformed_json", "error", None),
    "deep.json": (b"[" * 100_000, "malformed_json", "error", 0),
    "missing.json": (b'{"title": "The Vote"}', "missing_field", "error", None),
    "nottext.json": (b'{"text": ["The vote."]}', "missing_field", "error", None),
    "column.csv": (b"title,words\nx,y\n", "missing_field", "error", None),
    "quote.csv": (b'title,text\nx,"The vote\n', "malformed_csv", "error", None),
    "zero.csv": (b"title,text\nx,The \x00 vote.\n", "binary", "error", 17),
    "page.html": (b"<html><body><script>alert(1)</script></body></html>", "no_sentence", "error", None),
    "tags.html": (b"<p>Rain.</p>" * 20_001, "too_long", "error", None),
    "archive.zip": (b"PK\x03\x04", "unsupported", "notice", None),
    "lonely.meta.json": (b"{}", "unsupported", "notice", None),
}
WITH_TEXT = {
    "front.md": (b"---\ntitle: [open\n---\n" + TEXT.encode() + b"1\n", "malformed_metadata", 0),
    "open.md": (b"---\ntitle: x\n" + TEXT.encode() + b"2\n", "malformed_metadata", 0),
    "date.json": (json.dumps({"text": TEXT + "3", "date": "03/04/2024"}).encode(), "unparsable_date", None),
    "url.json": (json.dumps({"text": TEXT + "4", "url": "javascript:alert(1)"}).encode(), "malformed_metadata", None),
    "half.json": (b'{"text": "The vote \\ud800 of Monday was close, and they counted it."}', "replaced_characters", 9),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with every kind of bad file, and one good article."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "good.txt").write_text(TEXT, "utf-8")
    for name, content in {**BAD, **WITH_TEXT}.items():
        (raw / name).write_bytes(content[0])
    return raw


@pytest.mark.parametrize("name", BAD)
def test_each_kind_is_one_issue_with_its_place(folder, name):
    corpus = read_articles(folder, max_chars=1000)
    _, reason, severity, position = BAD[name]
    found = [(i.reason, i.severity, i.position) for i in corpus.issues if i.path == name]
    assert found == [(reason, severity, position)]
    assert name not in {a.path for a in corpus}


@pytest.mark.parametrize("name", WITH_TEXT)
def test_bad_metadata_is_noted_and_the_text_kept(folder, name):
    corpus = read_articles(folder)
    _, reason, position = WITH_TEXT[name]
    article = next(a for a in corpus if a.path == name)
    issues = [i for i in corpus.issues if i.path == name]
    assert [(i.reason, i.severity, i.position) for i in issues] == [(reason, "notice", position)]
    assert issues[0].article_id == article.article_id
    assert article.published_at is None
    assert article.url is None


def test_the_good_article_is_read_and_issues_are_sorted(folder):
    corpus = read_articles(folder, max_chars=1000)
    assert "good.txt" in {a.path for a in corpus}
    assert [i.path for i in corpus.issues] == sorted(i.path for i in corpus.issues)


def test_a_bad_line_does_not_take_the_others_with_it(tmp_path):
    good = json.dumps({"text": TEXT}).encode()
    lines = [good, b'{"text": "x"', b"\xff{}", b"[1]", b'{"text": 5}', json.dumps({"text": TEXT + TEXT}).encode()]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    corpus = read_articles(tmp_path)
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    assert [a.row for a in corpus] == [1, 6]
    assert [(i.row, i.reason, i.position) for i in corpus.issues] == [
        (2, "malformed_json", starts[1] + 12),
        (3, "undecodable", starts[2]),
        (4, "malformed_json", starts[3]),
        (5, "missing_field", starts[4]),
    ]


def test_a_bad_row_does_not_take_the_others_with_it(tmp_path):
    (tmp_path / "a.csv").write_text(f'title,text\nx,"{TEXT}"\ny\nz,a,b\n', "utf-8")
    corpus = read_articles(tmp_path)
    assert [a.row for a in corpus] == [1]
    assert [(i.row, i.reason) for i in corpus.issues] == [(2, "missing_field"), (3, "malformed_csv")]


def test_a_malformed_side_file_is_noted(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.meta.json").write_text("{", "utf-8")
    corpus = read_articles(tmp_path)
    assert len(corpus) == 1
    assert [(i.path, i.reason) for i in corpus.issues] == [("a.txt", "malformed_metadata")]


def test_links_are_followed_inside_the_folder_only(tmp_path):
    raw, outside = tmp_path / "raw", tmp_path / "outside.txt"
    raw.mkdir()
    outside.write_text(TEXT, "utf-8")
    (raw / "inside.txt").write_text(TEXT, "utf-8")
    (raw / "out.txt").symlink_to(outside)
    (raw / "up.txt").symlink_to(tmp_path)
    (raw / "dangling.txt").symlink_to(raw / "nothing")
    (raw / "loop.txt").symlink_to(raw / "loop.txt")
    (raw / "again.txt").symlink_to(raw / "inside.txt")
    (raw / "here").symlink_to(raw)
    corpus = read_articles(raw)
    assert [a.path for a in corpus] == ["again.txt"]
    assert [(i.path, i.reason) for i in corpus.issues] == [
        ("dangling.txt", "unreadable"),
        ("inside.txt", "duplicate"),
        ("loop.txt", "unreadable"),
        ("out.txt", "outside_folder"),
        ("up.txt", "outside_folder"),
    ]


def test_a_folder_named_like_a_file_and_a_pipe(tmp_path):
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "a.txt" / "b.txt").write_text(TEXT, "utf-8")
    os.mkfifo(tmp_path / "pipe.txt")
    corpus = read_articles(tmp_path)
    assert [a.path for a in corpus] == ["a.txt/b.txt"]
    assert [(i.path, i.reason, i.severity) for i in corpus.issues] == [
        ("a.txt", "unsupported", "notice"),
        ("pipe.txt", "unsupported", "notice"),
    ]


def test_a_file_that_cannot_be_opened(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (issue,) = read_articles(tmp_path).issues
    assert (issue.reason, issue.severity) == ("unreadable", "error")
    assert "Permission denied" in issue.detail


def test_a_folder_that_cannot_be_listed(tmp_path, monkeypatch):
    (tmp_path / "locked").mkdir()
    listed = Path.iterdir

    def refuse(path: Path):
        if path.name == "locked":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert [(i.path, i.reason) for i in read_articles(tmp_path).issues] == [("locked", "unreadable")]


def test_a_file_that_vanishes_before_it_is_read(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (file,), _ = find_inputs([tmp_path])
    file.path.unlink()
    assert [i.reason for i in read_file(file).issues] == ["unreadable"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2024-03-11", date(2024, 3, 11)),
        ("20240311", date(2024, 3, 11)),
        ("11 March 2024", date(2024, 3, 11)),
        ("March 11, 2024", date(2024, 3, 11)),
        ("Mon, 11 Mar 2024", date(2024, 3, 11)),
        ("31/12/2023", date(2023, 12, 31)),
        ("04/04/2023", date(2023, 4, 4)),
        ("2024-03-11 08:30", datetime(2024, 3, 11, 8, 30)),
        ("2024-03-11T08:30:05+01:00", datetime.fromisoformat("2024-03-11T08:30:05+01:00")),
        ("Mon, 11 Mar 2024 08:30:00 EST", datetime.fromisoformat("2024-03-11T08:30:00-05:00")),
    ],
)
def test_dates_that_are_clear(written, value):
    assert parse_date(written) == value
    assert type(parse_date(written)) is type(value)


@pytest.mark.parametrize(
    "written",
    [
        "2024",
        "2024-03",
        "March 2024",
        "11 March",
        "Monday",
        "yesterday",
        "03/04/2024",
        "11 Mar 24",
        "08:30",
        "2024-02-30",
        "2024-03-11 08:30 IST",
        "soon",
        "",
        "9" * 63,
        "1" * 500,
        20240311,
        1.5e9,
        None,
        ["2024-03-11"],
    ],
)
def test_dates_that_are_not(written):
    with pytest.raises(Problem) as caught:
        parse_date(written)
    assert caught.value.reason == "unparsable_date"


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_date_or_a_problem(written):
    try:
        assert isinstance(parse_date(written), date)
    except Problem as problem:
        assert problem.reason == "unparsable_date"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "China supports Iran.",
        "Finland joins NATO.",
        "OSLO (Wire)",
        "Ministers in Ankara and Helsinki signed.",
        "Syria accused Israel. Turkey denied involvement.",
        "Ülkü Öztürk met Jiří Dvořák in Zürich.",
        "12 34",
    ],
)
def test_short_english_texts_are_not_mistaken(text):
    assert other_language(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GERMAN, "de"),
        ("Le président a déclaré hier que la loi serait votée avant la fin du mois.", "fr"),
        ("Парламент проголосовал в понедельник, и оппозиция потребовала пересчёта голосов.", "ru"),
        ("国会は月曜日に採決を行い、野党は再集計を求めた。", "ja"),
    ],
)
def test_other_languages_are_named(text, code):
    assert other_language(text) == code


@given(st.binary(max_size=200), st.sampled_from(["txt", "md", "html", "json", "jsonl", "csv"]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_articles_or_issues(tmp_path_factory, data, suffix):
    path = tmp_path_factory.mktemp("any") / f"a.{suffix}"
    path.write_bytes(data)
    corpus = read_articles(path)
    assert corpus.articles or corpus.issues or (suffix in ("jsonl", "csv", "json"))
    for article in corpus:
        article.text.encode()
