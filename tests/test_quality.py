import json
from dataclasses import replace

import pandas as pd
import pytest

from tests.records import harbour, places_in, quay, sample
from verify import schema
from verify.errors import ConfigError, SchemaError, ValidationFailed
from verify.quality import Outcome, QualityReport, issues, validate
from verify.quality.coverage import read_limits
from verify.quality.rules import Rule
from verify.quality.suites import RULES, make_suite
from verify.quality.views import make_views
from verify.terms import ExpectationSeverity as Severity

OPENED, PAID, QUAY = "Norway opened the harbour", "Norway may have paid", "=The quay"


@pytest.fixture
def tables():
    return sample()


def change(tables, table, where, **cells):
    """Set cells of the rows whose text, name, flag or kind begins with some words."""
    frame = tables[table]
    column = next(name for name in ("text", "name", "flag", "source_text", "path") if name in frame.columns)
    rows = frame[column].str.startswith(where)
    assert rows.any()
    for name, value in cells.items():
        frame.loc[rows, name] = value


def failing(tables, table, name):
    """Return the names of the rows that break a rule, judged by the rule alone."""
    rule = next(rule for rule in RULES if (rule.table, rule.name) == (table, name))
    view = make_views(tables)[table]
    holds = rule.holds(view[list(rule.columns)])
    assert holds.index.equals(view.index)
    assert not holds.isna().any()
    return list(view.index[~holds.astype(bool)])


def claim_id(tables, words):
    claims = tables["claims"]
    return claims.loc[claims["text"].str.startswith(words), "claim_id"].item()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.table}: {rule.name}")
def test_good_rows_follow_every_rule(rule):
    assert isinstance(rule, Rule)
    assert failing(sample(), rule.table, rule.name) == []
    assert failing({name: frame.head(0) for name, frame in sample().items()}, rule.table, rule.name) == []
    assert rule.meaning.endswith(".")


CLAIMS = [
    (OPENED, {"end": 0}, "end after start"),
    (OPENED, {"text": OPENED}, "words fit their place"),
    (PAID, {"spans": "[[56,66],[67,90]]"}, "pieces lie inside the claim"),
    (PAID, {"spans": "[[67,93],[56,66]]"}, "pieces lie inside the claim"),
    (OPENED, {"time_edtf": "2021-05-05"}, "a date stands in times"),
    (OPENED, {"time_start": pd.Timestamp(2021, 5, 7)}, "nothing is later than publication"),
    (OPENED, {"time_start": pd.Timestamp(2021, 5, 7)}, "what is later is flagged"),
    (OPENED, {"is_dated": False}, "dated claims have a time"),
    (OPENED, {"flags": '["undated"]'}, "undated claims are flagged"),
    (PAID, {"flags": '["hedged"]'}, "undated claims are flagged"),
    (OPENED, {"has_named_actor": False}, "a claim names somebody or is flagged"),
    (OPENED, {"actor_ids": "[]", "has_named_actor": False}, "a claim names somebody or is flagged"),
    (PAID, {"source_kind": "author"}, "attributed claims have a source"),
    (QUAY, {"source_name": None}, "named sources have a name"),
    (PAID, {"source_name": "Somebody", "has_named_source": True}, "named sources have a name"),
    (PAID, {"flags": '["hedged"]'}, "unnamed sources are flagged"),
    (OPENED, {"hedges": '["Alleged"]'}, "an allegation is never certain"),
    (OPENED, {"is_alleged": True}, "an allegation is never certain"),
    (QUAY, {"cue": "alleges"}, "an allegation is flagged"),
    (PAID, {"hedge_holder": None}, "hedged claims have a hedge"),
    (PAID, {"flags": "[]"}, "hedged claims have a hedge"),
    (PAID, {"start": 70, "end": 71}, "hedges lie inside their claim"),
    (PAID, {"factuality": "CT"}, "a doubted claim is not certain"),
    (PAID, {"polarity": "-"}, "negated claims are negative"),
    (PAID, {"n_publishers": 2}, "corroborated claims have two publishers"),
    (PAID, {"is_contradicted": True}, "contradicted claims are flagged"),
    (PAID, {"confidence": "high"}, "confidence follows from the flags"),
    (PAID, {"probability_low": None}, "a probability is a hedges"),
    (PAID, {"probability_holder": "source"}, "a probability is a hedges"),
    (OPENED, {"probability_low": 0.2, "probability_high": 0.4}, "a probability is a hedges"),
    (QUAY, {"place_ids": "[]"}, "everybody named has a role"),
    (OPENED, {"actor_ids": '[["a"]]'}, "everybody named has a role"),
]


