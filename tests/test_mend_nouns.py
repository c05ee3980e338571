"""Verbs that a tagger took for nouns, and what stands around them, on fixed parses that have the error."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from verify.extract.propositions.find import find_propositions
from verify.extract.propositions.mend import mend
from verify.extract.propositions.render import read_proposition
from verify.extract.propositions.replacements import Replacements
from verify.extract.propositions.tree import Tree


@pytest.fixture
def read(parse: Callable[[str], Doc]) -> list[str]:
    """All propositions of the sentences, as they are written."""
    doc = parse("claims_nouns")
    tree = mend(Tree(doc))
    return [read_proposition(tree, p, Replacements({}, frozenset())).text for p in find_propositions(doc)]


@pytest.mark.parametrize(
    "proposition",
    [
        "Peru’s rental of painted Chilean boats dodges O.N. local rules",
        "Peru’s rental of painted Chilean boats gives Lima with fresh income",
        "The Andean nation joined Cuba in 2022",
        "Tuvalu leaves the pact",
        "Bolivia signs the lease",
        "Ecuador missed the chance",
        "Exact figures on new low-cost Peruvian wood sales to Chile remain largely unknown",
        "Trade among ports counters rural poverty in a calmer sea",
        "The trend points towards a more modern port",
        "The town watches to see how this small port will change the local fishing trade",
        "The two towns agreed to extend joint work in local road repairs, loan of teachers, bus lines, "
        "and other shared services",
    ],
)
def test_a_verb_taken_for_a_noun_is_read(read: list[str], proposition: str) -> None:
    assert proposition in read


def test_the_clause_above_ends_before_the_time_clause(read: list[str]) -> None:
    assert "Peru scales up its coastal farming with Oslo" in read
