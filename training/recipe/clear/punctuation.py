"""Rules for punctuation, which CLEAR hangs as high as it can without crossing arcs."""

from __future__ import annotations

from recipe.clear.tree import Tree

FINAL = set(".?!")
INNER = {",", ";", "--", "—", "–", "-", ":"}


def last_punctuation(tree: Tree) -> None:
    """Hang the punctuation that ends the sentence on the root."""
    if tree.head.count(-1) != 1:
        return
    root = tree.head.index(-1)
    ud_root = next(i for i, word in enumerate(tree.words) if word.head < 0)
    i = len(tree) - 1
    while i > 0 and tree.dep[i] == "punct":
        if tree.words[i].head == ud_root or tree.words[i].form in FINAL:
            tree.head[i] = root
        i -= 1


def hyphens(tree: Tree) -> None:
    """Hang a hyphen on the word it leads to where its own head hangs there too ("anti-war movement")."""
    for i in range(1, len(tree)):
        joins = tree.dep[i] == "punct" and tree.xpos[i] == "HYPH" and tree.head[i] == i - 1
        if joins and tree.head[i - 1] > i:
            tree.head[i] = tree.head[i - 1]


def inner_punctuation(tree: Tree) -> None:
    """Raise commas, dashes and colons at the edge of a subtree to where that subtree hangs."""
    for i in range(len(tree)):
        if tree.dep[i] != "punct" or tree.xpos[i] == "HYPH" or tree.words[i].form not in INNER:
            continue
        for _ in range(20):
            above = tree.head[i]
            if above < 0 or tree.head[above] < 0 or i not in tree.edges(above):
                break
            tree.head[i] = tree.head[above]
