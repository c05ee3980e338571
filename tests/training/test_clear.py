"""Each rule of the UD-to-CLEAR conversion on a tree before and after."""

from __future__ import annotations

import pytest

from recipe.clear import RULES, convert
from recipe.clear.tree import Tree
from recipe.conllu import Word

# A word is FORM/XPOS/head/relation; heads count from 1 and 0 is the root. Lemma and UPOS are guessed below.
UPOS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "EX": "PRON", "DT": "DET", "JJ": "ADJ", "RB": "ADV", "WRB": "ADV", "IN": "ADP", "TO": "PART", "CC": "CCONJ",
    "CD": "NUM", "$": "SYM", ".": "PUNCT", ",": "PUNCT", "HYPH": "PUNCT", "POS": "PART", "MD": "AUX", "RP": "ADP",
}  # fmt: skip
LEMMAS = {"is": "be", "was": "be", "were": "be", "has": "have", "wants": "want", "became": "become", "named": "name"}


def words(text: str) -> list[Word]:
    """Read a tree."""
    out = []
    for item in text.split():
        form, xpos, head, dep = item.rsplit("/", 3)
        upos = "AUX" if dep.startswith(("cop", "aux")) else UPOS.get(xpos, "VERB")
        out.append(Word(form, LEMMAS.get(form.lower(), form.lower()), upos, xpos, "_", int(head) - 1, dep))
    return out


def shown(heads: list[int], deps: list[str]) -> str:
    return " ".join(f"{head + 1}/{dep}" for head, dep in zip(heads, deps, strict=True))


