import dataclasses
import itertools
import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records import HARBOUR, UNSUPPORTED, all_tables, harbour, match, norway, quay, sample
from verify import schema
from verify.errors import SchemaError
from verify.models import Hedge, Mention, Span, claim_ids
from verify.tables import check, conform, issues_frame, to_frame
from verify.tables.items import cell
from verify.terms import ActorKind, Confidence, HedgeClass, Holder, MatchKind


def test_every_table_has_its_schema():
    tables = sample()
    assert tuple(tables) == schema.TABLES
    for name, frame in tables.items():
        check(name, frame)


def test_a_claim_in_full():
    row = sample()["claims"].set_index("text").loc["Norway may have paid 30 million euros"]
    assert json.loads(row["spans"]) == [[56, 66], [67, 93]]
    assert HARBOUR[row["start"] : row["end"]] == "Norway may have paid 30 million euros"
    assert (row["factuality"], row["polarity"], row["hedge_holder"]) == ("PS", "+", "author")
    assert row["hedges"] == '["may"]'
    assert (row["probability_low"], row["probability_high"], row["probability_holder"]) == (0.2, 0.8, "author")
    assert (row["source_kind"], row["source_text"], row["cue"]) == ("unnamed_group", "Officials", "said")
    assert pd.isna(row["source_name"])
    assert row["actors"] == '["Norway"]'
    assert row["quantity"] == "30 million euros"
    assert pd.isna(row["time_edtf"])
    assert (row["is_hedged"], row["is_attributed"], row["has_named_source"], row["is_dated"]) == (
        True,
        True,
        False,
        False,
    )
    assert row["flags"] == '["undated","single_publisher","hedged","unnamed_source"]'


def test_a_dated_claim_in_the_author_voice():
    row = sample()["claims"].set_index("text").loc["Norway opened the harbour on 4 May 2021"]
    assert (row["time_edtf"], row["time_precision"]) == ("2021-05-04", "day")
    assert row["time_start"] == row["time_end"] == pd.Timestamp(2021, 5, 4)
    assert row["source_kind"] == "author"
    assert not row["is_attributed"]
    assert pd.isna(row["source_id"])


def test_a_name_that_looks_missing_stays():
    tables = sample()
    assert "None" in set(tables["actors"]["name"])
    assert "None" in set(tables["sources"]["source_name"].dropna())


def test_places_do_not_act():
    row = sample()["claims"].set_index("source_name").loc["None"]
    assert json.loads(row["actors"]) == ["Norway", "None"]
    assert json.loads(row["places"]) == ["Oslo"]


def test_roles_are_published_with_the_words_that_name_the_actor():
    tables = sample()
    quay = tables["claims"].set_index("source_name").loc["None"]
    rows = tables["participants"][tables["participants"]["claim_id"] == quay["claim_id"]]
    assert sorted(zip(rows["actor_role"], rows["name"], strict=True)) == [
        ("actor", "None"),
        ("actor", "Norway"),
        ("actor", "Oslo"),
        ("source", "None"),
    ]
    words = rows.merge(tables["mentions"], on="mention_id", suffixes=("", " of mention"))
    assert (words["actor_id"] == words["actor_id of mention"]).all()
    assert set(words["text"]) == {"None", "Norway", "Oslo"}


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ([], None),
        ([(Holder.AUTHOR, None)], None),
        ([(Holder.AUTHOR, 0.55), (Holder.SOURCE, 0.8)], (Holder.SOURCE, 0.8)),
        ([(Holder.AUTHOR, 0.55), (Holder.AUTHOR, 0.05)], (Holder.AUTHOR, 0.05)),
    ],
)
def test_one_band_of_probability_is_the_claims(bands, expected):
    hedges = tuple(
        Hedge(Span(i, i + 1), "likely", HedgeClass.EPISTEMIC, (), holder, low, low and low + 0.1)
        for i, (holder, low) in enumerate(bands)
    )
    claim = dataclasses.replace(harbour().analysis.claims[0], hedges=hedges)
    assert (claim.estimate and (claim.estimate.holder, claim.estimate.low)) == expected


def test_any_order_of_the_input_gives_the_same_tables():
    articles = [harbour(), quay(), harbour("port-post", "harbour-2")]
    matches = [match(articles[0], articles[2])]
    expected = sample(articles, matches=matches)
    for order in itertools.permutations(articles):
        for name, found in sample(order, matches=matches).items():
            pd.testing.assert_frame_equal(found, expected[name])


def test_corroboration_counts_independent_publishers():
    first, second = harbour(), harbour("port-post", "copy")
    claims = sample([first, second], matches=[match(first, second)])["claims"].set_index("claim_id")
    ids = [claim_ids(first)[0], claim_ids(second)[0]]
    assert list(claims.loc[ids, "n_publishers"]) == [2, 2]
    assert claims.loc[ids, "is_corroborated"].all()
    assert set(claims.loc[ids, "cluster_id"]) == {min(ids)}
    assert claims.loc[[claim_ids(first)[1]], "n_publishers"].item() == 1