@pytest.mark.parametrize(
    ("words", "cells", "name"), CLAIMS, ids=lambda value: value if isinstance(value, str) else None
)
def test_a_bad_claim_is_found_by_its_id(tables, words, cells, name):
    if name == "hedges lie inside their claim":
        tables["hedges"]["scope"] = "[[0,5]]"
    change(tables, "claims", words, **cells)
    assert failing(tables, "claims", name) == [claim_id(tables, words)]


@pytest.mark.parametrize(
    ("table", "words", "cells", "name"),
    [
        ("articles", "harbour", {"published_at": "2021-02-31"}, "publication dates parse"),
        ("articles", "harbour", {"n_claims": 7}, "claims are all there"),
        ("times", "4 May", {"time_edtf": "2021-02-31"}, "dates parse"),
        ("times", "4 May", {"time_edtf": "in spring"}, "dates parse"),
        ("times", "4 May", {"time_end": pd.Timestamp(2020, 1, 1)}, "dates are in order"),
        ("times", "4 May", {"time_edtf": None}, "days need a value"),
        ("times", "4 May", {"time_precision": "month"}, "precision fits the value"),
        ("actors", "Norway", {"name": "They"}, "a pronoun is not a name"),
        ("actors", "Oslo", {"code": "NOR"}, "only countries have a code"),
        ("actors", "Norway", {"code": None}, "only countries have a code"),
        ("quantities", "30", {"value_high": 1.0}, "a range is in order"),
        ("flags", "hedged", {"severity": "info"}, "a flag has its own severity"),
        ("flags", "hedged", {"flag": "alleged"}, "a flag is listed by its claim"),
        ("attributions", "Officials", {"cue_text": None}, "an attribution has a cue or a source"),
        ("hedges", "may", {"probability_low": 0.9}, "probabilities are in order"),
        ("mentions", "Oslo", {"text": "Os"}, "words fit their place"),
    ],
)
def test_a_bad_row_of_another_table_is_found(tables, table, words, cells, name):
    change(tables, table, words, **cells)
    assert len(failing(tables, table, name)) == 1


def test_an_ambiguous_name_without_its_flag_is_found(tables):
    change(tables, "mentions", "Oslo", is_ambiguous=True)
    assert failing(tables, "claims", "ambiguous actors are flagged") == [claim_id(tables, QUAY)]
    change(tables, "claims", QUAY, flags='["ambiguous_actor"]')
    assert failing(tables, "claims", "ambiguous actors are flagged") == []


def test_a_source_of_a_claim_in_the_author_voice_is_found(tables):
    opened = claim_id(tables, OPENED)
    tables["participants"].loc[tables["participants"]["claim_id"] == opened, "actor_role"] = "source"
    assert failing(tables, "participants", "a source belongs to an attribution") == [opened]
    assert failing(tables, "claims", "everybody named has a role") == [opened]


@pytest.mark.parametrize("name", ["US", "IT", "WHO", "Ours Polaires"])
def test_names_that_look_like_pronouns_are_names(tables, name):
    change(tables, "actors", "Norway", name=name)
    assert failing(tables, "actors", "a pronoun is not a name") == []


def test_a_match_inside_one_article_is_found(tables):
    keys = sorted([claim_id(tables, OPENED), claim_id(tables, PAID)])
    tables["matches"] = pd.DataFrame(
        {"claim_id": keys[:1], "other_claim_id": keys[1:], "match_kind": ["same"], "similarity": [1.0]}
    )
    assert failing(tables, "matches", "a match joins two articles") == keys[:1]


def test_a_hedge_before_its_claim_belongs_to_it_by_its_scope(tables):
    change(tables, "hedges", "may", start=41, end=44)
    assert failing(tables, "claims", "hedges lie inside their claim") == []


def test_a_prediction_may_be_dated_later(tables):
    change(tables, "claims", OPENED, time_start=pd.Timestamp(2030, 1, 1), kind="prediction")
    assert failing(tables, "claims", "nothing is later than publication") == []


