"""Each flag on the claim that shows it and on one that must not; the confidence rule from flags alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judging import article, claim, count, day, span_of
from tests.records import elsewhere
from verify.flags import RULES, confidence, raise_flags
from verify.flags.document import fill
from verify.models import AnalysedArticle, Attribution, Claim, Hedge, Match, Mention, RaisedFlag, claim_ids
from verify.terms import (
    ActorKind,
    ClaimKind,
    Confidence,
    CueClass,
    Factuality,
    Flag,
    HedgeClass,
    Holder,
    MatchKind,
    Severity,
    SourceKind,
)

TEXT = "On May 4 Norway allegedly paid 30 to a friend who, officials said, left it in Lima."
WILL = "Peru will not open the mine."


def paid(**fields: Any) -> Claim:
    return claim(TEXT, "paid", subject="Norway", **fields)


def hedge(words: str, hedge_class: HedgeClass, holder: Holder = Holder.AUTHOR) -> Hedge:
    return Hedge(span_of(TEXT, words), words, hedge_class, holder=holder)


def said(kind: SourceKind, name: str = "", cue_class: CueClass = CueClass.SAYS) -> Attribution:
    source, cue = span_of(TEXT, "officials"), span_of(TEXT, "said")
    return Attribution((source,), (cue,), (span_of(TEXT, "left it"),), "officials", "said", name, kind, cue_class)


def raised(one: Claim, **fields: Any) -> dict[Flag, list[str]]:
    """The flags of one claim alone, with the words of each."""
    analysed = article("one", [one], **fields)
    found: dict[Flag, list[str]] = {}
    for flag in raise_flags([analysed], elsewhere([analysed], [])):
        assert flag.span is None or flag.span.end <= len(analysed.article.text)
        words = analysed.article.text[flag.span.start : flag.span.end] if flag.span else flag.detail
        found.setdefault(flag.flag, []).append(words)
    return found


def test_every_flag_has_a_rule_in_the_order_of_the_vocabulary() -> None:
    assert list(RULES) == list(Flag)
    assert all(rule.__doc__ for rule in RULES.values())


CASES: list[tuple[Flag, Claim, list[str], Claim]] = [
    (Flag.AUTHOR_VOICE, paid(), ["no source is given"], paid(attributions=(said(SourceKind.UNNAMED_GROUP),))),
    (
        Flag.UNDATED,
        paid(),
        ["no time expression belongs to the claim"],
        paid(times=(day(TEXT, "May 4", date(2021, 5, 4)),)),
    ),
    (Flag.PREDICTION, paid(kind=ClaimKind.PREDICTION), ["paid"], paid()),
    (Flag.OPINION, paid(kind=ClaimKind.OPINION), ["paid"], paid()),
    (
        Flag.QUANTITY_WITHOUT_UNIT,
        paid(quantities=(count(TEXT, "30", 30.0),)),
        ["30"],
        paid(quantities=(count(TEXT, "30", 30.0, unit="EUR"),)),
    ),
    (Flag.INFERRED, paid(is_inferred=True), ["words that the claim leaves out were filled in"], paid()),
    (
        Flag.INFERRED,
        paid(
            mentions=(Mention(span_of(TEXT, "it"), "it", "PRON", ActorKind.COUNTRY, "Peru", "PER", is_inferred=True),)
        ),
        ["it"],
        paid(),
    ),
    (Flag.HEDGED, paid(hedges=(hedge("allegedly", HedgeClass.EVIDENTIAL),)), ["allegedly"], paid()),
    (Flag.HEDGED, paid(factuality=Factuality.POSSIBLE), ["paid"], paid(factuality=Factuality.UNKNOWN)),
    (
        Flag.UNNAMED_SOURCE,
        paid(attributions=(said(SourceKind.UNNAMED_GROUP),)),
        ["officials"],
        paid(attributions=(said(SourceKind.GOVERNMENT, "Norway"),)),
    ),
    (Flag.UNNAMED_SOURCE, paid(hedges=(hedge("allegedly", HedgeClass.EVIDENTIAL),)), ["allegedly"], paid()),
    (
        Flag.NO_NAMED_ACTOR,
        paid(mentions=()),
        ["nobody and nothing with a name takes part"],
        paid(),
    ),
    (
        Flag.AMBIGUOUS_ACTOR,
        paid(mentions=tuple(replace(mention, is_ambiguous=True) for mention in paid().mentions[:1])),
        [paid().mentions[0].text],
        paid(),
    ),
    (Flag.PRONOUN_UNRESOLVED, paid(is_pronoun_unresolved=True), ["who"], paid()),
    (
        Flag.VAGUE_DATE,
        paid(times=(day(TEXT, "May 4", date(2021, 5, 4), edtf="", is_vague=True),)),
        ["May 4"],
        paid(times=(day(TEXT, "May 4", date(2021, 5, 4)), day(TEXT, "On", date(2021, 5, 4), edtf=""))),
    ),
    (
        Flag.AMBIGUOUS_DATE,
        paid(times=(day(TEXT, "May 4", date(2021, 5, 4), is_ambiguous=True),)),
        ["May 4"],
        paid(times=(day(TEXT, "May 4", date(2021, 5, 4)),)),
    ),
    (
        Flag.NEGATION_SCOPE_UNCLEAR,
        claim(WILL, "open", is_negation_unclear=True, negation=(span_of(WILL, "not"),)),
        ["not"],
        claim(WILL, "open", negation=(span_of(WILL, "not"),)),
    ),
    (Flag.ALLEGED, paid(hedges=(hedge("allegedly", HedgeClass.EVIDENTIAL),)), ["allegedly"], paid()),
    (
        Flag.ALLEGED,
        paid(attributions=(said(SourceKind.GOVERNMENT, "Norway", CueClass.ALLEGES),)),
        ["said"],
        paid(attributions=(said(SourceKind.GOVERNMENT, "Norway"),)),
    ),
]


@pytest.mark.parametrize(("flag", "shows", "words", "does_not"), CASES)
def test_a_flag_is_raised_with_its_words_and_not_without(
    flag: Flag, shows: Claim, words: list[str], does_not: Claim
) -> None:
    assert raised(shows)[flag] == words
    assert flag not in raised(does_not)


def test_hearsay_is_not_the_author_s_voice() -> None:
    hearsay = paid(hedges=(hedge("allegedly", HedgeClass.EVIDENTIAL),))
    doubt = paid(hedges=(hedge("allegedly", HedgeClass.EPISTEMIC),))
    assert Flag.AUTHOR_VOICE not in raised(hearsay)
    assert Flag.AUTHOR_VOICE in raised(doubt)


def test_a_date_after_publication_is_flagged_unless_predicted() -> None:
    future = paid(times=(day(TEXT, "May 4", date(2021, 5, 4)),))
    published = {"published_at": date(2021, 5, 3)}
    assert raised(future, **published)[Flag.DATE_AFTER_PUBLICATION] == ["May 4"]
    assert Flag.DATE_AFTER_PUBLICATION not in raised(future, published_at=date(2021, 5, 4))
    assert Flag.DATE_AFTER_PUBLICATION not in raised(future)
    assert Flag.DATE_AFTER_PUBLICATION not in raised(replace(future, kind=ClaimKind.PREDICTION), **published)


def pair(kind: MatchKind, other: Claim | None = None) -> tuple[list[AnalysedArticle], list[Match]]:
    one = paid(quantities=(count(TEXT, "30", 30.0, "crowns"),))
    second = other or paid(quantities=(count(TEXT, "30", 90.0, "crowns"),))
    articles = [article("one", [one], publisher="a"), article("other", [second], publisher="b")]
    low, high = sorted(claim_ids(found)[0] for found in articles)
    return articles, [Match(low, high, kind, 0.9)]


def flags_of(articles: list[AnalysedArticle], matches: list[Match], at: int = 0) -> dict[Flag, RaisedFlag]:
    key = claim_ids(articles[at])[0]
    return {flag.flag: flag for flag in raise_flags(articles, elsewhere(articles, matches)) if flag.claim_id == key}


def test_a_second_publisher_lifts_single_publisher() -> None:
    assert Flag.SINGLE_PUBLISHER in flags_of(*pair(MatchKind.NEAR))
    assert Flag.SINGLE_PUBLISHER not in flags_of(*pair(MatchKind.SAME))


@pytest.mark.parametrize(
    ("kind", "flag", "words"),
    [
        (MatchKind.CONTRADICTS, Flag.CONTRADICTED, "paid"),
        (MatchKind.CONFLICTING_NUMBERS, Flag.CONFLICTING_NUMBERS, "30"),
    ],
)
def test_what_another_article_says_is_quoted_on_both_sides(kind: MatchKind, flag: Flag, words: str) -> None:
    articles, matches = pair(kind)
    for at in (0, 1):
        found = flags_of(articles, matches, at)[flag]
        assert found.span == span_of(TEXT, words)
        assert found.detail.startswith(claim_ids(articles[1 - at])[0])
    assert flag not in flags_of(*pair(MatchKind.SAME))


def test_the_same_words_of_one_publisher_are_duplicates() -> None:
    articles = [article(name, [paid()], publisher=publisher) for name, publisher in zip("xyz", "aab", strict=True)]
    assert [Flag.DUPLICATE in flags_of(articles, [], at) for at in range(3)] == [True, True, False]
    assert flags_of(articles, [])[Flag.DUPLICATE].detail == "also in y.txt"


def test_a_copied_article_is_flagged() -> None:
    original = article("one", [paid()])
    copy = replace(article("two", [paid()], publisher="b"), syndicated_from=original.article.article_id)
    assert Flag.SYNDICATED in flags_of([copy, original], [])
    assert Flag.SYNDICATED not in flags_of([original, copy], [])


def test_the_example_of_the_three_claims() -> None:
    plain = confidence([Flag.UNDATED, Flag.SINGLE_PUBLISHER, Flag.AUTHOR_VOICE], is_corroborated=False)
    alleged = confidence([Flag.HEDGED, Flag.ALLEGED, Flag.UNNAMED_SOURCE, Flag.UNDATED], is_corroborated=False)
    assert plain == (Confidence.MEDIUM, ("author_voice", "undated", "single_publisher"))
    assert alleged == (Confidence.LOW, ("undated", "hedged", "unnamed_source", "alleged"))


@pytest.mark.parametrize(
    ("flags", "is_corroborated", "band"),
    [
        ([], False, Confidence.HIGH),
        ([Flag.UNDATED], False, Confidence.HIGH),
        ([Flag.UNDATED, Flag.UNDATED], False, Confidence.HIGH),
        ([Flag.UNDATED, Flag.OPINION], False, Confidence.MEDIUM),
        ([Flag.HEDGED], False, Confidence.MEDIUM),
        ([Flag.HEDGED, Flag.VAGUE_DATE], False, Confidence.LOW),
        ([Flag.CONTRADICTED], False, Confidence.LOW),
        ([Flag.CONTRADICTED], True, Confidence.MEDIUM),
        ([Flag.HEDGED], True, Confidence.HIGH),
        ([], True, Confidence.HIGH),
    ],
)
def test_confidence_follows_from_the_flags(flags: list[Flag], band: Confidence, *, is_corroborated: bool) -> None:
    assert confidence(flags, is_corroborated=is_corroborated)[0] is band


@given(st.lists(st.sampled_from(list(Flag)), max_size=8), st.sampled_from(list(Flag)), st.booleans())
def test_another_flag_never_raises_confidence(flags: list[Flag], more: Flag, is_corroborated: bool) -> None:
    order = [Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH]
    before, reasons = confidence(flags, is_corroborated=is_corroborated)
    after, _ = confidence([*flags, more], is_corroborated=is_corroborated)
    assert order.index(after) <= order.index(before)
    assert confidence(reversed(flags), is_corroborated=is_corroborated) == (before, reasons)


def test_flags_do_not_depend_on_the_order_of_the_articles() -> None:
    articles, matches = pair(MatchKind.CONTRADICTS)
    key = sorted(raise_flags(articles, elsewhere(articles, matches)), key=repr)
    assert sorted(raise_flags(articles[::-1], elsewhere(articles[::-1], matches)), key=repr) == key


def test_severities_are_those_of_the_confidence_rule() -> None:
    assert {flag.severity for flag in Flag} == set(Severity)


def test_the_page_on_flags_is_current_and_explains_the_hard_ones() -> None:
    page = (Path(__file__).parents[1] / "docs" / "flags.md").read_text("utf-8")
    assert fill(page) == page, "run `make docs`"
    assert all(f"| `{flag.value}` | {flag.severity.value} | {flag.meaning} |" in page for flag in Flag)
    with pytest.raises(ValueError, match="expected one"):
        fill("a page without marks")