TREES = {
    "negation": (
        "He/PRP/4/nsubj did/VBD/4/aux n't/RB/4/advmod stay/VB/0/root",
        "4/nsubj 4/aux 4/neg 0/ROOT",
    ),
    "amount governs its currency": (
        "It/PRP/2/nsubj cost/VBD/0/root $/$/2/obj 5/CD/3/nummod million/CD/3/nummod",
        "2/nsubj 0/ROOT 5/quantmod 5/compound 2/dobj",
    ),
    "number before a magnitude": (
        "two/CD/2/nummod million/CD/3/nummod voters/NNS/0/root",
        "2/compound 3/nummod 0/ROOT",
    ),
    "last word of a flat name governs": (
        "Anna/NNP/3/nsubj Berg/NNP/1/flat left/VBD/0/root",
        "2/compound 3/nsubj 0/ROOT",
    ),
    "copula with a noun": (
        "She/PRP/4/nsubj is/VBZ/4/cop a/DT/4/det judge/NN/0/root ././4/punct",
        "2/nsubj 0/ROOT 4/det 2/attr 2/punct",
    ),
    "copula with an adjective that keeps its adverb": (
        "It/PRP/4/nsubj is/VBZ/4/cop very/RB/4/advmod cold/JJ/0/root",
        "2/nsubj 0/ROOT 4/advmod 2/acomp",
    ),
    "copula takes a sentence adverb": (
        "It/PRP/4/nsubj is/VBZ/4/cop now/RB/4/advmod cold/JJ/0/root",
        "2/nsubj 0/ROOT 2/advmod 2/acomp",
    ),
    "copula with a preposition": (
        "They/PRP/4/nsubj were/VBD/4/cop in/IN/4/case Rome/NNP/0/root",
        "2/nsubj 0/ROOT 2/prep 3/pobj",
    ),
    "copula with a clause": (
        "The/DT/2/det aim/NN/5/nsubj:outer is/VBZ/5/cop to/TO/5/mark win/VB/0/root",
        "2/det 3/nsubj 0/ROOT 5/aux 3/xcomp",
    ),
    "free relative as object": (
        "I/PRP/2/nsubj saw/VBD/0/root what/WP/2/obj happened/VBD/3/acl:relcl",
        "2/nsubj 0/ROOT 4/nsubj 2/ccomp",
    ),
    "object of want is a subject": (
        "She/PRP/2/nsubj wants/VBZ/0/root him/PRP/2/obj to/TO/5/mark go/VB/2/xcomp",
        "2/nsubj 0/ROOT 5/nsubj 5/aux 2/ccomp",
    ),
    "existential there": (
        "There/EX/2/expl is/VBZ/0/root a/DT/4/det plan/NN/2/nsubj",
        "2/expl 0/ROOT 4/det 2/attr",
    ),
    "it with a clause": (
        "It/PRP/3/expl is/VBZ/3/cop clear/JJ/0/root that/IN/6/mark he/PRP/6/nsubj lied/VBD/3/csubj",
        "2/nsubj 0/ROOT 2/acomp 6/mark 6/nsubj 2/ccomp",
    ),
    "conjuncts in a chain": (
        "ships/NNS/0/root ,/,/3/punct planes/NNS/1/conj and/CC/5/cc tanks/NNS/1/conj",
        "0/ROOT 1/punct 1/conj 3/cc 3/conj",
    ),
    "preposition governs": (
        "talks/NNS/0/root with/IN/3/case Oman/NNP/1/nmod",
        "0/ROOT 1/prep 2/pobj",
    ),
    "agent of a passive": (
        "It/PRP/3/nsubj:pass was/VBD/3/aux:pass hit/VBN/0/root by/IN/5/case rebels/NNS/3/obl",
        "3/nsubjpass 3/auxpass 0/ROOT 3/agent 4/pobj",
    ),
    "such as": (
        "states/NNS/0/root such/JJ/4/case as/IN/2/fixed Oman/NNP/1/nmod",
        "0/ROOT 3/amod 1/prep 3/pobj",
    ),
    "postposition ago": (
        "He/PRP/2/nsubj left/VBD/0/root years/NNS/2/obl ago/IN/3/case",
        "2/nsubj 0/ROOT 4/npadvmod 2/advmod",
    ),
    "gerund after a preposition": (
        "He/PRP/2/nsubj left/VBD/0/root without/IN/4/mark paying/VBG/2/advcl",
        "2/nsubj 0/ROOT 2/prep 3/pcomp",
    ),
    "finite clause keeps its mark": (
        "He/PRP/2/nsubj left/VBD/0/root because/IN/5/mark it/PRP/5/nsubj rained/VBD/2/advcl",
        "2/nsubj 0/ROOT 5/mark 5/nsubj 2/advcl",
    ),
    "as well as": (
        "ships/NNS/0/root as/RB/5/cc well/RB/2/fixed as/IN/2/fixed tanks/NNS/1/conj",
        "0/ROOT 3/advmod 4/advmod 1/cc 1/conj",
    ),
    "indirect object, particle and possessive": (
        "He/PRP/2/nsubj handed/VBD/0/root over/RP/2/compound:prt her/PRP$/5/nmod:poss keys/NNS/2/obj",
        "2/nsubj 0/ROOT 2/prt 5/poss 2/dobj",
    ),
    "last punctuation hangs on the root": (
        "He/PRP/2/nsubj said/VBD/0/root it/PRP/4/nsubj rained/VBD/2/ccomp ././4/punct",
        "2/nsubj 0/ROOT 4/nsubj 2/ccomp 2/punct",
    ),
    "hyphen hangs on the word it leads to": (
        "anti/AFX/3/amod -/HYPH/1/punct war/NN/0/root",
        "3/amod 3/punct 0/ROOT",
    ),
    "comma at the edge of a clause rises": (
        "If/IN/3/mark he/PRP/3/nsubj leaves/VBZ/6/advcl ,/,/3/punct we/PRP/6/nsubj win/VBP/0/root",
        "3/mark 3/nsubj 6/advcl 6/punct 6/nsubj 0/ROOT",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TREES)
def test_tree_before_and_after(name: str) -> None:
    before, after = TREES[name]
    result = convert(words(before))
    assert result is not None
    assert shown(*result) == after


def test_conversion_leaves_the_treebank_as_it_was() -> None:
    tree = words(TREES["copula with a noun"][0])
    before = [(word.head, word.dep) for word in tree]
    convert(tree)
    assert [(word.head, word.dep) for word in tree] == before


def test_every_rule_has_a_tree_that_it_changes() -> None:
    changed = set()
    for before, _ in TREES.values():
        tree = Tree(words(before))
        for rule in RULES:
            state = (list(tree.head), list(tree.dep))
            rule(tree)
            if (tree.head, tree.dep) != state:
                changed.add(rule.__name__)
    assert changed == {rule.__name__ for rule in RULES}


def test_a_cycle_is_not_a_tree() -> None:
    tree = Tree(words("a/NN/2/dep b/NN/1/dep c/NN/0/root"))
    assert not tree.is_tree()


def test_two_roots_are_not_a_tree() -> None:
    assert convert(words("a/NN/0/root b/NN/0/root")) is None
