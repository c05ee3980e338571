"""Mend what parsers often get wrong where the words around it leave one reading only.

Each rule looks for a structure that English grammar rules out (a preposition without an object, a main verb that is a
bare participle, an infinitive without "to" beside a verb in the present) and hangs the words where they can stand.
The terms are those of Quirk et al. (1985), chapters 9, 13 and 17.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract.propositions.mend_complements import (
    complete_likelihood,
    complete_noun,
    describe_subject,
    free_neither,
    open_clause,
)
from verify.extract.propositions.mend_nouns import (
    close_subject,
    find_main_verb,
    free_infinitive,
    free_object,
    open_time,
    take_subject,
)
from verify.extract.propositions.subjects import SUBJECTS, is_finite, subjects_of
from verify.extract.propositions.tree import DETACHING
from verify.extract.propositions.verbs import is_participle_only

if TYPE_CHECKING:
    from collections.abc import Callable

    from verify.extract.propositions.tree import Tree

_ALONE = frozenset({"beyond", "elsewhere", "abroad", "above", "below"})  # adverbs that stand for a place after "and"
_QUANTIFIERS = frozenset({"all", "both", "each"})
_SHORTEST = 2  # words before a quantifier that can stand behind a noun and a comma
_CLAUSES = frozenset({"parataxis", "advcl", "relcl", "acl", "ccomp"})


def mend(tree: Tree) -> Tree:
    """Mend a parse in place and return it.

    Args:
        tree: The parse.
    """
    for index, tag in enumerate(tree.tags):
        for rule in _RULES.get(tag, ()):
            rule(tree, index)
    return tree


def _share_infinitive(tree: Tree, index: int) -> None:
    """Coordinate a bare infinitive with the one before it: "is expected to cut taxes, raise pay and build roads"."""
    above = tree.heads[index]
    is_bare = tree.deps[index] == "conj" and not tree.those(index, "aux", *SUBJECTS) and tree.is_verb(above)
    if not is_bare or tree.tags[above] == "VB" or _opens_infinitive(tree, above):
        return
    inside = tree.subtree(above)
    before = (t for t in range(index - 1, above, -1) if t in inside and tree.tags[t] == "VB" and tree.is_verb(t))
    first = next((t for t in before if _opens_infinitive(tree, t)), None)
    if first is not None:
        tree.rehang(index, first, "conj")


def _opens_infinitive(tree: Tree, verb: int) -> bool:
    """Whether "to", a modal or "do" stands before a verb."""
    return any(tree.tags[c] in {"MD", "TO"} or tree.lemmas[c] == "do" for c in tree.those(verb, "aux"))


def _share_preposition(tree: Tree, index: int) -> None:
    """Coordinate with a name what is said to be its own: "a threat to Peru and its allies"."""
    noun = tree.heads[index]
    above = tree.heads[noun]
    owner = index - 2
    is_pair = tree.deps[index] == "poss" and tree.deps[noun] == "conj" and owner > above
    if not is_pair or tree.lower[index - 1] != "and" or not tree.tags[owner].startswith("NNP"):
        return
    if tree.deps[owner] == "pobj" and owner in tree.subtree(above) and noun not in tree.subtree(owner):
        tree.rehang(index - 1, owner, "cc")
        tree.rehang(noun, owner, "conj")


def _join_adjective(tree: Tree, index: int) -> None:
    """Hang an adjective with its article on the subject right behind it: "a stronger Chile"."""
    noun = index + 1
    if tree.deps[index] in {"amod", "compound", "ROOT"} or noun >= len(tree.words) or not tree.is_noun(noun):
        return
    article = tree.child(index, "det")
    if article is not None and tree.heads[noun] == tree.heads[index] and tree.deps[noun] in SUBJECTS:
        tree.rehang(index, noun, "amod")
        tree.rehang(article, noun, "det")


def _fill_preposition(tree: Tree, index: int) -> None:
    """Give a preposition that opens a clause the noun behind it, where another noun is left to be the subject.

    In "In a field outside the town, a group of men work", not the field but the group works.
    """
    verb = tree.heads[index]
    if tree.deps[index] != "prep" or tree.children[index] or not tree.is_verb(verb) or index > verb:
        return
    noun = next((s for s in tree.those(verb, *SUBJECTS) if s < verb and tree.left_edge(s) == index + 1), None)
    other = None if noun is None else _last_apposition(tree, noun, verb)
    if noun is not None and other is not None:
        tree.rehang(other, verb, tree.deps[noun])
        tree.rehang(noun, index, "pobj")


def _find_subject(tree: Tree, index: int) -> None:
    """Give a finite verb without a subject what was read as an apposition: "For Peru, a strong Chile matters"."""
    if tree.deps[index] not in {"ROOT", "ccomp"} or subjects_of(tree, index) or tree.those(index, "expl", "csubj"):
        return
    first = min([index, *tree.those(index, "aux", "auxpass")])
    participles = [c for c in tree.those(index, "advcl") if c < first and tree.tags[c] == "VBN"]
    front = sorted(p for verb in (index, *participles) for p in tree.those(verb, "prep") if p < min(verb, first))
    noun = tree.child(front[-1], "pobj") if front else None
    other = None if noun is None else _last_apposition(tree, noun, index)
    if other is None or not is_finite(tree, index):
        return
    owner = tree.heads[front[-1]]
    tree.rehang(other, index, "nsubj")
    if owner != index:  # "For Peru, a strong Chile, backed by loans, matters"
        tree.rehang(front[-1], index, "prep")
        tree.rehang(owner, other, "acl")


def _last_apposition(tree: Tree, noun: int, verb: int) -> int | None:
    """The last noun phrase with an article that a comma parts from a noun before a verb."""
    inside = tree.subtree(noun)
    found = [t for t in inside if t < verb and tree.deps[t] == "appos" and tree.child(t, "det") is not None]
    return next((t for t in sorted(found, reverse=True) if tree.is_detached(t) and not tree.is_listed(t)), None)


def _demote_participle(tree: Tree, index: int) -> None:
    """Make the finite verb the main one: in "such drills, often held at sea, show trust" it is "show"."""
    own = subjects_of(tree, index)
    if (
        not own
        or own[-1] > index
        or tree.those(index, "aux", "auxpass", "dobj", "cc")
        or not _is_participle(tree, index)
    ):
        return
    main = next((c for c in tree.those(index, "conj") if c > index and not _opens_infinitive(tree, c)), None)
    is_main = main is not None and (is_finite(tree, main) or tree.tags[main] == "VB")
    if main is None or not is_main or subjects_of(tree, main) or tree.those(main, "cc"):
        return
    _promote(tree, index, main)
    subject = own[-1]
    for child in [c for c in tree.children[index] if c < subject]:
        tree.rehang(child, main, tree.deps[child])
    tree.rehang(subject, main, "nsubj")
    tree.rehang(index, subject, "acl")


def _is_participle(tree: Tree, index: int) -> bool:
    """A form that can be no past tense, or a participle set off from its subject."""
    opening = _opening(tree, index)
    is_one_piece = not any(tree.words[t] in DETACHING for t in range(opening, index))
    return is_participle_only(tree.lower[index]) or (is_one_piece and tree.words[opening - 1] in DETACHING)


def _opening(tree: Tree, index: int) -> int:
    """The first word of a verb with its adverbs, behind its subject."""
    subject = subjects_of(tree, index)[-1]
    return min([index, *(c for c in tree.those(index, "advmod") if c > subject)])


def _promote_finite(tree: Tree, index: int) -> None:
    """Make a finite verb inside the subject the main one, where that is a bare participle behind a comma.

    In "Trade with Peru after the war has been slow, providing few jobs" it is the trade that has been slow.
    """
    own = subjects_of(tree, index)
    if tree.deps[index] != "ROOT" or not own or tree.those(index, "aux"):
        return
    if tree.words[_opening(tree, index) - 1] not in DETACHING:
        return
    for verb in sorted(t for t in tree.subtree(own[-1]) if tree.is_verb(t) and tree.deps[t] in _CLAUSES):
        wrong = next(iter(subjects_of(tree, verb)), None)
        opening = -1 if wrong is None else tree.left_edge(wrong) - 1
        if wrong is not None and opening > own[-1] and tree.deps[opening] == "prep" and not tree.children[opening]:
            _promote(tree, index, verb)
            tree.rehang(index, verb, "advcl")
            tree.rehang(own[-1], verb, "nsubj")
            tree.rehang(wrong, opening, "pobj")
            return


def _promote(tree: Tree, old: int, new: int) -> None:
    """Put one verb in the place of another."""
    above, dep = tree.heads[old], tree.deps[old]
    if above == old:
        tree.raise_to_root(new)
    else:
        tree.rehang(new, above, dep)


def _keep_adverb(tree: Tree, index: int) -> None:
    """Keep "and beyond" with the noun before it."""
    joint = index - 1
    if tree.lower[index] in _ALONE and joint > 0 and tree.lower[joint] == "and" and tree.is_noun(joint - 1):
        tree.rehang(joint, index, "cc")
        tree.rehang(index, joint - 1, "advmod")


def _read_acronym(tree: Tree, index: int) -> None:
    """Read an acronym that was taken for a verb ("IS") as the noun that a preposition or a verb lacks."""
    if not (tree.words[index].isupper() and len(tree.words[index]) > 1) or tree.tags[index] == "NNP":
        return
    before, verb = index - 1, tree.heads[index]
    if before >= 0 and tree.deps[before] in {"prep", "agent"} and not tree.children[before]:
        for child in tree.those(index, *SUBJECTS):
            tree.rehang(child, verb, tree.deps[child])
        for child in tree.those(index, "xcomp", "advcl"):
            tree.rehang(child, tree.heads[before], tree.deps[child])
        tree.rehang(index, before, "pobj")
    elif tree.deps[index] in {"aux", "auxpass"} and len(tree.those(verb, "aux", "auxpass")) > 1 and index < verb:
        for old in tree.those(verb, "nsubj"):
            tree.rehang(old, verb, "mark" if tree.lower[old] == "that" else "dep")
        tree.rehang(index, verb, "nsubj")


def _free_modal(tree: Tree, index: int) -> None:
    """Give a modal back to its verb that was read as a noun: "The price of bread will, in part, be set abroad"."""
    preposition = tree.heads[index]
    if tree.deps[index] != "pobj":
        return
    noun = tree.heads[preposition]
    verb, inner = tree.heads[noun], tree.child(index, "compound", "nmod")
    if tree.deps[noun] not in SUBJECTS or inner is None or verb < index or is_finite(tree, verb):
        return
    tree.rehang(inner, preposition, "pobj")
    tree.rehang(index, verb, "aux")
    for child in [c for c in tree.children[noun] if c > index]:
        tree.rehang(child, verb, tree.deps[child])
    for child in list(tree.children[index]):
        tree.rehang(child, inner, tree.deps[child])


def _free_date(tree: Tree, index: int) -> None:
    """Read a date behind a verb that has its subject before it as its time: "the mayor said Friday"."""
    verb = tree.heads[index]
    is_second = tree.deps[index] == "nsubj" and index > verb and any(s < verb for s in subjects_of(tree, verb))
    if is_second and tree.doc[index].ent_type_ == "DATE":
        tree.rehang(index, verb, "npadvmod")


def _describe_list(tree: Tree, index: int) -> None:
    """Read "all built by Peru" behind a noun and a comma as what is said of the noun, or of its list."""
    word = next((c for c in tree.those(index, "advmod", "det", "nsubj", "nsubjpass") if c < index), None)
    if word is None or tree.lower[word] not in _QUANTIFIERS or tree.words[word - 1] != "," or word < _SHORTEST:
        return
    own = tree.those(index, "aux", "auxpass", "cc", *SUBJECTS)
    listed = word - 2
    if tree.deps[index] != "conj" or any(c != word for c in own) or not tree.tags[listed].startswith("NN"):
        return
    while tree.deps[listed] == "conj" and tree.is_noun(tree.heads[listed]):
        listed = tree.heads[listed]
    tree.rehang(index, listed, "acl")
    tree.rehang(word, index, "advmod")


_VERB_RULES = (_demote_participle, _find_subject, _read_acronym)
_RULES: dict[str, tuple[Callable[[Tree, int], None], ...]] = {
    "VB": (_share_infinitive, _find_subject),
    "VBD": (open_time, *_VERB_RULES),
    "VBN": (*_VERB_RULES, _describe_list, describe_subject),
    "NN": (describe_subject,),
    "NNS": (free_object, free_infinitive, find_main_verb),
    "VBZ": (take_subject, *_VERB_RULES),
    "VBP": (close_subject, *_VERB_RULES),
    "VBG": (_promote_finite,),
    "PRP$": (_share_preposition,),
    "JJ": (_join_adjective,),
    "JJR": (_join_adjective,),
    "WDT": (complete_noun, complete_likelihood),
    "IN": (open_clause, complete_noun, _fill_preposition, _keep_adverb),
    "RB": (_keep_adverb, free_neither),
    "DT": (free_neither,),
    "MD": (_free_modal,),
    "NNP": (_free_date,),
}
