"""Rules between clauses: free relatives, small clauses, "there" and "it"."""

from __future__ import annotations

from recipe.clear.tree import Tree
from recipe.words import words

RAISING = words("clear_words", "raising")
RELATIVE_ROLE = {
    "obj": "ccomp",
    "iobj": "ccomp",
    "attr": "ccomp",
    "det": "ccomp",
    "nsubj": "csubj",
    "nsubj:outer": "csubj",
    "nsubj:pass": "csubj:pass",
    "nmod": "acl",
    "obl": "advcl",
    "obl:unmarked": "advcl",
    "advmod": "advcl",
}


def free_relatives(tree: Tree) -> None:
    """Let the verb govern a free relative: "I saw what happened"; in UD "what" does."""
    for pronoun in range(len(tree)):
        if tree.xpos[pronoun] not in ("WP", "WRB", "WDT"):
            continue
        clauses = [k for k in tree.kids(pronoun) if k > pronoun and _is_relative(tree.dep[k])]
        if len(clauses) == 1 and not any(pronoun < k < clauses[0] for k in tree.kids(pronoun)):
            _hand_over(tree, pronoun, clauses[0])


def _is_relative(dep: str) -> bool:
    return dep in ("acl:relcl", "advcl:relcl", "acl")


def _hand_over(tree: Tree, pronoun: int, verb: int) -> None:
    for k in tree.kids(pronoun):
        tree.head[k] = verb if k != verb else tree.head[k]
    tree.head[verb] = tree.head[pronoun]
    tree.dep[verb] = RELATIVE_ROLE.get(tree.dep[pronoun], tree.dep[pronoun])
    inside = tree.kids(verb)
    tree.head[pronoun] = verb
    if tree.xpos[pronoun] == "WRB":
        tree.dep[pronoun] = "advmod"
    elif not _has_subject(tree, inside):
        tree.dep[pronoun] = "nsubj:pass" if tree.has(verb, "aux:pass") else "nsubj"
    else:
        _as_complement(tree, pronoun, verb, inside)


def _has_subject(tree: Tree, kids: list[int]) -> bool:
    infinitive = any(tree.dep[k] == "mark" and tree.lower[k] == "to" for k in kids)
    return infinitive or any(tree.base(k) in ("nsubj", "csubj", "expl") for k in kids)


def _as_complement(tree: Tree, pronoun: int, verb: int, inside: list[int]) -> None:
    bare = [
        k for k in inside if tree.upos[k] == "ADP" and tree.dep[k] in ("obl", "nmod", "advmod") and not tree.kids(k)
    ]
    if bare and not any(tree.dep[k] == "obj" for k in inside):
        tree.attach(pronoun, bare[-1], "pobj")
        tree.dep[bare[-1]] = "prep"
    elif tree.lemma[verb] == "be" and not any(tree.dep[k] in ("attr", "acomp") for k in inside):
        tree.dep[pronoun] = "attr"
    else:
        tree.dep[pronoun] = "obj"


def raised_subjects(tree: Tree) -> None:
    """Make the object of "want" and its like the subject of the clause: "She wants him to go"."""
    for verb in range(len(tree)):
        matrix = tree.head[verb]
        if tree.dep[verb] != "xcomp" or matrix < 0:
            continue
        if any(tree.base(k) == "nsubj" for k in tree.kids(verb)):
            tree.dep[verb] = "ccomp"
        elif tree.is_verb(verb) and tree.lemma[matrix] in RAISING:
            objects = [k for k in tree.kids(matrix) if tree.dep[k] in ("obj", "iobj") and k < verb]
            if objects and objects[-1] > matrix:
                tree.attach(objects[-1], verb, "nsubj:pass" if tree.has(verb, "aux:pass") else "nsubj")
                tree.dep[verb] = "ccomp"


def there_and_it(tree: Tree) -> None:
    """Keep existential "there" as `expl` with an `attr`; make "it" the subject and its clause a complement."""
    for i, head in enumerate(tree.head):
        if tree.dep[i] != "expl" or head < 0:
            continue
        if tree.xpos[i] == "EX" or tree.lower[i] == "there":
            for k in tree.kids(head):
                if tree.dep[k] in ("nsubj", "nsubj:pass") and tree.lemma[head] == "be":
                    tree.dep[k] = "attr"
        else:
            tree.dep[i] = "nsubj:pass" if tree.has(head, "aux:pass") else "nsubj"
            for k in tree.kids(head):
                if tree.base(k) == "csubj":
                    infinitive = any(tree.lower[m] == "to" and tree.dep[m] == "mark" for m in tree.kids(k))
                    tree.dep[k] = "xcomp" if infinitive else "ccomp"
