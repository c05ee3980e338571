"""Publishers by address and by name."""

from __future__ import annotations

import pytest

from verify.errors import InputError
from verify.publishers import Publishers, read_publishers

TABLE = """# A table of tests.
publisher_id,name,domains,kind,country,reliability
herald,The Example Herald,herald.example.org herald.example.net,newspaper,GBR,B
wire,Example Wire,wire.example.org,agency,,
"""


@pytest.fixture
def publishers(tmp_path):
    path = tmp_path / "publishers.csv"
    path.write_text(TABLE, "utf-8")
    return read_publishers(path)


@pytest.mark.parametrize(
    ("url", "name", "publisher_id"),
    [
        ("https://herald.example.org/a/1", None, "herald"),
        ("https://www.herald.example.net/", None, "herald"),
        ("https://sport.herald.example.org/", "Example Wire", "herald"),
        (None, "the example herald", "herald"),
        (None, "wire", "wire"),
        ("https://news.other.co.uk/x", None, "other.co.uk"),
        ("https://news.other.co.uk/x", "Example Wire", "wire"),
        ("http://localhost/x", None, "localhost"),
        ("http://192.0.2.1/x", None, "192.0.2.1"),
        ("https://[bad/", None, None),
        (None, "Übersee Nachrichten", "ubersee-nachrichten"),
        (None, "新聞", "p_d91d066642a9cd7f"),
        (None, " ", None),
        (None, None, None),
    ],
)
def test_the_address_decides_before_the_name(publishers, url, name, publisher_id):
    found = publishers.find(url, name)
    assert (found.publisher_id if found else None) == publisher_id


def test_the_country_is_known_for_rows_that_give_it(publishers):
    assert publishers.country("herald") == "GBR"
    assert publishers.country("wire") == ""
    assert publishers.country("other.co.uk") == ""
    assert publishers.country(None) == ""


def test_no_table_is_an_empty_one(tmp_path):
    assert read_publishers(tmp_path / "none.csv") == Publishers()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("publisher_id,name\nx,y\n", "no column domains"),
        ("publisher_id,name,domains,kind,country,reliability\n,X,,,,\n", "row 1: publisher_id is ''"),
        ("publisher_id,name,domains,kind,country,reliability\nx,X,,,Norway,\n", "country is 'Norway'"),
        ("publisher_id,name,domains,kind,country,reliability\nx,X,,,,Z\n", "reliability is 'Z'"),
        ('publisher_id,name,domains,kind,country,reliability\nx,"X\n', "cannot be read"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(tmp_path, table, message):
    path = tmp_path / "publishers.csv"
    path.write_text(table, "utf-8")
    with pytest.raises(InputError, match=message):
        read_publishers(path)
