"""Times in context: anchors, tense, intervals, bounds, order of numeric dates, and properties on any text."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import spacy
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from verify.extract.times.find import find_times
from verify.extract.times.grammar import LEVELS
from verify.models import Time
from verify.terms import TimeAnchor, TimePrecision, TimeType

BLANK = spacy.blank("en")
PUBLISHED = date(2024, 5, 15)  # a Wednesday


def find(text: str, published: date | None = PUBLISHED, country: str = "") -> list[Time]:
    """Find times in a text without a parse."""
    return find_times(BLANK(text), published_at=published, country=country)


def find_one(text: str, published: date | None = PUBLISHED, country: str = "") -> Time:
    times = find(text, published, country)
    assert len(times) == 1, times
    return times[0]


def test_an_interval_is_one_time_whose_year_comes_from_the_full_date_before_it() -> None:
    times = find("A frigate arrived on March 11, 2024. The drills lasted from March 11 to 15 in the gulf.", None)
    assert [time.text for time in times] == ["March 11, 2024", "from March 11 to 15"]
    drills = times[1]
    assert (drills.value, drills.edtf) == ("2024-03-11/2024-03-15", "2024-03-11/2024-03-15")
    assert (drills.start, drills.end) == (date(2024, 3, 11), date(2024, 3, 15))
    assert drills.is_inferred and drills.anchor is TimeAnchor.MENTIONED
    assert not times[0].is_inferred and times[0].anchor is TimeAnchor.NONE


def test_the_year_is_not_taken_over_when_another_one_was_mentioned_since() -> None:
    times = find("He died on 4 February 2015. A witness of the raids of 2006 spoke on 10 May.", None)
    assert [time.value for time in times] == ["2015-02-04", "2006", "XXXX-05-10"]


def test_a_relative_date_counts_from_the_date_mentioned_last() -> None:
    times = find("They signed on 3 May 2021 and met two days later. That year, exports fell.", None)
    assert [time.value for time in times] == ["2021-05-03", "2021-05-05", "2021"]
    assert times[1].anchor is TimeAnchor.MENTIONED


def test_without_a_publication_date_a_relative_expression_stays_open() -> None:
    for text in (
        "He left yesterday",
        "He left on Monday",
        "It fell last year",
        "It fell in March",
        "He left this morning",
    ):
        time = find_one(text, None)
        assert "X" in time.value and time.edtf == "" and time.start is None and time.is_vague


def test_the_publication_date_anchors_a_relative_expression_and_is_named() -> None:
    time = find_one("He left yesterday")
    assert (time.value, time.anchor, time.start) == ("2024-05-14", TimeAnchor.PUBLICATION, date(2024, 5, 14))
    assert find_times(BLANK("He left yesterday"), published_at=datetime(2024, 5, 15, 23, 59)) == [time]


@pytest.mark.parametrize(
    ("text", "edtf", "start", "end"),
    [
        ("since 2006", "2006/..", date(2006, 1, 1), None),
        ("until March 2025", "../2025-03", None, date(2025, 3, 31)),
        ("since Q2 2009", "2009-04/..", date(2009, 4, 1), None),
        ("until the second half of 2025", "../2025-12", None, date(2025, 12, 31)),
        ("since the 1990s", "1990/..", date(1990, 1, 1), None),
        ("before the 20th century", "../1999", None, date(1999, 12, 31)),
        ("by 2030", "../2030", None, date(2030, 12, 31)),
        ("around 2010", "2010~", date(2010, 1, 1), date(2010, 12, 31)),
        ("in Q3 2009", "2009-35", date(2009, 7, 1), date(2009, 9, 30)),
        ("in the first half of 2022", "2022-40", date(2022, 1, 1), date(2022, 6, 30)),
        ("in the spring of 2009", "2009-21", date(2009, 3, 1), date(2009, 5, 31)),
        ("in the 1990s", "199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("in the 19th century", "18XX", date(1800, 1, 1), date(1899, 12, 31)),
        ("last week", "2024-05-06/2024-05-12", date(2024, 5, 6), date(2024, 5, 12)),
        ("in February 2024", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("at 14:48 UTC on May 3, 2024", "2024-05-03T14:48:00Z", date(2024, 5, 3), date(2024, 5, 3)),
        ("for three weeks", "", None, None),
        ("every Monday", "", None, None),
    ],
)
def test_edtf_with_its_first_and_last_day(text: str, edtf: str, start: date | None, end: date | None) -> None:
    time = find_one(text)
    assert (time.edtf, time.start, time.end) == (edtf, start, end)


@pytest.mark.parametrize(
    ("text", "country", "value", "is_ambiguous"),
    [
        ("on 03/04/2024", "US", "2024-03-04", False),
        ("on 03/04/2024", "GB", "2024-04-03", False),
        ("on 03/04/2024", "", "2024-04-03", True),  # the reading nearer to the publication date
        ("on 25/12/2023", "US", "2023-12-25", False),
        ("on 12/25/2023", "GB", "2023-12-25", False),
        ("on 5/5/2024", "", "2024-05-05", False),
    ],
)
def test_the_order_of_day_and_month(text: str, country: str, value: str, is_ambiguous: bool) -> None:
    time = find_one(text, country=country)
    assert (time.value, time.is_ambiguous) == (value, is_ambiguous)


def test_an_ambiguous_date_without_any_anchor_keeps_both_readings() -> None:
    time = find_one("on 03/04/2024", None)
    assert (time.value, time.edtf, time.is_ambiguous) == ("2024-XX-XX", "[2024-03-04, 2024-04-03]", True)


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("two and a half years", "P2.5Y", TimePrecision.YEAR),
        ("for decades", "PXY", TimePrecision.DECADE),
        ("a 90-minute flight", "PT90M", TimePrecision.MINUTE),
        ("in the past decade", "P10Y", TimePrecision.DECADE),
    ],
)
def test_durations(text: str, value: str, precision: TimePrecision) -> None:
    time = find_one(text)
    assert (time.type, time.value, time.precision) == (TimeType.DURATION, value, precision)


@pytest.mark.parametrize(
    "text",
    [
        "The ministry bought 2000 rifles and 1983 helmets for $1999.",
        "Resolution 1701 was cited, and flight 2019 left.",
        "They may march to the second house, and the dynamics changed.",
        "We paid 15 for it; now-defunct clubs fall apart.",
        "About a quarter of the members left.",
        "Both men are in their 40s, one in his mid-20s; Resolutions 2254 and 2118 passed.",
        "It aired on Russia Today; the Christmas trees recalled Black Monday.",
        "The 7-12 win put them at 3/4 of the way.",
    ],
)
def test_numbers_and_verbs_are_no_dates(text: str, nlp: Language) -> None:
    dated = [time for time in find_times(nlp(text), published_at=PUBLISHED) if time.edtf]
    assert dated == []


def test_what_has_a_future_is_not_dated_by_it(nlp: Language) -> None:
    assert find_times(nlp("The future of the port depends on the council.")) == []
    (time,) = find_times(nlp("The port may close in the future."))
    assert time.value == "FUTURE_REF"


def doc_of(words: str, tags: str, deps: str, heads: list[int]) -> Doc:
    """Build a parsed one-sentence Doc; verbs are what has a verb's tag."""
    verbs = {"VBD", "VBZ", "VBP", "VBN", "VB", "VBG"}
    pos = ["AUX" if tag == "MD" else "VERB" if tag in verbs else "NOUN" for tag in tags.split()]
    return Doc(BLANK.vocab, words=words.split(), tags=tags.split(), pos=pos, deps=deps.split(), heads=heads)


