"""A run costs what changed, and publishes what a full run would publish."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.incremental.runs import BRIDGE, QUAY, SHIPS, STORM, TEXTS, Work, assert_as_a_full_run, content, n_runs, run
from verify import nlp, pipeline, stages, workers
from verify.settings import Settings


def test_nothing_is_done_where_nothing_has_changed(raw: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(raw)
    assert work.taken() == (
        ["bridge.txt", "quay.md", "rows.jsonl"],
        ["bridge.txt", "quay.md", "rows.jsonl", "rows.jsonl"],
    )
    monkeypatch.setattr(nlp, "load", lambda name="": pytest.fail("the spaCy pipeline was loaded"))
    monkeypatch.setattr(stages, "validate", lambda *_: pytest.fail("the tables were judged"))
    again = run(raw)
    assert work.taken() == ([], [])
    assert again.is_unchanged
    assert again.summary == f"nothing has changed: {first.summary}"
    assert again.folder == first.folder
    assert n_runs(raw) == 1


def test_a_changed_article_alone_is_read_and_extracted(raw: Path, work: Work) -> None:
    run(raw)
    work.taken()
    (raw / "bridge.txt").write_text(BRIDGE + "\n" + STORM)
    (raw / "new.txt").write_text("The council of Oslo sold the bridge in 2021. Nobody asked why.\n")
    result = run(raw)
    assert work.taken() == (["bridge.txt", "new.txt"], ["bridge.txt", "new.txt"])
    assert_as_a_full_run(raw, result)


def test_a_changed_row_alone_is_extracted(raw: Path, work: Work) -> None:
    run(raw)
    work.taken()
    with (raw / "rows.jsonl").open("a") as file:
        file.write(json.dumps({"text": QUAY + BRIDGE}) + "\n")
    result = run(raw)
    assert work.taken() == (["rows.jsonl"], ["rows.jsonl"])
    assert_as_a_full_run(raw, result)


def test_the_pipeline_is_let_go_of_when_all_articles_are_analysed(raw: Path, work: Work) -> None:
    context = pipeline.prepare(Settings(input=(raw,)))
    with workers.hire(context) as crew:
        corpus = pipeline.read(context, crew)
        assert context.nlp is context.nlp
        pipeline.extract(corpus, context, crew)
    assert "nlp" not in vars(context)


def test_a_removed_article_is_gone_from_every_table(raw: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    run(raw)
    work.taken()
    (raw / "bridge.txt").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(nlp, "load", lambda name="": pytest.fail("the spaCy pipeline was loaded"))
        result = run(raw)
    assert work.taken() == ([], [])
    assert b"bridge.txt" not in b"".join(content(result.folder).values())
    assert_as_a_full_run(raw, result)


def test_a_renamed_article_is_read_but_not_extracted(raw: Path, work: Work) -> None:
    """Its ids hash its path, unless it has an address: the same words at another path are another article."""
    from verify.dataset import diff, read_dataset

    before = read_dataset(run(raw).folder)
    work.taken()
    (raw / "quay.md").rename(raw / "pier.md")
    with_address = run(raw)
    assert work.taken() == (["pier.md"], [])
    assert diff(before, read_dataset(with_address.folder)).empty
    (raw / "bridge.txt").rename(raw / "a bridge.txt")
    without = run(raw)
    assert work.taken() == (["a bridge.txt"], [])
    assert set(diff(before, read_dataset(without.folder))["change"]) == {"added", "gone"}
    assert_as_a_full_run(raw, without)


def test_two_articles_that_change_places_are_not_mixed_up(raw: Path, work: Work) -> None:
    run(raw)
    (raw / "bridge.txt").write_text(STORM * 2)
    (raw / "storm.txt").write_text(BRIDGE)
    work.taken()
    result = run(raw)
    assert work.taken() == (["bridge.txt", "storm.txt"], ["bridge.txt"])
    assert_as_a_full_run(raw, result)


def test_an_article_comes_back_when_its_duplicate_goes(raw: Path, work: Work) -> None:
    (raw / "copy.txt").write_text(BRIDGE)
    first = run(raw)
    assert "the same text as bridge.txt" in (first.folder / "issues.csv").read_text()
    (raw / "bridge.txt").unlink()
    work.taken()
    result = run(raw)
    assert work.taken() == ([], [])
    assert (result.n_articles, b"bridge.txt" in b"".join(content(result.folder).values())) == (4, False)
    assert_as_a_full_run(raw, result)


def test_two_articles_of_one_address_keep_their_ids_apart(raw: Path, work: Work) -> None:
    (raw / "second.md").write_text(f"---\nurl: https://news.example.org/quay\n---\n{STORM}{QUAY}")
    run(raw)
    (raw / "quay.md").unlink()
    assert_as_a_full_run(raw, run(raw))


def test_a_full_run_finds_everything_anew(raw: Path, work: Work) -> None:
    first = run(raw)
    expected = work.taken()
    again = run(raw, full=True)
    assert work.taken() == expected
    assert (n_runs(raw), again.is_unchanged) == (2, False)
    assert content(again.folder) == content(first.folder)
    assert run(raw).is_unchanged


@pytest.mark.parametrize(
    ("change", "n_read", "n_extracted"),
    [
        ({"attribution": "rules"}, 0, 4),
        ({"max_sentences": 900}, 0, 4),
        ({"max_chars": 90_000}, 3, 0),
        ({"data_docs": False, "batch_size": 7}, 0, 0),
    ],
)
def test_a_setting_costs_what_depends_on_it(
    raw: Path, work: Work, change: dict[str, Any], n_read: int, n_extracted: int
) -> None:
    run(raw)
    work.taken()
    result = run(raw, **change)
    assert [len(found) for found in work.taken()] == [n_read, n_extracted]
    assert not result.is_unchanged
    assert_as_a_full_run(raw, result, **change)


@pytest.mark.parametrize("change", [{"keep": 9}, {"processes": 1, "pages_url": "https://desk.example.org"}])
def test_a_setting_of_operation_changes_nothing(raw: Path, work: Work, change: dict[str, Any]) -> None:
    run(raw)
    assert run(raw, **change).is_unchanged


def test_a_publisher_with_a_country_costs_its_articles(raw: Path, work: Work) -> None:
    """03/04/2024 is in April or in March, by the country."""
    header = "publisher_id,name,domains,kind,country,reliability\n"
    (raw.parent / "publishers.csv").write_text(header + "quay,Quay Post,news.example.org,,GBR,\n")
    first = run(raw)
    (raw.parent / "publishers.csv").write_text(header + "quay,Quay Post,news.example.org,,USA,\n")
    work.taken()
    result = run(raw)
    assert work.taken()[1] == ["quay.md"]
    assert content(result.folder)["times.csv"] != content(first.folder)["times.csv"]
    assert_as_a_full_run(raw, result)


def test_another_program_finds_everything_anew(raw: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    run(raw)
    work.taken()
    monkeypatch.setattr("verify.fingerprint._of_program", lambda: "another")
    assert not run(raw).is_unchanged
    assert [len(found) for found in work.taken()] == [3, 4]


def test_the_state_can_lie_elsewhere(raw: Path, work: Work) -> None:
    state = str(raw.parent / "elsewhere" / "state")
    run(raw, state=state)
    work.taken()
    result = run(raw, raw.parent / "other", state=state)
    assert work.taken() == ([], [])
    assert_as_a_full_run(raw, result)
    assert not (raw.parent / "out" / pipeline.STATE).exists()


CHANGES = st.lists(
    st.tuples(st.sampled_from(("write", "write", "remove", "rename")), st.integers(0, 4), st.integers(0, 7)),
    min_size=1,
    max_size=4,
)


def change(folder: Path, kind: str, at: int, other: int) -> None:
    """Change one file of a folder: five names, and texts of which some are the same or have the same address."""
    path = folder / f"{at}.md"
    if kind == "write":
        front = f"---\nurl: https://{'ab'[other % 2]}.example.org/x\n---\n" if other > 5 else ""
        path.write_text(front + TEXTS[other % 4] + TEXTS[at % 2])
    elif kind == "remove" and path.exists():
        path.unlink()
    elif kind == "rename" and path.exists():
        path.rename(folder / f"{other % 5}.md")


@settings(max_examples=8, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.lists(CHANGES, min_size=1, max_size=3))
def test_any_changes_end_as_a_full_run_does(raw: Path, work: Work, steps: list[list[tuple[str, int, int]]]) -> None:
    for kept in (raw, raw.parent / "out"):
        shutil.rmtree(kept, ignore_errors=True)
    raw.mkdir()
    (raw / "rows.jsonl").write_text(json.dumps({"text": SHIPS}) + "\n")
    for step in steps:
        for kind, at, other in step:
            change(raw, kind, at, other)
        assert_as_a_full_run(raw, run(raw))
