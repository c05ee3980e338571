"""From a text to records in raw offsets, and the same through spaCy components."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from threadpoolctl import threadpool_info, threadpool_limits

import verify
from verify.extract.features import hashed_model
from verify.models import Analysis, Block, Claim, Span, cover

ARTICLE = """Harbour Bridge To Reopen

The *harbour bridge* in Oslo will reopen on 3 June, the city council said on Tuesday. It has been shut since March 2024.
“We found cracks in two cables,” said Kari Nilsen, the chief engineer.Costs and Blame
According to two engineers, the repair may cost 4 million dollars. The alleged fraud was not confirmed by Norway.

Share this article with your friends!
"""


def records(analysis: Analysis) -> list[Any]:
    """Return all records that have words of their own, also those inside claims."""
    found: list[Any] = [*analysis.times, *analysis.mentions, *analysis.hedges, *analysis.quantities, *analysis.claims]
    for claim in analysis.claims:
        found += [*claim.times, *claim.mentions, *claim.hedges, *claim.quantities]
    return found


def check_offsets(analysis: Analysis) -> None:
    """Assert that every span lies in the text and every record's text is what stands there."""
    for record in records(analysis):
        assert analysis.text[record.span.start : record.span.end] == record.text
    for span in spans_in(analysis):
        assert 0 <= span.start <= span.end <= len(analysis.text)


def spans_in(value: Any) -> list[Span]:
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [span for item in value for span in spans_in(item)]
    if dataclasses.is_dataclass(value):
        return [span for f in dataclasses.fields(value) for span in spans_in(getattr(value, f.name))]
    return []


@pytest.fixture(scope="module")
def analysis(nlp: Language) -> Analysis:
    return verify.analyze(ARTICLE, published_at=date(2024, 5, 15), nlp=nlp)


def test_every_kind_of_record_is_found_with_exact_offsets(analysis: Analysis) -> None:
    check_offsets(analysis)
    assert analysis.claims
    assert analysis.attributions
    assert analysis.times
    assert analysis.mentions
    assert analysis.hedges
    assert analysis.quantities


def test_a_record_of_a_claim_is_the_same_object_as_the_article_s(analysis: Analysis) -> None:
    times = {id(time) for time in analysis.times}
    assert all(id(time) in times for claim in analysis.claims for time in claim.times)


def test_markup_stays_in_the_raw_words_and_leaves_the_proposition(analysis: Analysis) -> None:
    claim = next(claim for claim in analysis.claims if "*harbour bridge*" in claim.text)
    assert "*" not in claim.proposition


def test_no_claim_is_made_from_a_title_a_heading_or_boilerplate(analysis: Analysis) -> None:
    prose = [block.span for block in analysis.blocks if block.kind in {"paragraph", "quote"}]
    assert all(any(span.contains(claim.span) for span in prose) for claim in analysis.claims)


def test_a_claim_s_section_is_the_heading_above_it(analysis: Analysis) -> None:
    cost = next(claim for claim in analysis.claims if "repair" in claim.text)
    assert cost.section == "Costs and Blame"


def test_a_claim_holds_its_pieces_and_its_head(analysis: Analysis) -> None:
    for claim in analysis.claims:
        assert claim.span == cover(claim.spans)
        assert claim.span.contains(claim.head)


def test_the_hedges_of_a_claim_touch_it(analysis: Analysis) -> None:
    for claim in analysis.claims:
        for hedge in claim.hedges:
            assert any(scope.overlaps(claim.span) for scope in (*hedge.scope, hedge.span))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("said “will” 3 June, Iran's *_#\n\n. ?<b>"), st.characters()), max_size=300
    )
)
def test_no_text_raises_and_offsets_hold(nlp: Language, text: str) -> None:
    check_offsets(verify.analyze(text, nlp=nlp))


def test_the_component_gives_what_the_library_gives(nlp: Language) -> None:
    text = "The council said that Norway bought three ships in 2019."
    nlp.add_pipe("verify_claims", last=True)
    try:
        found = nlp(text)._.verify
    finally:
        nlp.remove_pipe("verify_claims")
    expected = verify.analyze(text, nlp=nlp)
    assert isinstance(found, Analysis)
    assert [c.proposition for c in found.claims] == [c.proposition for c in expected.claims]
    assert found.times == expected.times


def test_the_component_takes_a_publication_date(nlp: Language) -> None:
    nlp.add_pipe("verify_claims", last=True, config={"published_at": "2024-03-20"})
    try:
        times = nlp("The talks ended yesterday.")._.verify.times
    finally:
        nlp.remove_pipe("verify_claims")
    assert [time.value for time in times] == ["2024-03-19"]


def test_without_a_publication_date_yesterday_stays_open(nlp: Language) -> None:
    (time,) = verify.analyze("The talks ended yesterday.", nlp=nlp).times
    assert time.start is None
    assert time.edtf == ""


def test_records_are_frozen(analysis: Analysis) -> None:
    claim: Claim = analysis.claims[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        claim.text = "other"  # type: ignore[misc]
    block: Block = analysis.blocks[0]
    assert block.span.end > block.span.start


def test_matrices_are_multiplied_on_one_thread(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second thread finds nothing to do, and burns a whole processor while it waits for the next matrix."""
    threads: set[int] = set()
    known = hashed_model.HashedModel.scores

    def watched(*given: Any) -> Any:
        threads.update(library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas")
        return known(*given)

    monkeypatch.setattr(hashed_model.HashedModel, "scores", watched)
    with threadpool_limits(2, "blas"):
        verify.analyze(ARTICLE, nlp=nlp)
    assert threads == {1}
