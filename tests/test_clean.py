"""Blocks: what each stretch of a text is, with exact offsets into the raw text."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from verify.clean import find_blocks, has_prose

GLUED = """The Canal Reopens After Six Days
Table of Contents
- How the Ship Ran Aground
- What the Closure Cost
How the Ship Ran Aground
The vessel turned across the waterway on a Tuesday morning. Tugs arrived within the hour.What the Closure Cost
Traders counted the losses for weeks. Insurers did the same.Lessons for the Shipping Industry
Pilots asked for stronger tugs. The authority agreed to buy them. *** We hope this short article was useful. \
What are your thoughts on the canal? Share your views in the comments below!
Ten Facts About the Desert That You Never Knew
https://www.example.org/facts
"""


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(block.kind.value, text[block.span.start : block.span.end]) for block in find_blocks(text, title)]


def of_kind(text: str, kind: str) -> list[str]:
    return [words for found, words in kinds(text) if found == kind]


def test_glued_headings_are_cut_from_the_sentence_before_them():
    assert of_kind(GLUED, "heading") == [
        "How the Ship Ran Aground",
        "What the Closure Cost",
        "Lessons for the Shipping Industry",
    ]
    assert "The vessel turned across the waterway on a Tuesday morning. Tugs arrived within the hour." in of_kind(
        GLUED, "paragraph"
    )


def test_contents_are_told_from_the_headings_they_name():
    assert of_kind(GLUED, "contents") == ["Table of Contents", "How the Ship Ran Aground", "What the Closure Cost"]


def test_closing_calls_links_and_addresses_are_boilerplate():
    found = of_kind(GLUED, "boilerplate")
    assert found[0].startswith("We hope this short article")
    assert found[0].endswith("in the comments below!")
    assert found[1:] == ["Ten Facts About the Desert That You Never Knew", "https://www.example.org/facts"]


def test_a_block_names_the_heading_above_it():
    sections = {GLUED[b.span.start : b.span.end][:7]: b.section for b in find_blocks(GLUED) if b.kind == "paragraph"}
    assert sections == {
        "The ves": "How the Ship Ran Aground",
        "Traders": "What the Closure Cost",
        "Pilots ": "Lessons for the Shipping Industry",
    }


@pytest.mark.parametrize(
    "text",
    [
        "The ship left port on Monday.Nobody saw it go.",
        "He works for Example.Com and lives in Oslo.",
        "The U.S.Navy sent a frigate to the strait.",
        "Prices rose by 3.5 percent.They fell again in May and stayed low for the rest of the year.",
    ],
)
def test_a_missing_space_alone_makes_no_heading(text):
    assert kinds(text) == [("paragraph", text)]


def test_a_glued_heading_ends_where_a_function_word_opens_the_next_sentence():
    text = "The port closed on Friday.Effects on Regional Trade The harbour master said that ships waited outside."
    assert of_kind(text, "heading") == ["Effects on Regional Trade"]


def test_furniture_between_two_sentences_is_cut_out():
    text = "The minister resigned. Advertisement Continue reading the main story The party will vote on Friday."
    assert kinds(text) == [
        ("paragraph", "The minister resigned."),
        ("boilerplate", "Advertisement Continue reading the main story"),
        ("paragraph", "The party will vote on Friday."),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Q: Did the minister resign?", "paragraph"),
        ("“Did the minister resign?", "paragraph"),
        ("Did the Minister Resign?", "heading"),
        ("Why did the minister resign?", "heading"),
        ("Updated 11 Jan 2019, 8.30 am", "boilerplate"),
        ("October 20: A car left the road.", "paragraph"),
    ],
)
def test_lines_that_look_alike(line, kind):
    assert (kind, line) in kinds(f"The parliament voted on Monday.\n\n{line}\n\nThe vote was close.\n")


def test_links_among_each_other_are_boilerplate():
    links = [
        "Storm damages the old harbour wall in three places again",
        "Three ways to keep your garden green in a dry summer",
    ]
    text = "\n".join(["It rained on Monday.", "Share", *links, "Subscribe"])
    assert of_kind(text, "boilerplate") == ["Share", *links, "Subscribe"]


def test_one_short_line_is_running_text():
    assert kinds("Norway Opens New Embassy") == [("paragraph", "Norway Opens New Embassy")]
    assert kinds("Norway Opens Embassy\nSweden Waits") == [
        ("paragraph", "Norway Opens Embassy"),
        ("paragraph", "Sweden Waits"),
    ]
    assert kinds("Norway signed the treaty.") == [("paragraph", "Norway signed the treaty.")]


def test_hard_wrapped_lines_are_joined():
    text = (
        "The committee met on Thursday to discuss the budget and\n"
        "agreed that the ministry would publish the figures once\n"
        "they had been checked by the auditors of the state.\n\n"
        "A second meeting is planned for the following week, the\n"
        "chair said.\n"
    )
    assert [words.count("\n") for _, words in kinds(text)] == [2, 1]


def test_lines_that_are_paragraphs_stay_apart():
    text = "The first paragraph ends here.\nThe second one ends there.\nA third one follows it.\n"
    assert [kind for kind, _ in kinds(text)] == ["paragraph"] * 3


def test_markdown():
    text = (
        "# A Treaty Is Signed\n\nBy Anna Berg\n\n## The Text of the Treaty\n\nBoth sides signed on Monday.\n\n"
        "> The text binds us all,\n> said the preamble of the treaty.\n\n- It covers fishing in the northern sea.\n"
        "- Norway\n\n| year | catch |\n|---|---|\n| 2020 | 4 |\n\n```\nx = 1\n```\n\nOutlook\n-------\nTalks go on.\n"
    )
    assert kinds(text) == [
        ("title", "A Treaty Is Signed"),
        ("boilerplate", "By Anna Berg"),
        ("heading", "The Text of the Treaty"),
        ("paragraph", "Both sides signed on Monday."),
        ("quote", "The text binds us all,\n> said the preamble of the treaty."),
        ("paragraph", "It covers fishing in the northern sea."),
        ("boilerplate", "Norway"),
        ("boilerplate", "year | catch |"),
        ("boilerplate", "---|---|"),
        ("boilerplate", "2020 | 4 |"),
        ("boilerplate", "x = 1"),
        ("heading", "Outlook"),
        ("paragraph", "Talks go on."),
    ]


def test_the_line_that_repeats_the_given_title_is_the_title():
    text = "Markets Fall Again.\n\nShares fell on Monday.\n"
    assert kinds(text, "Markets fall again")[0] == ("title", "Markets Fall Again.")
    assert kinds(text)[0] == ("paragraph", "Markets Fall Again.")


@pytest.mark.parametrize(
    "line",
    ["The minister said:", "LONDON, 4 April 2023 —"],
)
def test_datelines_and_lines_that_introduce_a_quotation_are_running_text(line):
    assert kinds(f"{line}\n\nThe vote was close.\n")[0] == ("paragraph", line)


@pytest.mark.parametrize(
    "dateline",
    [
        "OSLO —",
        "OSLO, Norway (Example Wire) —",
        "SAN SALVADOR, 4 April 2023 –",
        "Kyiv, Ukraine (Wire) -",
        "OSLO (Wire) --",
    ],
)
def test_a_dateline_is_a_block_of_its_own(dateline):
    text = f"{dateline} The parliament voted on Monday."
    assert kinds(text) == [("paragraph", dateline), ("paragraph", "The parliament voted on Monday.")]


@pytest.mark.parametrize(
    "text",
    [
        "NATO — which has 32 members — met on Monday.",
        "The EU – China summit was moved to Friday.",
        "Norway (population 5 million) - a small country - voted.",
    ],
)
def test_other_dashes_make_no_dateline(text):
    assert kinds(text) == [("paragraph", text)]


def test_capitals_make_a_heading():
    assert of_kind("The sky was clear.\n\nWHAT HAPPENED THEN\n\nThe rain came.\n", "heading") == ["WHAT HAPPENED THEN"]


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to our newsletter",
        "Share this article on your favourite network",
        "© 2023 Example Media. All rights reserved.",
        "Read more: Why the Bridge Was Closed",
        "4 Min Read",
        "By Anna Berg and Tom Hill",
        "(Reporting by Anna Berg; Editing by Tom Hill)",
        "/images/2023/04/flag.jpg",
        "Advertisement",
        "editor@news.example.org",
    ],
)
def test_page_furniture(line):
    text = f"The parliament voted on Monday.\n\n{line}\n\nThe vote was close.\n"
    assert of_kind(text, "boilerplate") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The company changed its privacy policy in May.",
        "Readers asked the editor to share this article with the council.",
        "By Monday the river had fallen by a metre.",
        "“What are your thoughts on the treaty?” she asked him.",
        "Advertisement spending rose by a tenth last year.",
        "Twitter was blocked in the country on Friday.",
    ],
)
def test_news_about_such_words_stays_running_text(line):
    assert ("paragraph", line) in kinds(f"The parliament voted on Monday.\n\n{line}\n")


def test_a_page_of_furniture_has_no_prose():
    assert not has_prose(find_blocks("Subscribe\nFollow us on every network\n\n12 34\n"))
    assert has_prose(find_blocks("It rained in Bergen on Sunday."))


PIECES = st.sampled_from(
    ["\n", "\n\n", " ", "# ", "- ", "> ", "***", "*", "|", "Heading Of Some Kind", "It rained today.", "Contents", "x"]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join))
@example(GLUED)
@settings(max_examples=200, deadline=None)
def test_blocks_are_in_order_inside_the_text_and_apart(text):
    end = 0
    for block in find_blocks(text):
        words = text[block.span.start : block.span.end]
        assert end <= block.span.start < block.span.end <= len(text)
        assert words == words.strip()
        end = block.span.end


@pytest.mark.parametrize(
    "unit", ["*", "[", "a*", "x.Ab ", "![", "> ", "good.Heading Of The ", "By A ", "a.jpg", "\u202e", "http://", "_a"]
)
def test_hostile_text_costs_linear_time(unit):
    begin = time.process_time()
    find_blocks(unit * (200_000 // len(unit)))
    assert time.process_time() - begin < 5  # about 0.3 s; quadratic time would be minutes