def test_references_and_lists_are_resolved(tables):
    change(tables, "claims", OPENED, article_id="d_0000000000000000", actor_ids='["a_0000000000000000"]')
    change(tables, "claims", PAID, hedge_ids="no list", flags='["rumoured"]')
    view = make_views(tables)["claims"]
    opened, paid = claim_id(tables, OPENED), claim_id(tables, PAID)
    assert list(view.index[~view["article_id resolves"]]) == [opened]
    assert list(view.index[~view["actor_ids resolves"]]) == [opened]
    assert list(view.index[~view["hedge_ids resolves"]]) == [paid]
    assert list(view.index[~view["flags known"]]) == [paid]
    assert view["source_id resolves"].all()


def test_every_promise_of_a_schema_is_expected():
    for table in schema.load_all().values():
        names = {expectation.name for expectation in make_suite(table.name)}
        for column in table:
            promised = {
                "is there": column.is_required and column.is_text,
                "is unique": column.is_unique,
                "is known": column.vocabulary,
                "has its form": column.pattern,
                "in its limits": column.minimum is not None or column.maximum is not None,
                "are known": column.item_vocabulary,
                "resolve": column.item_references,
            }
            assert {f"{column.name} {name}" for name, given in promised.items() if given} <= names
        assert {f"{reference.column} resolves" for reference in table.references} <= names
        assert len(names) == len(make_suite(table.name))


def test_good_tables_pass(tables):
    report = validate(tables)
    assert report.failed == ()
    assert report.passed
    report.require()
    assert {outcome.table for outcome in report.outcomes} == set(schema.TABLES)
    assert all(outcome.meaning.endswith(".") for outcome in report.outcomes)


def test_what_fails_comes_back_by_its_id(tables):
    opened = claim_id(tables, OPENED)
    change(tables, "claims", OPENED, is_alleged=True, polarity="?", end=99_999)
    change(tables, "actors", "Norway", name="They")
    tables["issues"] = tables["issues"].head(0)
    report = validate(tables)
    failed = {(outcome.table, outcome.name): outcome for outcome in report.failed}
    assert set(failed) == {
        ("claims", "polarity is known"),
        ("claims", "words fit their place"),
        ("claims", "an allegation is never certain"),
        ("actors", "a pronoun is not a name"),
    }
    for (table, _), outcome in failed.items():
        assert outcome.n_failing == 1
        assert outcome.failing_ids == ((opened,) if table == "claims" else outcome.failing_ids)
        assert not outcome.errored
    assert failed["claims", "polarity is known"].observed == "1 of 3 rows"
    assert not report.passed
    with pytest.raises(ValidationFailed, match="claims: polarity is known"):
        report.require()
    tables["articles"]["row"] = tables["articles"]["row"].fillna(3)
    rows = list(issues(report, places_in(report, tables)))
    assert len(rows) == 4
    found = {(row.path, row.row, row.claim_id) for row in rows}
    assert found == {("harbour.txt", 3, opened), ("actors.csv", None, None)}
    assert all(row.reason == "failed_expectation" and row.severity == "notice" for row in rows)
    assert report.to_frame()["success"].iloc[0] == False  # noqa: E712  a value of numpy


def test_no_claims_are_no_dataset():
    empty = {name: frame.head(0) for name, frame in sample().items()}
    report = validate(empty)
    assert {outcome.table for outcome in report.blocking} == {"articles", "claims"}


def test_what_cannot_be_judged_stands_against_publication(tables):
    from verify.quality import gx

    view = make_views(tables)["claims"].drop(columns="polarity")
    outcomes = {outcome.name: outcome for outcome in gx.judge("claims", view, make_suite("claims"))}
    for name in ("polarity is known", "negated claims are negative"):
        assert outcomes[name].errored
        assert not outcomes[name].success
        assert outcomes[name].is_blocking
        assert "polarity" in outcomes[name].observed
    assert not outcomes["columns"].success
    assert outcomes["kind is known"].success
    warning = replace(outcomes["polarity is known"], severity=Severity.INFO)
    assert warning.is_blocking
    assert not QualityReport((warning,)).passed


def test_wrong_types_are_an_error_not_a_failure(tables):
    with pytest.raises(SchemaError, match="column 'start' has dtype float64"):
        validate(tables | {"claims": tables["claims"].astype({"start": "float64"})})