@pytest.mark.parametrize(
    "second",
    [
        dataclasses.replace(harbour("port-post", "copy"), syndicated_from=harbour().article.article_id),
        harbour("harbour-news", "again"),
        harbour(None, "nobody"),
    ],
    ids=["syndicated", "same publisher", "unknown publisher"],
)
def test_no_corroboration_without_independence(second):
    first = harbour()
    claims = sample([first, second], matches=[match(first, second)])["claims"]
    assert set(claims["n_publishers"]) == {1}
    assert not claims["is_corroborated"].any()


def test_contradiction_comes_from_matches():
    first, second = harbour(), harbour("port-post", "other")
    claims = sample([first, second], matches=[match(first, second, MatchKind.CONTRADICTS)])["claims"]
    assert claims["is_contradicted"].sum() == 2
    assert not claims["is_corroborated"].any()


def test_ids_do_not_depend_on_offsets():
    before = harbour()
    shifted = dataclasses.replace(
        before, analysis=dataclasses.replace(before.analysis, hedges=_moved(before.analysis.hedges), claims=())
    )
    assert list(sample([before])["hedges"]["hedge_id"]) == list(_bare(shifted)["hedges"]["hedge_id"])


def _moved(hedges):
    return tuple(dataclasses.replace(h, span=Span(h.span.start + 9, h.span.end + 9)) for h in hedges)


def _bare(analysed):
    return all_tables([analysed])


def test_the_doubt_of_the_author_comes_first():
    text = HARBOUR
    base = harbour()
    source = Hedge(Span(0, 6), text[0:6], HedgeClass.EPISTEMIC, holder=Holder.SOURCE)
    author = Hedge(Span(7, 13), text[7:13], HedgeClass.EPISTEMIC, holder=Holder.AUTHOR)
    for hedges, holder in [((source,), "source"), ((source, author), "author")]:
        claim = dataclasses.replace(base.analysis.claims[0], hedges=hedges)
        frame = _bare(dataclasses.replace(base, analysis=dataclasses.replace(base.analysis, claims=(claim,))))
        assert list(frame["claims"]["hedge_holder"]) == [holder]
        assert len(frame["hedges"]) == len(set(hedges) | set(base.analysis.hedges))


def test_the_most_frequent_form_of_a_name():
    base = harbour()
    forms = ["NATO", "Nato", "NATO"]
    mentions = tuple(Mention(Span(i, i + 4), f, "ORG", ActorKind.ORGANISATION, f) for i, f in enumerate(forms))
    frames = _bare(dataclasses.replace(base, analysis=dataclasses.replace(base.analysis, mentions=mentions, claims=())))
    assert list(frames["actors"]["name"]) == ["NATO"]
    assert list(frames["actors"]["n_mentions"]) == [3]


def test_no_articles_make_empty_typed_tables():
    tables = sample([harbour()], issues=[])
    assert len(tables["issues"]) == 0
    check("issues", tables["issues"])
    check("matches", tables["matches"])


def test_the_same_issue_is_listed_once():
    assert len(issues_frame([UNSUPPORTED, UNSUPPORTED])) == 1


def test_wrong_columns_are_named():
    frame = sample()["flags"]
    with pytest.raises(SchemaError, match=r"flags: column 'detail'.*no cells"):
        conform("flags", frame.drop(columns="detail"))
    with pytest.raises(SchemaError, match=r"flags: column 'colour'.*no column of this name"):
        conform("flags", frame.assign(colour="red"))


def test_wrong_values_are_named():
    frame = sample()["flags"].astype({"start": "object"})
    frame.loc[0, "start"] = "here"
    with pytest.raises(SchemaError, match=r"flags: column 'start'.*integer"):
        conform("flags", frame)
    with pytest.raises(SchemaError, match=r"flags: column 'start' has dtype object; expected dtype Int64"):
        check("flags", frame)


def test_a_lone_surrogate_becomes_a_replacement_character():
    cells = {name: ["x"] for name in schema.load("flags").names} | {"start": [None], "end": [3], "detail": ["a\ud800b"]}
    assert to_frame("flags", cells)["detail"].item() == "a\N{REPLACEMENT CHARACTER}b"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(), max_size=5))
def test_list_cells_round_trip(items):
    assert json.loads(cell(items)) == items


def test_confidence_follows_the_rule_handed_in():
    assert set(sample([quay()])["claims"]["confidence"]) == {Confidence.MEDIUM}
    assert set(all_tables([quay()])["claims"]["confidence"]) == {Confidence.HIGH}


def test_mentions_of_claims_alone_are_counted():
    base = harbour()
    bare = dataclasses.replace(base, analysis=dataclasses.replace(base.analysis, mentions=()))
    frames = _bare(bare)
    assert len(frames["mentions"]) == 2
    assert list(frames["actors"]["actor_id"]) == [norway(HARBOUR).actor_id]
