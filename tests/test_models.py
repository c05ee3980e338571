"""Spans and ids, which every record is made of."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from verify.models import Span, content_id, cover, union

SPANS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10)).map(lambda t: Span(t[0], t[0] + t[1])), min_size=1)


def characters(spans: tuple[Span, ...] | list[Span]) -> set[int]:
    return {char for span in spans for char in range(span.start, span.end)}


@given(SPANS)
def test_a_union_covers_the_same_characters_without_overlap(spans: list[Span]) -> None:
    joined = union(spans)
    assert characters(joined) == characters(spans)
    assert all(one.end < other.start for one, other in pairwise(joined))
    assert cover(joined) == cover(tuple(spans))


def test_a_hedge_that_reaches_out_of_a_claim_joins_its_piece() -> None:
    """'up to' is the hedge, 'to 1 million dollars' the claim's own piece."""
    assert union([Span(3, 24), Span(0, 5)]) == (Span(0, 24),)


def test_an_id_tells_where_its_parts_end() -> None:
    assert content_id("c", "ab", "c") != content_id("c", "a", "bc")
    assert content_id("c", "a") == content_id("c", "a")
