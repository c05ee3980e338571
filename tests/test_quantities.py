"""Quantities: spans with their modifiers, values, units, what is counted, and what is none."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from verify.extract.quantities.find import find_quantities
from verify.extract.quantities.numbers import read_number
from verify.extract.quantities.units import normal_unit
from verify.models import Quantity, Span, Time
from verify.terms import TimeType

BLANK = spacy.blank("en")


def find_one(text: str) -> Quantity:
    found = find_quantities(BLANK(text))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "value", "high", "unit"),
    [
        ("it cost $2.7 billion", "$2.7 billion", 2.7e9, None, "USD"),
        ("a loan of £5m", "£5m", 5e6, None, "GBP"),
        ("about 30 million euros", "about 30 million euros", 3e7, None, "EUR"),
        ("they fell 45 percent", "45 percent", 45, None, "percent"),
        ("up by 2.5 percentage points", "2.5 percentage points", 2.5, None, "percentage_point"),
        ("from 12% to 15% of it", "from 12% to 15%", 12, 15, "percent"),
        ("more than 18,000 square kilometers", "more than 18,000 square kilometers", 18000, None, "square_kilometer"),
        ("in steps of 940–1065 K", "940–1065 K", 940, 1065, "kelvin"),
        ("at 12 km/h", "12 km/h", 12, None, "kilometer / hour"),
        ("a flux of 67 mW m−2", "67 mW m−2", 67, None, "milliwatt / meter ** 2"),
        ("kept at −20 °C", "−20 °C", -20, None, "degree_Celsius"),
        ("over two and a half tons", "over two and a half tons", 2.5, None, "ton"),
        ("for three weeks", "three weeks", 3, None, "week"),
        ("twenty-five miles away", "twenty-five miles", 25, None, "mile"),
        ("hundreds of meters down", "hundreds of meters", None, None, "meter"),
        ("at 2 × 10−9 mbar", "2 × 10−9 mbar", 2e-9, None, "millibar"),
        ("in 1.6 ± 0.2% of it", "1.6 ± 0.2%", 1.6, None, "percent"),
        ("a quantity of ~2600 TW", "~2600 TW", 2600, None, "terawatt"),
    ],
)
def test_a_quantity_with_its_value_and_unit(
    text: str, words: str, value: float | None, high: float | None, unit: str
) -> None:
    quantity = find_one(text)
    assert (quantity.text, quantity.unit) == (words, unit)
    assert quantity.value == pytest.approx(value) if value is not None else quantity.value is None
    assert quantity.value_high == high


@pytest.mark.parametrize(
    ("text", "is_approximate"),
    [("about 5 km", True), ("more than 5 km", True), ("~5 km", True), ("5 km", False), ("only 5 km", False)],
)
def test_what_makes_a_quantity_approximate(text: str, is_approximate: bool) -> None:
    assert find_one(text).is_approximate is is_approximate


def test_the_noun_counted_is_the_last_of_a_compound() -> None:
    doc = Doc(
        BLANK.vocab,
        words=["two", "oil", "pump", "jacks"],
        tags=["CD", "NN", "NN", "NNS"],
        pos=["NUM", "NOUN", "NOUN", "NOUN"],
        deps=["nummod", "compound", "compound", "ROOT"],
        heads=[2, 2, 3, 3],
    )
    assert [quantity.counted for quantity in find_quantities(doc)] == ["jacks"]


def test_and_makes_two_quantities_and_between_makes_a_range() -> None:
    pair = find_quantities(BLANK("samples of 4.5 kg and 6 kg were taken"))
    assert [(q.text, q.value, q.value_high) for q in pair] == [("4.5 kg", 4.5, None), ("6 kg", 6, None)]
    between = find_one("between 5 and 10 percent of it")
    assert (between.text, between.value, between.value_high) == ("between 5 and 10 percent", 5, 10)
    assert find_one("a gap between the 5 kg sacks").text == "5 kg"


def test_a_value_beyond_what_a_float_holds_is_left_out() -> None:
    assert find_one("it cost $1e400").value is None


def test_a_range_shares_its_scale() -> None:
    quantity = find_one("from $2 to $3 billion of it")
    assert (quantity.value, quantity.value_high, quantity.unit) == (2e9, 3e9, "USD")


def test_a_bare_number_counts_the_noun_that_it_modifies() -> None:
    doc = Doc(
        BLANK.vocab,
        words=["At", "least", "five", "warships", "left"],
        tags=["RB", "RBS", "CD", "NNS", "VBD"],
        pos=["ADV", "ADV", "NUM", "NOUN", "VERB"],
        deps=["advmod", "advmod", "nummod", "nsubj", "ROOT"],
        heads=[1, 2, 3, 4, 4],
    )
    (quantity,) = find_quantities(doc)
    assert (quantity.text, quantity.value, quantity.counted, quantity.unit) == ("At least five", 5, "warships", "")


@pytest.mark.parametrize(
    "text",
    [
        "See Figure 3 there.",
        "As shown in [12].",
        "Resolution 1701 passed.",
        "It began in 1983.",
        "The F-16 took off.",
        "See 15a.",
        "Both are in their 40s.",
        "Built in about 575 B.C.",
        "It lies at 33°47′N of it.",
    ],
)
def test_numbers_that_name_things_are_no_quantities(text: str, nlp: Language) -> None:
    assert find_quantities(nlp(text)) == []


def test_a_date_is_no_quantity_and_a_duration_is_one() -> None:
    doc = BLANK("They left after 25 days on 3 km")
    days, distance = find_quantities(doc)
    assert (days.unit, distance.unit) == ("day", "kilometer")
    date = Time(Span(16, 23), "25 days", TimeType.DATE, "2024")
    length = Time(Span(16, 23), "25 days", TimeType.DURATION, "P25D")
    assert find_quantities(doc, [date]) == [distance]
    assert find_quantities(doc, [length]) == [days, distance]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty five", 25),
        ("two hundred and five", 205),
        ("1.5 million", 1.5e6),
        ("three thousand two hundred", 3200),
        ("a dozen", 12),
        ("1,234.5", 1234.5),
        ("half a million", 5e5),
        ("two and a half", 2.5),
        ("−3", -3),
        ("none", None),
        ("", None),
    ],
)
def test_numbers_are_read(words: str, value: float | None) -> None:
    assert read_number(words.split()) == value


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("km", "kilometer"),
        ("Kilometers", "kilometer"),
        ("g/L", "gram / liter"),
        ("m s−1", "meter / second"),
        ("barrels per day", "barrel_per_day"),
        ("$", "USD"),
        ("blorps", "blorps"),
    ],
)
def test_units_have_one_name(written: str, name: str) -> None:
    assert normal_unit(written) == name


PIECES = st.sampled_from(
    [
        "5",
        "1,500",
        "2.5",
        "−3",
        "10−7",
        "1e9",
        "two",
        "hundred",
        "and",
        "half",
        "a",
        "million",
        "$",
        "€",
        "%",
        "km",
        "m−2",
        "per",
        "hour",
        "about",
        "than",
        "~",
        "from",
        "to",
        "-",
        "×",
        "±",
        "(",
        ")",
        "=",
        ".",
        ",",
        "²",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=9).map("".join)
    )
)
def test_any_text_gives_ordered_quantities_with_exact_offsets(text: str) -> None:
    end = 0
    for quantity in find_quantities(BLANK.make_doc(text)):
        assert end <= quantity.span.start < quantity.span.end
        assert text[quantity.span.start : quantity.span.end] == quantity.text
        end = quantity.span.end


def test_matching_stays_fast_on_hostile_text() -> None:
    hostile = "about " * 2000 + "1 m " * 2000 + "two and " * 2000 + "1," * 5000
    assert all(quantity.text.strip() for quantity in find_quantities(BLANK.make_doc(hostile)))


def test_dimensions_are_a_quantity_whatever_they_stand_before(nlp: Language) -> None:
    assert [found.text for found in find_quantities(nlp("They used a 40 × 60 curvilinear grid."))] == ["40 × 60"]


def test_a_digit_of_a_word_counts_nothing(nlp: Language) -> None:
    assert find_quantities(nlp("The 1-Step kit worked.")) == []
