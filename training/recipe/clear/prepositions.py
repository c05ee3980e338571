"""Rules for prepositions, complementizers and fixed expressions, which UD hangs below what they introduce."""

from __future__ import annotations

from recipe.clear.tree import Tree
from recipe.words import words

ALWAYS_PREPOSITION = words("clear_words", "always_preposition")
BEFORE_A_GERUND = words("clear_words", "before_a_gerund")
POSSESSIVES = {"'s", "'", "’"}
CONJUNCTION_LIKE = words("clear_words", "conjunction_like")
COORDINATING = {"as well as", "as opposed to", "rather than"}
COMPARING = {"more than", "less than", "fewer than", "up to", "as many", "as much as"}
SET_PHRASES = words("clear_words", "set_phrases")
NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "DET", "ADJ", "PUNCT", "PART", "INTJ", "ADP", "SCONJ", "CCONJ"}


def _fixed_group(tree: Tree, first: int) -> list[int]:
    return [first, *(k for k in tree.kids(first) if tree.dep[k] == "fixed")]


def _phrase(tree: Tree, group: list[int]) -> str:
    return " ".join(tree.lower[k] for k in group)


def _is_possessive(tree: Tree, i: int) -> bool:
    return tree.xpos[i] == "POS" or tree.lower[i] in POSSESSIVES


def prepositions(tree: Tree) -> None:
    """Let prepositions govern their nouns, and postpositions such as "ago" too."""
    for noun in range(len(tree)):
        cases = [k for k in tree.kids(noun) if tree.dep[k] == "case" and not _is_possessive(tree, k)]
        before = [k for k in cases if k < noun]
        if before:
            _govern(tree, noun, before)
        elif cases:
            _postposition(tree, noun, cases[-1])
    for i, dep in enumerate(tree.dep):
        if dep == "case" and not _is_possessive(tree, i):
            tree.dep[i] = "prep"


def _postposition(tree: Tree, noun: int, word: int) -> None:
    head, dep = tree.head[noun], tree.dep[noun]
    label = "conj" if dep == "conj" and tree.lower[word] != "ago" else "advmod"
    tree.attach(word, head, label)
    tree.attach(noun, word, "npadvmod")
    if head < 0:
        for k in tree.kids(noun):
            if tree.dep[k] == "punct":
                tree.head[k] = word


def _govern(tree: Tree, noun: int, cases: list[int]) -> None:
    """Hang the noun below its prepositions, and these where the noun hung."""
    head, dep = tree.head[noun], tree.dep[noun]
    others = [k for k in tree.kids(noun) if k not in cases]
    chain = [link for case in cases for link in _links(tree, case)]
    first, first_label = chain[0]
    label = _attachment(tree, first, first_label, dep, head)
    if dep == "conj" and head >= 0 and tree.dep[head] in ("pobj", "pcomp") and 0 <= tree.head[head] < first:
        head = _beside_preposition(tree, head, first)
    tree.attach(first, head, label)
    previous = first
    for word, link in chain[1:]:
        tree.attach(word, previous, link)
        previous = word
    tree.attach(noun, previous, _object_label(tree, noun))
    for k in others:
        if _goes_with_preposition(tree, k, first, noun, head):
            tree.head[k] = first


def _links(tree: Tree, case: int) -> list[tuple[int, str]]:
    group = _fixed_group(tree, case)
    words = _phrase(tree, group)
    if words == "such as":
        tree.attach(group[0], group[1], "amod")
        return [(group[1], "prep")]
    if len(group) == 1:
        return [(case, "prep")]
    first = "advmod" if tree.lower[case] == "instead" else "prep"
    rest = "pcomp" if words in ("because of", "due to") else "prep"
    return [(case, first), *((k, rest) for k in group[1:])]


def _attachment(tree: Tree, first: int, label: str, dep: str, head: int) -> str:
    by_phrase = tree.lower[first] == "by" and dep in ("obl", "nmod") and head >= 0 and _is_passive(tree, head)
    if dep == "obl:agent" or by_phrase:
        return "agent"
    if dep == "conj":
        return "conj"
    return "root" if head < 0 else label


def _is_passive(tree: Tree, verb: int) -> bool:
    if tree.has(verb, "aux:pass", "nsubj:pass", "csubj:pass"):
        return True
    perfect = any(tree.dep[k] == "aux" and tree.lemma[k] == "have" for k in tree.kids(verb))
    reduced = tree.dep[verb] in ("acl", "acl:relcl", "amod", "advcl", "xcomp", "conj")
    return tree.xpos[verb] == "VBN" and reduced and not perfect


def _beside_preposition(tree: Tree, head: int, first: int) -> int:
    """Coordinate two prepositional phrases at their prepositions: "in France and in Spain"."""
    preposition = tree.head[head]
    while _inside_compound_preposition(tree, preposition):
        preposition = tree.head[preposition]
    for k in tree.kids(head):
        if head < k < first and tree.dep[k] in ("cc", "punct"):
            tree.head[k] = preposition
    return preposition


