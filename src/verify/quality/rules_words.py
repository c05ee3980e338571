"""Rules about the words: where they stand, and that what is said of them can be found there."""

from __future__ import annotations

import json

import pandas as pd

from verify.quality.rules import WARNING, Rule, rule
from verify.terms import ActorKind, Flag

# In the two forms that a text writes a pronoun in, so that the names US, IT and WHO are none.
_PRONOUNS = "i you he him his she her hers it its we us our ours they them their theirs who this that these those one"
PRONOUNS = frozenset(form for word in _PRONOUNS.split() for form in (word, word.capitalize()))
_SEVERITIES = {flag.value: flag.severity.value for flag in Flag}


def _words_fit_their_place(table: str) -> Rule:
    @rule(table, "start", "end", "text")
    def words_fit_their_place(frame: pd.DataFrame) -> pd.Series[bool]:
        """The words are as long as the place they stand at."""
        return frame["text"].str.len() == frame["end"] - frame["start"]

    return words_fit_their_place


def _end_after_start(table: str) -> Rule:
    @rule(table, "start", "end")
    def end_after_start(frame: pd.DataFrame) -> pd.Series[bool]:
        """The words end after they begin."""
        return frame["start"].isna() | (frame["end"] > frame["start"])

    return end_after_start


@rule("claims", "start", "end", "spans")
def pieces_lie_inside_the_claim(frame: pd.DataFrame) -> pd.Series[bool]:
    """The pieces of a claim that is not contiguous begin and end with it, in text order, without overlap."""
    rows = zip(frame["start"], frame["end"], frame["spans"].fillna(""), strict=True)
    return pd.Series([not spans or _fit(start, end, spans) for start, end, spans in rows], index=frame.index)


def _fit(start: int, end: int, spans: str) -> bool:
    flat = [offset for piece in json.loads(spans) for offset in piece]
    return flat == sorted(flat) and flat[:1] + flat[-1:] == [start, end]


@rule("actors", "name", "actor_kind", severity=WARNING)
def a_pronoun_is_not_a_name(frame: pd.DataFrame) -> pd.Series[bool]:
    """No actor is called "he" or "They"."""
    return ~frame["name"].isin(PRONOUNS)


@rule("actors", "actor_kind", "code", severity=WARNING)
def only_countries_have_a_code(frame: pd.DataFrame) -> pd.Series[bool]:
    """A code is given for a country, and for nothing else."""
    return frame["code"].notna() == (frame["actor_kind"] == ActorKind.COUNTRY)


@rule("articles", "n_claims", "claims found")
def claims_are_all_there(frame: pd.DataFrame) -> pd.Series[bool]:
    """An article has as many claims as it says."""
    return frame["n_claims"] == frame["claims found"]


@rule("quantities", "value", "value_high", severity=WARNING)
def a_range_is_in_order(frame: pd.DataFrame) -> pd.Series[bool]:
    """The upper end of a range is not below the lower one."""
    return frame["value_high"].isna() | (frame["value_high"] >= frame["value"])


@rule("flags", "flag", "severity")
def a_flag_has_its_own_severity(frame: pd.DataFrame) -> pd.Series[bool]:
    """The severity is the one that the vocabulary gives the flag."""
    return frame["flag"].map(_SEVERITIES) == frame["severity"]


@rule("flags", "claim_id", "listed")
def a_flag_is_listed_by_its_claim(frame: pd.DataFrame) -> pd.Series[bool]:
    """The claim's own list names the flag."""
    return frame["listed"]


@rule("matches", "claim_id", "other_claim_id", "article", "other article")
def a_match_joins_two_articles(frame: pd.DataFrame) -> pd.Series[bool]:
    """The two claims are in order and stand in different articles."""
    return (frame["claim_id"] < frame["other_claim_id"]) & (frame["article"] != frame["other article"])


RULES: tuple[Rule, ...] = (
    *(
        _end_after_start(table)
        for table in ("claims", "attributions", "times", "mentions", "hedges", "quantities", "flags")
    ),
    *(_words_fit_their_place(table) for table in ("claims", "times", "mentions", "hedges", "quantities")),
    pieces_lie_inside_the_claim,
    a_pronoun_is_not_a_name,
    only_countries_have_a_code,
    claims_are_all_there,
    a_range_is_in_order,
    a_flag_has_its_own_severity,
    a_flag_is_listed_by_its_claim,
    a_match_joins_two_articles,
)
