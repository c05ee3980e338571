"""Clauses that only carry another: "it is likely that Norway sold it" says no more than how likely the sale is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.propositions.record import Proposition

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree

_CLAUSES = frozenset({"ccomp", "csubj", "relcl", "advcl"})
_LIKELIHOODS = frozenset({"chance", "odds", "likelihood", "probability", "possibility", "prospect", "doubt"})
_OPEN = "Uu"


def without_carriers(tree: Tree, found: Sequence[Proposition]) -> list[Proposition]:
    """Leave out what only carries a clause that is a proposition too: its likelihood or truth, or its focus.

    "It is true that A", "there is a chance that A" and "it is Norway that did A" go, and A keeps the hedge and the
    rating. "It is vital that A" stays: it judges.

    Args:
        tree: The parse.
        found: The propositions of a document.
    """
    heads = {p.head for p in found}
    return [p for p in found if not _only_carries(tree, p, heads)]


def _only_carries(tree: Tree, proposition: Proposition, heads: set[int]) -> bool:
    head = proposition.head
    is_expletive = any(tree.deps[t] == "expl" for t in proposition.predicate) or _is_it(tree, proposition)
    if tree.lemmas[head] != "be" or not is_expletive:
        return False
    for word in tree.those(head, "acomp", "attr", "oprd"):
        carried = [c for owner in (head, word) for c in tree.those(owner, *_CLAUSES) if c in heads and c > word]
        is_name = tree.tags[word].startswith("NNP") and _is_it(tree, proposition)
        if any(is_name or tree.deps[c] != "relcl" for c in carried) and (is_name or tree.lemmas[word] in _rating()):
            return True
    return False


def _is_it(tree: Tree, proposition: Proposition) -> bool:
    return len(proposition.subject) == 1 and tree.lower[proposition.subject[0]] == "it"


@cache
def _rating() -> frozenset[str]:
    """Adjectives and nouns that say how certain a clause is; "there is no evidence that" is a claim by itself."""
    rows = (row for row in lexicon.load("signatures") if row["frame"] == "that" and row["pos"] == "ADJ")
    return _LIKELIHOODS | {row["lemma"] for row in rows if row["affirmed"] != _OPEN}