def _inside_compound_preposition(tree: Tree, i: int) -> bool:
    above = tree.head[i]
    return (
        tree.dep[i] in ("prep", "pcomp")
        and above >= 0
        and above == i - 1
        and tree.xpos[above] == "IN"
        and tree.upos[above] in ("ADP", "SCONJ", "VERB")
    )


def _object_label(tree: Tree, noun: int) -> str:
    nominalized = tree.xpos[noun] in ("VBN", "VBG") and tree.has(noun, "det")
    clause = tree.is_verb(noun) and tree.dep[noun] != "attr" and not nominalized
    return "pcomp" if clause or tree.upos[noun] == "ADV" else "pobj"


def _goes_with_preposition(tree: Tree, k: int, first: int, noun: int, head: int) -> bool:
    if k < first and tree.dep[k] in ("advmod", "punct", "cc", "neg", "discourse"):
        return True
    if head >= 0:
        return False
    if k > noun and tree.dep[k] == "punct":
        return True
    clausal = tree.base(k) in ("nsubj", "parataxis", "advcl", "discourse", "vocative")
    return clausal and not tree.is_verb(noun)


def markers(tree: Tree) -> None:
    """Make "to" an auxiliary, and what introduces a gerund a preposition; other complementizers stay marks."""
    for verb in range(len(tree)):
        for mark in [k for k in tree.kids(verb) if tree.dep[k] == "mark"]:
            if _is_infinitive_to(tree, mark):
                tree.dep[mark] = "aux"
            elif _introduces_gerund(tree, mark, verb):
                _govern(tree, verb, [mark])
            else:
                _spread_marker(tree, mark, verb)


def _is_infinitive_to(tree: Tree, i: int) -> bool:
    if tree.lower[i] == "to":
        return tree.xpos[i] == "TO" or tree.upos[i] == "PART"
    return tree.lower[i] == "na" and tree.xpos[i] == "TO"


def _introduces_gerund(tree: Tree, mark: int, verb: int) -> bool:
    kids = tree.kids(verb)
    infinitive = any(tree.lower[k] == "to" and tree.dep[k] in ("mark", "aux") and tree.xpos[k] == "TO" for k in kids)
    if mark > verb or infinitive:
        return False
    finite = any(tree.dep[k] == "aux" and tree.xpos[k] in ("VBZ", "VBP", "VBD", "MD") for k in kids)
    gerund = tree.xpos[verb] == "VBG" and not finite
    if tree.lower[mark] == "in":
        return gerund and len(_fixed_group(tree, mark)) == 1
    return tree.lower[mark] in ALWAYS_PREPOSITION or (gerund and tree.lower[mark] in BEFORE_A_GERUND)


def _spread_marker(tree: Tree, mark: int, verb: int) -> None:
    group = _fixed_group(tree, mark)
    plain = _phrase(tree, group) in CONJUNCTION_LIKE
    for k in group[1:]:
        tree.attach(k, verb, "advmod" if tree.xpos[k].startswith("RB") and not plain else "mark")


def fixed_expressions(tree: Tree) -> None:
    """Give the words of a fixed expression that no other rule reached a head and a label of their own."""
    for i in range(len(tree)):
        if tree.dep[i] != "fixed":
            continue
        first = tree.head[i]
        group = _fixed_group(tree, first)
        words = _phrase(tree, group)
        above = tree.head[first]
        if words in COORDINATING and tree.dep[first] == "cc":
            _coordinating(tree, group)
        elif words in COMPARING and above >= 0 and tree.xpos[above] == "CD":
            tree.dep[first] = "amod" if tree.lower[first] in ("more", "less", "fewer") else "quantmod"
            tree.attach(i, above, "quantmod")
        elif words in SET_PHRASES:
            tree.dep[i] = "advmod" if tree.xpos[i].startswith(("RB", "JJ")) else "pobj"
            if tree.dep[i] == "pobj" and tree.dep[first] == "advmod":
                tree.dep[first] = "prep"
        else:
            tree.dep[i] = _fixed_label(tree, i, first)


def _coordinating(tree: Tree, group: list[int]) -> None:
    last, middle = group[-1], group[-2]
    tree.attach(last, tree.head[group[0]], "cc")
    tree.attach(middle, last, "advmod")
    if len(group) == 3:
        tree.attach(group[0], group[1], "advmod")


def _fixed_label(tree: Tree, i: int, first: int) -> str:
    xpos = tree.xpos[i]
    if tree.dep[first] in ("advmod", "mark", "cc"):
        return "advmod" if xpos.startswith("RB") else ("prep" if xpos == "IN" else "dep")
    if xpos in ("IN", "TO"):
        return "prep"
    if xpos.startswith("RB"):
        return "advmod"
    return "pobj" if tree.upos[first] == "ADP" and tree.upos[i] in NOMINAL else "dep"
