"""What the review page shows of each article: its text in passages, each beside the claims that begin in it."""

from __future__ import annotations

import bisect
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from verify.terms import ActorRole, Confidence, Flag, Severity

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
T = TypeVar("T")
SENTENCE_END = re.compile(r"\n|[.!?][\"'”’)\]]*\s")
ORDER = {confidence.value: rank for rank, confidence in enumerate((Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW))}
FLAG_ORDER = {flag.value: rank for rank, flag in enumerate(Flag)}


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of characters that the same claims and flags cover."""

    text: str
    claims: str = ""  # the numbers of the claims that cover it, separated by blanks
    confidence: str = ""  # the lowest of them
    flags: tuple[str, ...] = ()  # whose evidence covers it
    ends: tuple[str, ...] = ()  # whose evidence ends with it, which is where the label stands


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim's row with its flags."""

    number: int
    row: Row
    flags: list[Row]  # the weightiest first
    raised: list[Row]  # those that say something against the claim
    notes: list[Row]  # those that do not
    roles: list[tuple[ActorRole, list[str]]]  # who does what in it, in the order of the vocabulary


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text and the claims that begin in it."""

    segments: tuple[Segment, ...]
    claims: list[ClaimView] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article's row and its passages."""

    row: Row
    passages: tuple[Passage, ...]
    n_claims: int


def view_articles(
    tables: Mapping[str, pd.DataFrame], texts: Mapping[str, str], chosen: Sequence[str]
) -> list[ArticleView]:
    """Return the chosen articles in order, ready for the page.

    Args:
        tables: All tables by name.
        texts: Raw text by article_id.
        chosen: The ids of the articles to show.
    """
    articles, shown = _of(tables["articles"], "article_id", chosen), _of(tables["claims"], "article_id", chosen)
    rows = {row["article_id"]: row for row in records(articles)}
    claims = _grouped(shown, "article_id")
    flags, taking_part = (
        _grouped(_of(tables[name], "claim_id", shown["claim_id"]), "claim_id") for name in ("flags", "participants")
    )
    views, number = [], 0
    for article_id in chosen:
        own = []
        for row in sorted(claims[article_id], key=lambda row: (row["start"], row["end"])):
            number += 1
            key = row["claim_id"]
            own.append(_view_claim(number, row, _by_severity(flags[key]), taking_part[key]))
        passages = _passages(texts[article_id], own) if article_id in texts else [Passage((), own)]
        views.append(ArticleView(rows[article_id], tuple(passages), len(own)))
    return views


def _view_claim(number: int, row: Row, flags: list[Row], taking_part: list[Row]) -> ClaimView:
    raised = [flag for flag in flags if flag["severity"] != Severity.INFO]
    notes = [flag for flag in flags if flag["severity"] == Severity.INFO]
    return ClaimView(number, row, flags, raised, notes, _roles(taking_part))


def records(frame: pd.DataFrame) -> list[Row]:
    """Return a frame's rows as dictionaries with None for missing cells."""
    names = [str(name) for name in frame.columns]
    columns = [_plain_values(frame[name]) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain_values(column: pd.Series) -> list[Any]:
    """Return the values of a column as Python's own, with None for missing ones."""
    values: list[Any] = column.tolist()
    if not column.hasnans:
        return values
    return [None if is_missing else value for value, is_missing in zip(values, column.isna(), strict=True)]


def _of(frame: pd.DataFrame, key: str, wanted: Iterable[str]) -> pd.DataFrame:
    """Return the rows whose key is wanted: the page of a large dataset shows a small part of it."""
    return frame[frame[key].isin(list(wanted))]


def _grouped(frame: pd.DataFrame, key: str) -> defaultdict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in records(frame):
        groups[row[key]].append(row)
    return groups


def _by_severity(flags: list[Row]) -> list[Row]:
    """Return flags with the weightiest first; the order of the vocabulary decides among equals."""
    return sorted(flags, key=lambda row: -FLAG_ORDER[row["flag"]])


def _roles(taking_part: list[Row]) -> list[tuple[ActorRole, list[str]]]:
    """Return the names in each role, each once; the page shows a claim's source by itself."""
    shown = [role for role in ActorRole if role is not ActorRole.SOURCE]
    named = [(role, [row["name"] for row in taking_part if row["actor_role"] == role]) for role in shown]
    return [(role, list(dict.fromkeys(names))) for role, names in named if names]


def _passages(text: str, claims: list[ClaimView]) -> list[Passage]:
    """Cut the text between sentences that hold claims, and give each passage the claims that begin in it."""
    cuts = _cuts(text, claims)
    starts = [0, *cuts]
    passages = [Passage(tuple(group), []) for group in _segments(text, claims, cuts)]
    for claim in claims:
        passages[bisect.bisect_right(starts, claim.row["start"]) - 1].claims.append(claim)
    return passages


def _cuts(text: str, claims: list[ClaimView]) -> list[int]:
    """Return the offsets where a sentence with a claim begins that no earlier claim reaches into."""
    cuts: list[int] = []
    reached = 0
    for claim in claims:
        start, end = claim.row["start"], claim.row["end"]
        begin = _sentence_start(text, start, reached)
        if begin > (cuts[-1] if cuts else 0):
            cuts.append(begin)
        reached = max(reached, end)
    return cuts


def _sentence_start(text: str, offset: int, least: int) -> int:
    """Return the end of the sentence before a claim, or 0 if none ends after `least`."""
    return max((match.end() for match in SENTENCE_END.finditer(text, least, offset)), default=0)


def _segments(text: str, claims: list[ClaimView], cuts: list[int]) -> list[list[Segment]]:
    """Split the text wherever a claim's piece, a flag's evidence or a passage begins or ends."""
    pieces = [(start, end, claim) for claim in claims for start, end in _pieces(claim.row)]
    evidence = sorted({(f["start"], f["end"], f["flag"]) for c in claims for f in c.flags if f["start"] is not None})
    edges = sorted({0, len(text), *cuts, *_ends(pieces), *_ends(evidence)})
    covering, flagged = _spread(edges, pieces), _spread(edges, evidence)
    ending: defaultdict[int, list[str]] = defaultdict(list)
    for _, end, flag in evidence:
        ending[end].append(flag)
    first = set(cuts)
    groups: list[list[Segment]] = [[]]
    for start, end in pairwise(edges):
        if start in first:
            groups.append([])
        groups[-1].append(_segment(text[start:end], covering[start], flagged[start], ending[end]))
    return groups


def _spread(edges: list[int], spans: Iterable[tuple[int, int, T]]) -> defaultdict[int, list[T]]:
    """Return for each edge the values of the spans that cover the stretch beginning there."""
    covering: defaultdict[int, list[T]] = defaultdict(list)
    for start, end, value in spans:
        for edge in edges[bisect.bisect_left(edges, start) : bisect.bisect_left(edges, end)]:
            covering[edge].append(value)
    return covering


def _segment(text: str, claims: list[ClaimView], flags: list[str], ends: list[str]) -> Segment:
    numbers = " ".join(str(claim.number) for claim in claims)
    worst = max((claim.row["confidence"] for claim in claims), key=ORDER.__getitem__, default="")
    return Segment(text, numbers, worst, tuple(dict.fromkeys(flags)), tuple(dict.fromkeys(ends)))


def _pieces(row: Row) -> list[list[int]]:
    """Return a claim's exact pieces; a contiguous claim has no list of them."""
    return json.loads(row["spans"]) if row["spans"] else [[row["start"], row["end"]]]


def _ends(spans: Iterable[tuple[int, int, Any]]) -> set[int]:
    return {edge for start, end, _ in spans for edge in (start, end)}
