"""Days with a name fall where the calendars say."""

from __future__ import annotations

from datetime import date

import pytest

from verify.extract.times.answer import Context
from verify.extract.times.holidays import Holiday, day_of


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("christmas eve", 2023, date(2023, 12, 24)),
        ("good friday", 2024, date(2024, 3, 29)),
        ("easter monday", 2024, date(2024, 4, 1)),
        ("thanksgiving", 2024, date(2024, 11, 28)),
        ("memorial day", 2024, date(2024, 5, 27)),
        ("labor day", 2024, date(2024, 9, 2)),
        ("martin luther king day", 2024, date(2024, 1, 15)),
    ],
)
def test_the_date_of_a_named_day(name: str, year: int, day: date) -> None:
    assert day_of(name, year) == day


def test_an_unknown_day_is_an_error() -> None:
    with pytest.raises(StopIteration):
        day_of("no such day", 2024)


def test_tense_and_publication_date_choose_the_year() -> None:
    past = Context(date(2024, 5, 15), direction=lambda: -1)
    future = Context(date(2024, 5, 15), direction=lambda: 1)
    assert Holiday("halloween").resolve(past).value == "2023-10-31"
    assert Holiday("halloween").resolve(future).value == "2024-10-31"
    assert Holiday("halloween").resolve(Context(None)).value == "XXXX-XX-XX"
    assert Holiday("halloween", year=1999).resolve(Context(None)).value == "1999-10-31"
