"""Rule for coordination."""

from __future__ import annotations

from recipe.clear.tree import Tree


def conjunct_chains(tree: Tree) -> None:
    """Hang each conjunct on the one before it, and conjunctions and commas on the conjunct they follow.

    In UD all conjuncts hang on the first one and the conjunction on the conjunct it precedes.
    """
    for first in range(len(tree)):
        previous = first
        later = [k for k in tree.kids(first) if tree.dep[k] == "conj" and k > first]
        conjunctions = [k for k in tree.kids(first) if tree.dep[k] == "cc"]
        for conjunct in later:
            _hand_back(tree, conjunct, previous)
            for k in conjunctions:
                if previous < k < conjunct:
                    tree.head[k] = previous
            tree.head[conjunct] = previous
            previous = conjunct


def _hand_back(tree: Tree, conjunct: int, previous: int) -> None:
    opening = True
    for k in tree.kids(conjunct):
        if k > conjunct:
            break
        if tree.dep[k] == "cc" or (tree.dep[k] == "punct" and opening):
            tree.head[k] = previous
        elif tree.dep[k] != "punct":
            opening = False
