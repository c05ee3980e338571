from pathlib import Path

import pytest

from verify import schema
from verify.dictionary import TOPICS, describe
from verify.errors import ConfigError
from verify.terms import Flag

PAGE = Path(__file__).parents[1] / "docs" / "data-dictionary.md"


def test_the_page_is_current():
    found = PAGE.read_text("utf-8")
    assert found == describe(), "run: python -m verify.dictionary docs/data-dictionary.md"


def test_every_column_and_flag_is_described():
    page = describe()
    for table in schema.load_all().values():
        assert f"## {table.name}\n" in page
        for column in table:
            assert f"| `{column.name}` | {column.kind} |" in page
    for flag in Flag:
        assert f"| `{flag.value}` | {flag.severity.value} | {flag.meaning} |" in page


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_its_text(topic):
    assert describe(topic).startswith("## ")


def test_a_topic_that_is_none_is_named():
    with pytest.raises(ConfigError, match=r"'claim'; expected one of articles, claims"):
        describe("claim")
