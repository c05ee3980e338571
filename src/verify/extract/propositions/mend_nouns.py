"""Mend verbs that were taken for nouns, where what hangs on them is what only a verb can have.

A noun has no object of its own, a verb no compound before it, and nothing that carries tense opens with "to"
(Quirk et al. 1985, chapters 2, 14 and 17).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract.propositions.subjects import SUBJECTS, is_finite, subjects_of

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree

_BEFORE = frozenset({"before", "after", "since", "until"})
_INSIDE = ("det", "amod", "poss", "nummod", "compound", "nmod")


def free_object(tree: Tree, index: int) -> None:
    """Read a noun with an object as a verb: "a sea where trade among ports counters poverty"."""
    noun = _compound_before(tree, index)
    if noun is None or tree.child(index, "dobj") is None or tree.those(index, *SUBJECTS):
        return
    tree.make_verb(index, "VBZ")
    _give_subject(tree, index, noun)
    if tree.deps[index] == "appos" and any(tree.tags[c] == "WRB" for c in tree.children[index]):
        tree.relabel(index, "relcl")


def find_main_verb(tree: Tree, index: int) -> None:
    """Read a plural right before another noun phrase as the verb of a sentence that has none.

    In "Peru's purchase of oil bypasses the banks" the banks stand beside the bypasses without a comma, and nothing else
    says what the purchase does.
    """
    object_ = next((c for c in tree.those(index, "appos") if tree.left_edge(c) == index + 1), None)
    preposition, noun = tree.heads[index], index - 1
    root = tree.heads[preposition]
    is_inside = tree.deps[index] == "pobj" and tree.deps[root] == "ROOT" and tree.is_noun(root) and root < preposition
    if object_ is None or not is_inside or tree.deps[noun] != "compound" or tree.heads[noun] != index:
        return
    if any(tree.is_verb(t) and tree.deps[t] != "amod" and is_finite(tree, t) for t in tree.subtree(root)):
        return
    tree.make_verb(index, "VBZ")
    later = [c for c in tree.children[root] if c > index]
    for child in [c for c in tree.children[index] if c < noun]:
        tree.rehang(child, noun, tree.deps[child])
    tree.raise_to_root(index)
    tree.rehang(noun, preposition, "pobj")
    tree.rehang(root, index, "nsubj")
    tree.rehang(object_, index, "dobj")
    for child in later:
        tree.rehang(child, index, "advcl" if tree.deps[child] == "acl" else tree.deps[child])


def free_infinitive(tree: Tree, index: int) -> None:
    """Read a noun that has a subject, before a main verb that is an infinitive, as that verb: "Peru watches to see"."""
    verb = tree.heads[index]
    own = subjects_of(tree, index)
    is_infinitive = tree.tags[verb] == "VB" and index + 1 < verb and tree.tags[index + 1] == "TO"
    if tree.deps[index] not in SUBJECTS or not own or not is_infinitive or tree.heads[index + 1] != verb:
        return
    above, dep = tree.heads[verb], tree.deps[verb]
    tree.make_verb(index, "VBZ")
    if above == verb:
        tree.raise_to_root(index)
    else:
        tree.rehang(index, above, dep)
    for child in [c for c in tree.children[verb] if c < index]:
        tree.rehang(child, index, tree.deps[child])
    tree.rehang(verb, index, "xcomp")


def take_subject(tree: Tree, index: int) -> None:
    """Give a finite verb the noun that was read as a compound before it: "the trend points down"."""
    noun = _compound_before(tree, index)
    if noun is not None and not subjects_of(tree, index) and not tree.those(index, "aux", "auxpass"):
        _give_subject(tree, index, noun)


def open_time(tree: Tree, index: int) -> None:
    """Read "before" over a noun with a finite verb as the opening of its clause: "before the country joined Peru"."""
    noun = next((t for t in range(index - 1, max(-1, index - 3), -1) if tree.deps[t] == "pobj"), None)
    mark = tree.heads[noun] if noun is not None else index
    if noun is None or subjects_of(tree, index) or tree.those(index, "aux", "auxpass", "cc") or mark > noun:
        return
    is_opening = tree.lower[mark] in _BEFORE and max(tree.subtree(noun)) + 1 == index and tree.tags[index] == "VBD"
    above = tree.heads[mark]
    if not is_opening or tree.deps[index] != "advcl" or above == index or above in tree.subtree(noun):
        return
    for child in [c for c in tree.children[index] if c < mark]:
        tree.rehang(child, tree.heads[index], tree.deps[child])
    tree.rehang(index, above, "advcl")
    tree.rehang(noun, index, "nsubj")
    tree.rehang(mark, index, "mark")


def close_subject(tree: Tree, index: int) -> None:
    """Read "to" before a noun and a finite verb as part of the subject: "details on exports to Peru remain few"."""
    to = next((c for c in tree.those(index, "mark") if tree.lower[c] == "to"), None)
    inner, noun = next(iter(subjects_of(tree, index)), None), tree.heads[index]
    if to is None or inner is None or to > inner or not is_finite(tree, index) or not tree.is_noun(noun):
        return
    above, dep = tree.heads[noun], tree.deps[noun]
    subject = next(iter(subjects_of(tree, noun)), None)
    if above == noun or noun + 1 != to:
        return
    tree.rehang(index, above, dep)
    for child in [c for c in tree.children[noun] if tree.deps[c] in {"mark", "advmod"}]:
        tree.rehang(child, index, tree.deps[child])
    tree.rehang(subject if subject is not None else noun, index, "nsubj")
    if subject is not None:
        tree.rehang(noun, noun - 1, "nmod")
    tree.rehang(to, noun, "prep")
    tree.rehang(inner, to, "pobj")


def _compound_before(tree: Tree, index: int) -> int | None:
    """The noun before a word that was read as one name with it, however far off what hangs on that noun reaches."""
    found = [c for c in tree.those(index, "compound", "nmod") if c < index and tree.is_noun(c)]
    if not found or max(tree.subtree(found[-1])) + 1 != index:
        return None
    return found[-1]


def _give_subject(tree: Tree, verb: int, noun: int) -> None:
    for child in [c for c in tree.those(verb, *_INSIDE) if c < noun]:
        tree.rehang(child, noun, tree.deps[child])
    tree.rehang(noun, verb, "nsubj")
