"""Rule for copulas: "She is a doctor" has the root "is" in CLEAR, "doctor" in UD."""

from __future__ import annotations

from recipe.clear.tree import Tree
from recipe.words import words

SENTENCE_ADVERBS = words("clear_words", "sentence_adverbs")
WITH_THE_VERB = {"nsubj", "csubj", "expl", "aux", "mark", "discourse", "vocative", "parataxis", "dislocated", "neg"}
OWN_TO_A_NOUN = {"det", "amod", "nummod", "compound", "case"}
COMPLEMENT_OPENERS = {"than", "as", "to", "that"}


def copulas(tree: Tree) -> None:
    """Let each copula govern its predicate and take over what belongs to the clause."""
    for copula in range(len(tree)):
        if tree.dep[copula] == "cop" and tree.head[copula] >= 0:
            _raise(tree, copula, tree.head[copula])
    for i, dep in enumerate(tree.dep):
        if dep == "cop":
            tree.dep[i] = "aux"


def _raise(tree: Tree, copula: int, predicate: int) -> None:
    kids = [k for k in tree.kids(predicate) if k != copula]
    has_case = any(tree.dep[k] == "case" and tree.xpos[k] != "POS" for k in kids)
    if _is_clause(tree, copula, predicate, kids, has_case):
        moved = [k for k in kids if _outside_clause(tree, copula, predicate, k)]
        label = _clause_label(tree, predicate, [k for k in kids if k not in moved])
    else:
        moved = _moved(tree, copula, predicate, kids, has_case)
        label = _predicate_label(tree, predicate, has_case)
    tree.take_place(copula, predicate)
    tree.attach(predicate, copula, label)
    for k in moved:
        tree.head[k] = copula


def _adjectival(tree: Tree, i: int) -> bool:
    return tree.is_adjective(i) or tree.xpos[i] in ("VBN", "VBG")


def _adverbial(tree: Tree, i: int) -> bool:
    return tree.upos[i] == "ADV" or tree.xpos[i] in ("RB", "RBR", "RBS", "WRB")


def _is_clause(tree: Tree, copula: int, predicate: int, kids: list[int], has_case: bool) -> bool:
    """Say whether the predicate is a clause of its own ("The aim is to win")."""
    if not tree.is_verb(predicate):
        return False
    if has_case or not _adjectival(tree, predicate):
        return True
    inner = any(tree.dep[k] in ("mark", "obj", "aux", "nsubj") and k > copula for k in kids)
    return inner and predicate > copula


def _outside_clause(tree: Tree, copula: int, predicate: int, k: int) -> bool:
    outer = tree.dep[k] in ("nsubj:outer", "csubj:outer")
    return k < copula or outer or (tree.dep[k] == "punct" and k > predicate)


def _clause_label(tree: Tree, predicate: int, own: list[int]) -> str:
    infinitive = any(tree.lower[k] == "to" and tree.dep[k] == "mark" for k in own)
    return "xcomp" if infinitive or tree.xpos[predicate] == "VBG" else "ccomp"


def _predicate_label(tree: Tree, predicate: int, has_case: bool) -> str:
    if has_case:
        return "obl"
    if _adjectival(tree, predicate):
        return "acomp"
    return "advmod" if _adverbial(tree, predicate) or tree.xpos[predicate] in ("RP", "IN") else "attr"


def _moved(tree: Tree, copula: int, predicate: int, kids: list[int], has_case: bool) -> list[int]:
    """Choose the dependents of the predicate that belong to the clause."""
    phrase = [k for k in kids if tree.base(k) in OWN_TO_A_NOUN or tree.dep[k] == "nmod:poss"]
    left = min([k for k in phrase if k < predicate] + [predicate])
    adjectival = _adjectival(tree, predicate) and not has_case
    graded = adjectival or (_adverbial(tree, predicate) and not has_case)
    moved = [
        k
        for k in kids
        if tree.base(k) != "cc" and _belongs_to_verb(tree, copula, predicate, k, left, adjectival, graded)
    ]
    for k in kids:
        if tree.base(k) == "cc":
            following = [m for m in kids if tree.dep[m] == "conj" and m > k]
            if not following or following[0] in moved:
                moved.append(k)
    return moved


def _belongs_to_verb(
    tree: Tree, copula: int, predicate: int, k: int, left: int, adjectival: bool, graded: bool
) -> bool:
    base = tree.base(k)
    if base in WITH_THE_VERB or base in ("reparandum", "orphan"):
        return True
    if base == "punct":
        return k < left or k > predicate
    if base == "advmod":
        return not _modifies_predicate(tree, copula, predicate, k, left, graded)
    if base == "advcl":
        return not (adjectival and _completes_adjective(tree, predicate, k))
    if base == "obl":
        return _oblique_of_verb(tree, copula, predicate, k, adjectival)
    if base in ("obj", "iobj"):
        return False
    if base in ("xcomp", "ccomp"):
        return not (adjectival and k > predicate)
    if base == "conj":
        return _starts_clause(tree, predicate, k, adjectival)
    return base in ("nmod", "acl") and k < copula < predicate


def _modifies_predicate(tree: Tree, copula: int, predicate: int, k: int, left: int, graded: bool) -> bool:
    """Say whether an adverb belongs to the predicate: "is very large" against "is now large"."""
    if not graded:
        return left <= k < predicate
    if left - 3 <= k < predicate and tree.lower[k] not in SENTENCE_ADVERBS and not k < copula < predicate:
        return True
    return k > predicate and tree.lower[k] in ("enough", "as")


def _completes_adjective(tree: Tree, predicate: int, k: int) -> bool:
    openers = [m for m in tree.kids(k) if tree.dep[m] in ("mark", "case")]
    far = any(tree.lower[m] == "as" and m > predicate + 6 for m in tree.kids(k))
    return k > predicate and any(tree.lower[m] in COMPLEMENT_OPENERS for m in openers) and not far


def _oblique_of_verb(tree: Tree, copula: int, predicate: int, k: int, adjectival: bool) -> bool:
    if tree.dep[k] == "obl:unmarked":
        return not (adjectival and copula < k < predicate)
    return not adjectival or k < copula


def _starts_clause(tree: Tree, predicate: int, k: int, adjectival: bool) -> bool:
    if any(tree.base(m) in ("nsubj", "cop", "aux", "expl") for m in tree.kids(k)):
        return True
    if tree.is_verb(predicate) or not tree.is_verb(k):
        return False
    return not adjectival or tree.upos[k] == "VERB"
