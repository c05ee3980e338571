"""Which values are EDTF, and which precision fits them."""

import pytest
from edtf import parse_edtf

from verify.quality.edtf import fits, is_edtf, precisions

GOOD_EDTF = [
    *(
        "2024-03-11",
        "2024-03",
        "2024",
        "202X",
        "20XX",
        "2024-21",
        "2024-33",
        "2024-41",
        "-0044",
        "2024~",
        "2024-03-11?",
    ),
    *("2024-03-11/2024-03-15", "2006/..", "../2024-03", "2024-03-11T10:00:00", "2024-03-11T10:00:00Z"),
    *("[2021-03-04, 2021-04-03]", "2024-03-11?"),
]
BAD_EDTF = ["2024-13", "2024-02-31", "spring", "2024-3-1", "2024/2024-99", "20240311", "[2024-03-32, 2024-01-01]"]
BAD_EDTF += ["2024-33/..", "../2024-40", "199X/..", "../18XX"]  # an edge that is open has a month or a year


@pytest.mark.parametrize("value", GOOD_EDTF)
def test_edtf_agrees_with_the_library(value):
    assert parse_edtf(value)
    assert is_edtf(value)


@pytest.mark.parametrize("value", [*BAD_EDTF, "", "/", ".."])
def test_what_is_no_edtf(value):
    assert not is_edtf(value)


@pytest.mark.parametrize(
    ("precision", "value", "expected"),
    [
        ("day", "2024-03-11", True),
        ("day", "2024-03", False),
        ("week", "2024-03-11/2024-03-17", True),
        ("month", "2024-03~", True),
        ("quarter", "2024-33", True),
        ("year", "2006/..", True),
        ("quarter", "2024-04/..", True),
        ("quarter", "2024-04", False),
        ("century", "../1899", True),
        ("decade", "202X", True),
        ("minute", "2024-03-11T10:00:00", True),
        ("vague", "2024", True),
    ],
)
def test_precision_fits_the_value(precision, value, expected):
    assert fits(precision, value) is expected
    assert precisions(value)