@pytest.mark.parametrize(
    ("doc", "value"),
    [
        (doc_of("Prices fell in March", "NNS VBD IN NNP", "nsubj ROOT prep pobj", [1, 1, 1, 2]), "2024-03"),
        (doc_of("Prices fell in June", "NNS VBD IN NNP", "nsubj ROOT prep pobj", [1, 1, 1, 2]), "2023-06"),
        (
            doc_of("Prices will fall in March", "NNS MD VB IN NNP", "nsubj aux ROOT prep pobj", [2, 2, 2, 2, 3]),
            "2025-03",
        ),
        (doc_of("Prices will fall Monday", "NNS MD VB NNP", "nsubj aux ROOT npadvmod", [2, 2, 2, 2]), "2024-05-20"),
        (doc_of("Prices have fallen Monday", "NNS VBP VBN NNP", "nsubj aux ROOT npadvmod", [2, 2, 2, 2]), "2024-05-13"),
        (
            doc_of("Prices had fallen in June", "NNS VBD VBN IN NNP", "nsubj aux ROOT prep pobj", [2, 2, 2, 2, 3]),
            "2023-06",
        ),
        (
            doc_of("Talks were set for June", "NNS VBD VBN IN NNP", "nsubj auxpass ROOT prep pobj", [2, 2, 2, 2, 3]),
            "2024-06",
        ),
        (doc_of("Prices fell Monday", "NNS VBD NNP", "nsubj ROOT npadvmod", [1, 1, 1]), "2024-05-13"),
        (doc_of("Prices fell Wednesday", "NNS VBD NNP", "nsubj ROOT npadvmod", [1, 1, 1]), "2024-05-15"),
    ],
)
def test_tense_decides_the_direction_of_a_bare_month_or_weekday(doc: Doc, value: str) -> None:
    assert [time.value for time in find_times(doc, published_at=PUBLISHED)] == [value]


EXAMPLES = {word for level in LEVELS for rule in level for word in rule.example.split()}
PIECES = st.sampled_from(sorted(EXAMPLES | {"0", "31", "9999", "24:00", "03/04/24", "'82", "and", "-", ",", "\n", "."}))


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join)), st.none() | st.dates())
def test_any_text_gives_ordered_times_with_exact_offsets(text: str, published: date | None) -> None:
    times = find_times(BLANK.make_doc(text), published_at=published)
    end = 0
    for time in times:
        assert end <= time.span.start < time.span.end and text[time.span.start : time.span.end] == time.text
        assert time.value and (time.start is None or time.end is None or time.start <= time.end)
        assert time.edtf == "" or str(parse_edtf(time.edtf)) == time.edtf
        assert published is not None or time.anchor is not TimeAnchor.PUBLICATION
        end = time.span.end


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("The attacks of Sept. 11 changed the law.", date(2019, 10, 4), "2001-09-11"),
        ("The terrorist attacks on September 11 changed the law.", None, "2001-09-11"),
        ("Sept. 11 changed the law.", date(2019, 10, 4), "XXXX-09-11"),
        ("On September 11, the law was changed.", date(2019, 9, 14), "2019-09-11"),
        ("On September 11, 2018, the law was changed.", date(2019, 10, 4), "2018-09-11"),
        ("On September 12, the law was changed.", date(2019, 10, 4), "2019-09-12"),
    ],
)
def test_a_september_11_is_never_that_of_the_publication_year_alone(
    nlp: Language, text: str, published: date | None, value: str
) -> None:
    (found,) = find_times(nlp(text), published_at=published)
    assert found.value == value
