"""Files to articles, format by format."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from verify.articles import Corpus, InputFile, find_inputs, read_articles, read_file, read_text
from verify.errors import InputError
from verify.models import Publisher
from verify.publishers import Publishers

TEXT = "The parliament of Norway voted on Monday. The vote was close, and the opposition asked for a recount.\n"
OTHER = "A storm reached the west coast on Friday. Trains between the two cities stopped for the day.\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_plain_text_without_metadata(tmp_path):
    write(tmp_path, "a.txt", TEXT)
    (article,) = read_articles(tmp_path)
    assert (article.path, article.text, article.row, article.url, article.title) == ("a.txt", TEXT, None, None, None)
    assert article.publisher_id is None
    assert article.published_at is None


def test_the_headline_that_opens_a_text_is_its_title(tmp_path):
    write(tmp_path, "a.txt", f"Norway Votes on the *Budget*\n\n{TEXT}")
    assert read_articles(tmp_path).articles[0].title == "Norway Votes on the Budget"


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_front_matter_gives_the_fields_and_is_not_text(tmp_path, suffix):
    fields = "title: 'No: The Vote'\nauthor: [Anna Berg, Tom Hill]\nurl: https://news.example.org/1\ndate: 2024-03-11\n"
    write(tmp_path, f"a{suffix}", f"---\n{fields}---\n{TEXT}")
    (article,) = read_articles(tmp_path)
    assert article.text == TEXT
    assert (article.title, article.byline, article.url) == (
        "No: The Vote",
        "Anna Berg, Tom Hill",
        "https://news.example.org/1",
    )
    assert article.published_at == date(2024, 3, 11)


@pytest.mark.parametrize("name", ["a.txt.meta.json", "a.meta.json"])
def test_a_file_beside_the_article_gives_the_fields(tmp_path, name):
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, name, json.dumps({"headline": "The Vote", "published": "2024-03-11T08:30:00Z"}))
    corpus = read_articles(tmp_path)
    assert corpus.articles[0].title == "The Vote"
    assert corpus.articles[0].published_at == datetime(2024, 3, 11, 8, 30, tzinfo=UTC)
    assert corpus.issues == ()


PAGE = """<html><head><meta charset="windows-1252"><title>The Vote</title>
<meta property="article:published_time" content="2024-03-11T08:30:00+01:00"><meta name="author" content="Anna Berg">
<link rel="canonical" href="https://news.example.org/1"><meta property="og:site_name" content="Example News"></head>
<body><nav><a href="/">Home</a></nav><article><h1>The Vote</h1><h2>What Was Decided</h2>
<p>The parliament of Norway voted on Monday, and the opposition asked for a recount \x93at once\x94.</p>
<p>The vote was close, and the speaker of the house said that the count would be checked on Tuesday.</p>
</article><footer>Copyright</footer></body></html>"""


def test_html_gives_its_main_text_and_what_its_markup_states(tmp_path):
    write(tmp_path, "a.html", PAGE.encode("latin-1"))
    (article,) = read_articles(tmp_path)
    assert "## What Was Decided" in article.text
    assert "recount “at once”." in article.text
    assert "Copyright" not in article.text
    assert (article.title, article.byline) == ("The Vote", "Anna Berg")
    assert article.published_at == datetime.fromisoformat("2024-03-11T08:30:00+01:00")


def test_html_without_a_stated_date_has_none(tmp_path):
    page = PAGE.replace("article:published_time", "other").replace("on Monday", "on 4 May 2020")
    write(tmp_path, "2020-05-04.html", page.encode("latin-1"))
    assert read_articles(tmp_path).articles[0].published_at is None


def test_html_reads_the_date_of_linked_data(tmp_path):
    script = '<script type="application/ld+json">{"@graph": [{"datePublished": "2024-03-12"}]}</script></head>'
    page = PAGE.replace("article:published_time", "other").replace("</head>", script)
    write(tmp_path, "a.html", page.encode("latin-1"))
    assert read_articles(tmp_path).articles[0].published_at == date(2024, 3, 12)


def test_json_holds_one_object_or_several(tmp_path):
    write(tmp_path, "one.json", json.dumps({"text": TEXT, "title": "The Vote"}))
    write(tmp_path, "two.json", json.dumps([{"body": OTHER}, {"Article Body": "x", "content": OTHER + TEXT}]))
    assert [(a.path, a.row, a.text) for a in read_articles(tmp_path)] == [
        ("one.json", None, TEXT),
        ("two.json", 1, OTHER),
        ("two.json", 2, OTHER + TEXT),
    ]


def test_jsonl_has_one_article_a_line(tmp_path):
    lines = [json.dumps({"text": TEXT}), "", json.dumps({"text": OTHER, "source": "Example News"})]
    write(tmp_path, "a.jsonl", b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    assert [(a.row, a.publisher_id) for a in read_articles(tmp_path)] == [(1, None), (3, "example-news")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_has_one_article_a_row(tmp_path, delimiter):
    rows = [["title", "text"], ["The Vote", f'"{TEXT}"'], ["The Storm", f'"{OTHER}"']]
    write(tmp_path, "a.csv", "\n".join(delimiter.join(row) for row in rows))
    assert [(a.row, a.title, a.text) for a in read_articles(tmp_path)] == [
        (1, "The Vote", TEXT),
        (2, "The Storm", OTHER),
    ]


def test_utf_16_with_a_byte_order_mark(tmp_path):
    write(tmp_path, "a.txt", TEXT.encode("utf-16"))
    assert read_articles(tmp_path).articles[0].text == TEXT


def test_the_file_beside_the_article_comes_first(tmp_path):
    write(tmp_path, "a.md", f"---\ntitle: One\ndate: 2024-03-11\n---\n{TEXT}")
    write(tmp_path, "a.md.meta.json", json.dumps({"headline": "Two", "published": "12 March 2024"}))
    (article,) = read_articles(tmp_path)
    assert (article.title, article.published_at) == ("Two", date(2024, 3, 12))


def test_folders_are_walked_in_order_and_hidden_files_left_out(tmp_path):
    write(tmp_path, "b/c/one.txt", TEXT)
    write(tmp_path, "a.txt", OTHER)
    write(tmp_path, ".hidden.txt", "x")
    write(tmp_path, ".git/x.txt", "x")
    files, issues = find_inputs([tmp_path])
    assert [file.name for file in files] == ["a.txt", "b/c/one.txt"]
    assert issues == []


def test_a_path_that_does_not_exist_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        find_inputs([tmp_path / "nowhere"])


def test_limit_counts_files(tmp_path):
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "b.txt", OTHER)
    assert [a.path for a in read_articles(tmp_path, limit=1)] == ["a.txt"]


def test_ids_depend_on_the_address_or_else_the_path(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    write(one, "a.json", json.dumps({"text": TEXT, "url": "https://news.example.org/1"}))
    write(one, "b.txt", TEXT + OTHER)
    write(two, "c.json", json.dumps({"text": OTHER, "url": "https://news.example.org/1"}))
    write(two, "b.txt", OTHER + TEXT)
    first, second = read_articles(one).articles, read_articles(two).articles
    assert first[0].article_id == second[1].article_id
    assert first[1].article_id == second[0].article_id
    assert len({a.article_id for a in read_articles(one, two)}) == 4


def test_files_can_be_read_one_by_one(tmp_path):
    path = write(tmp_path, "a.txt", TEXT)
    corpus = read_file(InputFile("a.txt", path))
    assert isinstance(corpus, Corpus)
    assert list(corpus) == list(read_articles(tmp_path))


def test_a_text_in_memory():
    corpus = read_text(TEXT, title="The Vote", published_at="11 March 2024", publisher="Example News")
    assert len(corpus) == 1
    assert corpus.articles[0].published_at == date(2024, 3, 11)
    assert corpus.articles[0].publisher_id == "example-news"


def test_a_syndicated_copy_stays_and_a_duplicate_goes(tmp_path):
    publishers = Publishers((Publisher("herald", "Herald", ("herald.example.org",)), Publisher("post", "Post")))
    write(tmp_path, "a.json", json.dumps({"text": TEXT, "url": "https://herald.example.org/1"}))
    write(tmp_path, "b.json", json.dumps({"text": TEXT, "publisher": "Post"}))
    write(tmp_path, "c.txt", TEXT)
    corpus = read_articles(tmp_path, publishers=publishers)
    assert [a.publisher_id for a in corpus] == ["herald", "post"]
    assert [(i.path, i.reason, i.severity) for i in corpus.issues] == [("c.txt", "duplicate", "notice")]
