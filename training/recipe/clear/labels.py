"""The last rule on labels: what is still named as in UD gets its CLEAR name."""

from __future__ import annotations

from recipe.clear.names import NEGATIONS
from recipe.clear.tree import Tree
from recipe.words import words

RENAMED = {
    "obj": "dobj",
    "iobj": "dative",
    "aux:pass": "auxpass",
    "compound:prt": "prt",
    "nmod:poss": "poss",
    "acl:relcl": "relcl",
    "advcl:relcl": "relcl",
    "det:predet": "predet",
    "cc:preconj": "preconj",
}
RENAMED_BASE = {"aux": "aux", "compound": "compound", "acl": "acl", "discourse": "intj", "vocative": "npadvmod"}
KEPT = words("clear_words", "kept_labels")
UNMARKED = {"nmod:unmarked", "obl:unmarked", "nmod:tmod", "nmod:npmod"}


def rename(tree: Tree) -> None:
    """Rename every relation; one that CLEAR has no name for becomes `dep`."""
    labels = ["ROOT" if tree.head[i] < 0 else _label(tree, i, tree.head[i]) for i in range(len(tree))]
    tree.dep = labels


def _label(tree: Tree, i: int, head: int) -> str:
    dep, base = tree.dep[i], tree.base(i)
    if dep in RENAMED:
        return RENAMED[dep]
    if base in ("nsubj", "csubj"):
        return base + "pass" if dep.endswith(":pass") else base
    if base in RENAMED_BASE:
        return RENAMED_BASE[base]
    if base in ("nmod", "obl"):
        return _nominal(tree, i, head)
    if base == "advmod":
        return _adverb(tree, i, head)
    if base == "det":
        return _determiner(tree, i)
    if base == "xcomp":
        return _open_complement(tree, i, head)
    return base if base in KEPT else "dep"


def _nominal(tree: Tree, i: int, head: int) -> str:
    if tree.dep[i] == "nmod:desc":
        return "compound" if i < head else "appos"
    if tree.xpos[i] in ("PRP$", "WP$"):
        return "poss"
    if tree.xpos[i] == "CD" and tree.xpos[head].startswith("NNP"):
        return "nummod"
    if tree.dep[i] in UNMARKED or tree.base(i) == "obl":
        return "prep" if tree.upos[i] == "ADP" else "npadvmod"
    return "compound" if i < head and tree.xpos[i].startswith("NN") else "nmod"


def _adverb(tree: Tree, i: int, head: int) -> str:
    if tree.lower[i] in NEGATIONS:
        return "neg"
    if tree.xpos[i] == "RP":
        return "prt" if tree.is_verb(head) else "advmod"
    return "quantmod" if tree.xpos[i] == "IN" and tree.xpos[head] == "CD" else "advmod"


def _determiner(tree: Tree, i: int) -> str:
    if tree.xpos[i] in ("PRP$", "WP$"):
        return "poss"
    return "predet" if tree.xpos[i] == "PDT" else "det"


def _open_complement(tree: Tree, i: int, head: int) -> str:
    """Name a small clause: a verb, an adverb, what an object is made to be, or what the subject becomes."""
    if tree.is_verb(i):
        return "xcomp"
    if tree.upos[i] == "ADV" or tree.xpos[i].startswith("RB"):
        return "advmod"
    if tree.has(head, "obj"):
        return "oprd"
    if tree.is_adjective(i) or tree.xpos[i] == "VBN":
        return "oprd" if tree.lemma[head] in ("seem", "appear", "prove") else "acomp"
    return "attr" if tree.lemma[head] in ("become", "remain", "be", "stay") else "oprd"