def test_shares_of_many_rows_are_judged(tables, tmp_path):
    from verify.quality import gx

    own = tmp_path / "expectations.toml"
    own.write_text(
        "from_rows = 3\n[claims.rows]\nmin = 2\nmax = 2\n[claims.fill]\ntime_text = {min = 0.5, max = 0.9}\n"
        "[claims.share]\nis_hedged = {min = 0.1, max = 0.2}\n"
    )
    limits = read_limits(own)
    suite = [e for e in make_suite("claims", limits, 3) if e.name.startswith(("number", "share"))]
    outcomes = {o.name: o for o in gx.judge("claims", make_views(tables)["claims"], suite)}
    assert {name for name, outcome in outcomes.items() if not outcome.success} == {
        "number of rows: not too many",
        "share of rows with time_text: enough",
        "share of rows where is_hedged: not too many",
    }
    assert [outcome.severity for outcome in outcomes.values() if "enough" in outcome.name] == [Severity.CRITICAL] * 3
    assert outcomes["share of rows with time_text: enough"].observed == "0.3333"
    assert len(make_suite("claims", limits, 2)) == len(make_suite("claims")) + 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[claim.rows]\nmin = 1", "setting 'claim'"),
        ("[claims.fil]\ntext = {min = 1}", "claims.fil.*one of rows, fill, share"),
        ("[claims.fill]\ntexts = {min = 1}", "claims.fill.texts.*a column of claims"),
        ("[claims.share]\ntext = {min = 1}", "claims.share.text.*true or false"),
        ("[claims.rows]\nleast = 1", "min, max or both"),
        ("[claims.rows]\nmin = 'one'", "a number"),
        ("[claims", "a TOML file"),
    ],
)
def test_a_mistake_in_the_limits_is_named(tmp_path, text, message):
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=message):
        read_limits(path)


def test_every_table_has_a_limit_of_rows():
    assert {limit.table for limit in read_limits() if limit.measure == "rows"} == set(schema.TABLES)
    assert {limit.table for limit in read_limits() if limit.measure == "rows" and limit.minimum} == {
        "articles",
        "claims",
    }


def test_the_counts_of_a_report():
    def outcome(severity, **more):
        return Outcome("claims", "x", "X.", severity, **{"success": False, **more})

    report = QualityReport((outcome(Severity.WARNING), outcome(Severity.INFO, errored=True), outcome(Severity.INFO)))
    assert len(report.failures("warning")) == 2
    assert [report.count_failed(severity) for severity in Severity] == [1, 1, 1]
    assert report.summary()["failed"] == {"critical": 1, "warning": 1, "info": 1}
    assert json.dumps(report.summary())
    with pytest.raises(ValidationFailed):
        report.require("warning")


@pytest.mark.slow
def test_data_docs_hold_no_script_of_an_article(tables):
    from verify.quality import data_docs

    change(tables, "claims", OPENED, text="<script>alert(1)</script>", kind="<img src=x onerror=alert(2)>")
    pages = data_docs(tables)
    shown = [page.decode() for name, page in pages.items() if name.endswith(".html")]
    assert any("&lt;img src=x" in page for page in shown)
    for page in shown:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "amazonaws" not in page
        assert "load their styles from the network" in page


def test_a_second_publisher_passes(tables):
    report = validate(sample([harbour(), quay(), harbour("port-post", "other")]))
    assert report.passed


def test_no_batch_is_hashed(tables, monkeypatch):
    from great_expectations.execution_engine import pandas_execution_engine

    def refuse(frame):
        raise AssertionError("a hash that nobody reads")

    assert callable(pandas_execution_engine.hash_pandas_dataframe)
    monkeypatch.setattr(pandas_execution_engine, "hash_pandas_dataframe", refuse)
    assert not validate(tables).failures("critical")


def test_nothing_is_kept_of_a_judged_table(tables):
    from verify.quality import gx

    way_in = gx.whole(gx.new_context(), "table")
    tables["claims"].loc[0, "polarity"] = None
    outcomes = list(gx.judge("claims", make_views(tables)["claims"], make_suite("claims"), way_in))
    assert any(outcome.n_failing for outcome in outcomes)
    engine = way_in.data_asset.datasource.get_execution_engine()
    assert engine._metric_cache == {}
