"""The text that is analysed leads back to the raw text, character by character."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.clean import find_blocks
from verify.models import Span
from verify.reading import SEPARATOR, Reading, make_reading
from verify.terms import BlockKind


def read(text: str) -> Reading:
    return make_reading(text, find_blocks(text))


def raw_of(text: str, words: str) -> str:
    """The raw words that words of the reading came from."""
    reading = read(text)
    start = reading.text.index(words)
    span = reading.to_raw(Span(start, start + len(words)))
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("The *joint* drill was **large** today.", "The joint drill was large today."),
        ("It is _very_ large, and file_name_one stays.", "It is very large, and file_name_one stays."),
        ("A rate of 2 * 3 * 4 stays.", "A rate of 2 * 3 * 4 stays."),
        ("See [the report](https://www.example.org/a_b) of May.", "See the report of May."),
        ("Before ![a map](map.png)it rained.", "Before it rained."),
        ("It lies in Iraq.[1] It is small.[note 2]", "It lies in Iraq. It is small."),
        ("He said [sic] that it [the ship] sank.", "He said [sic] that it [the ship] sank."),
        ("Run `make` now.", "Run make now."),
        ("One\u200b two\u202e three\u00a0four.", "One two three four."),
        ("A\x00B\x1bC is odd.", "A B C is odd."),
        ("Half \ud800 a pair.", "Half \ufffd a pair."),
    ],
)
def test_markup_and_invisible_characters_are_dropped(raw, text):
    assert read(raw).text == text


def test_quotation_marks_of_later_lines_are_dropped():
    raw = "> The text binds us,\n> said the preamble."
    assert read(raw).text == "The text binds us, said the preamble."
    assert raw_of(raw, "us, said") == "us,\n> said"


def test_raw_words_hold_the_markup_inside_and_none_around():
    raw = "The *joint* drill was **large** today."
    assert raw_of(raw, "joint drill was large") == "joint* drill was **large"
    assert raw_of(raw, "joint") == "joint"
    assert raw_of(raw, "The joint drill") == "The *joint* drill"


def test_a_glued_heading_gets_an_empty_line_on_both_sides():
    raw = "The port closed on Friday.Effects on Regional Trade\nShips waited outside."
    reading = read(raw)
    assert reading.text.split(SEPARATOR) == [
        "The port closed on Friday.",
        "Effects on Regional Trade",
        "Ships waited outside.",
    ]
    assert [raw[reading.to_raw(b.span).start : reading.to_raw(b.span).end] for b in reading.blocks] == [
        "The port closed on Friday.",
        "Effects on Regional Trade",
        "Ships waited outside.",
    ]


def test_boilerplate_and_contents_are_not_read():
    raw = "Contents\n- The Vote in Oslo\n- The Count in Bergen\nIt rained on Monday.\nSubscribe now\n"
    assert read(raw).text == "It rained on Monday."


def test_an_empty_reading():
    assert read("") == Reading("", ())
    assert read("Subscribe\n").text == ""


PIECES = st.sampled_from(
    ["*", "**", "_", "`", "[a](b)", "[1]", "\n> ", "\n", "Rain fell. ", "\u200b", "\u202e", "\x00"]
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=25).map("".join))
@settings(max_examples=200, deadline=None)
def test_every_character_of_a_block_leads_back_to_itself(text):
    reading = read(text)
    for block in reading.blocks:
        assert block.kind in {BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.QUOTE}
        raw_end = 0
        for offset in range(block.span.start, block.span.end):
            raw = reading.to_raw(Span(offset, offset + 1))
            read_one, raw_one = reading.text[offset], text[raw.start : raw.end]
            assert len(raw_one) == 1
            assert raw.start >= raw_end
            assert read_one in (raw_one, " ", "\ufffd")
            raw_end = raw.end


@pytest.mark.parametrize("unit", ["*", "*a ", "[", "![", "[a](", "_a", "<http://a", "`", "\n> ", "a[1]", "\u202e"])
def test_hostile_text_costs_linear_time(unit):
    begin = time.process_time()
    read("Rain fell. " + unit * (200_000 // len(unit)))
    assert time.process_time() - begin < 5  # about 0.3 s; quadratic time would be minutes
