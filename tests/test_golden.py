"""The golden set: sentences of every kind with what each must give, and floors that only rise."""

from __future__ import annotations

import json
import tomllib
from collections import Counter, defaultdict
from datetime import date

import pytest
from spacy.language import Language

import verify
from tests.conftest import DATA
from tests.golden import count

ROWS = [json.loads(line) for line in (DATA / "golden" / "sentences.jsonl").read_text("utf-8").splitlines()]
FLOORS = tomllib.loads((DATA / "golden" / "floors.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def scores(nlp: Language) -> dict[str, float]:
    """F1 of each kind over all sentences that name it."""
    totals: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in ROWS:
        found = verify.analyze(row["text"], published_at=date.fromisoformat(row["published_at"]), nlp=nlp)
        for kind, counts in count(found, nlp(row["text"]), row["expect"]).items():
            totals[kind] += counts
    return {kind: 200 * c["hit"] / max(1, c["found"] + c["expected"]) for kind, c in totals.items()}


def test_the_set_is_large_and_names_every_kind() -> None:
    assert len(ROWS) >= 150
    assert len({row["text"] for row in ROWS}) == len(ROWS)
    assert {kind for row in ROWS for kind in row["expect"]} == set(FLOORS["f1"])


@pytest.mark.parametrize("kind", sorted(FLOORS["f1"]))
def test_f1_reaches_its_floor(scores: dict[str, float], kind: str) -> None:
    assert scores[kind] >= FLOORS["f1"][kind]
