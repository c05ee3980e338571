"""Rules about dates: they parse, they are in order, they are as fine as they say, and they are not in the future."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from verify.quality.edtf import fits, is_edtf
from verify.quality.rules import WARNING, Rule, has_flag, rule
from verify.terms import ClaimKind, Flag

if TYPE_CHECKING:
    from collections.abc import Callable


@rule("articles", "article_id", "published_at")
def publication_dates_parse(frame: pd.DataFrame) -> pd.Series[bool]:
    """The publication date is a day of the calendar."""
    days = pd.to_datetime(frame["published_at"].str[:10], format="%Y-%m-%d", errors="coerce")
    return frame["published_at"].isna() | days.notna()


@rule("times", "text", "time_edtf")
def dates_parse(frame: pd.DataFrame) -> pd.Series[bool]:
    """The value of a time is EDTF, and its days are days of the calendar."""
    return _known(frame["time_edtf"], is_edtf)


@rule("times", "time_start", "time_end")
def dates_are_in_order(frame: pd.DataFrame) -> pd.Series[bool]:
    """A time does not end before it starts."""
    return ~(frame["time_end"] < frame["time_start"])


@rule("times", "time_edtf", "time_start", "time_end")
def days_need_a_value(frame: pd.DataFrame) -> pd.Series[bool]:
    """A time has a first or a last day only where it has a value in EDTF."""
    return frame["time_edtf"].notna() | (frame["time_start"].isna() & frame["time_end"].isna())


@rule("times", "time_edtf", "time_precision", severity=WARNING)
def precision_fits_the_value(frame: pd.DataFrame) -> pd.Series[bool]:
    """A value is as fine as the precision says."""
    pairs = frame["time_precision"] + " " + frame["time_edtf"]
    return _known(pairs, lambda pair: fits(*pair.split(" ", 1)))


@rule("claims", "time_edtf", "time is listed")
def a_date_stands_in_times(frame: pd.DataFrame) -> pd.Series[bool]:
    """The value that dates a claim is one of the times that belong to it."""
    return frame["time_edtf"].isna() | frame["time is listed"]


@rule("claims", "time_start", "published on", "kind", severity=WARNING)
def nothing_is_later_than_publication(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim that is no prediction is not dated after its article was published."""
    return ~(frame["time_start"] > frame["published on"]) | (frame["kind"] == ClaimKind.PREDICTION)


@rule("claims", "time_start", "published on", "kind", "flags")
def what_is_later_is_flagged(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim dated after publication is a prediction, or flagged as date_after_publication."""
    allowed = (frame["kind"] == ClaimKind.PREDICTION) | has_flag(frame["flags"], Flag.DATE_AFTER_PUBLICATION)
    return ~(frame["time_start"] > frame["published on"]) | allowed


@rule("claims", "is_dated", "time_ids", "time_text")
def dated_claims_have_a_time(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim is dated where a time belongs to it, and nowhere else."""
    return (frame["is_dated"] == (frame["time_ids"] != "[]")) & (frame["is_dated"] == frame["time_text"].notna())


@rule("claims", "is_dated", "flags", severity=WARNING)
def undated_claims_are_flagged(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim without a time is flagged as undated, and one with a time is not."""
    return frame["is_dated"] != has_flag(frame["flags"], Flag.UNDATED)


def _known(values: pd.Series[str], good: Callable[[str], bool]) -> pd.Series[bool]:
    """Judge each different value once; a missing one is good."""
    answers = {value: good(value) for value in values.dropna().unique()}
    return values.isna() | values.map(answers).eq(True)


RULES: tuple[Rule, ...] = (
    publication_dates_parse,
    dates_parse,
    dates_are_in_order,
    days_need_a_value,
    precision_fits_the_value,
    a_date_stands_in_times,
    nothing_is_later_than_publication,
    what_is_later_is_flagged,
    dated_claims_have_a_time,
    undated_claims_are_flagged,
)
