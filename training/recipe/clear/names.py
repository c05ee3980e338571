"""Rules inside a phrase: negation, money, large numbers, names."""

from __future__ import annotations

from recipe.clear.tree import Tree

NEGATIONS = {"not", "n't", "never", "nt", "'nt"}
CURRENCIES = {"$", "£", "€", "us$", "a$", "c$"}
MAGNITUDES = {"hundred", "thousand", "million", "billion", "trillion", "dozen"}


def negations(tree: Tree) -> None:
    """Label the adverbs not, n't and never `neg`."""
    for i, form in enumerate(tree.lower):
        if form in NEGATIONS and tree.base(i) == "advmod":
            tree.dep[i] = "neg"


def currencies(tree: Tree) -> None:
    """Let the amount govern its sign of currency, which governs it in UD ("$ 5")."""
    for sign in range(len(tree)):
        if tree.xpos[sign] != "$" and tree.lower[sign] not in CURRENCIES:
            continue
        amounts = [
            k
            for k in tree.kids(sign)
            if k > sign and tree.xpos[k] == "CD" and tree.dep[k] in ("nummod", "compound", "dep", "amod")
        ]
        if amounts:
            amount = amounts[-1]
            for k in tree.kids(sign):
                tree.head[k] = amount if k != amount else tree.head[k]
            tree.take_place(amount, sign)
            tree.attach(sign, amount, "quantmod" if tree.lower[amount] in MAGNITUDES else "nmod")


def magnitudes(tree: Tree) -> None:
    """Make a number before "million" and its like a `compound` of it."""
    for i, head in enumerate(tree.head):
        number = tree.dep[i] in ("nummod", "compound", "quantmod") and tree.xpos[i] == "CD"
        if number and head >= 0 and tree.lower[head] in MAGNITUDES:
            tree.dep[i] = "compound"


def flat_names(tree: Tree) -> None:
    """Let the last word of a flat name govern it; in UD the first one does."""
    for i in range(len(tree)):
        parts = [k for k in tree.kids(i) if tree.base(k) == "flat"]
        if parts and parts[-1] > i:
            last = parts[-1]
            for k in tree.kids(i):
                tree.head[k] = last if k != last else tree.head[k]
            tree.take_place(last, i)
            tree.attach(i, last)
            for k in (i, *parts[:-1]):
                tree.dep[k] = "compound"
        else:
            for k in parts:
                tree.dep[k] = "compound"
