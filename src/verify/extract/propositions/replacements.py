"""What is read for words that do not stand by themselves: pronouns, and phrases such as "the two countries"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from verify.extract.propositions.record import Proposition

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree
    from verify.models import Mention

_THIRD_PERSON = frozenset({"it", "its", "they", "them", "their", "he", "him", "his", "she", "her"})
_DEMONSTRATIVES = frozenset({"this", "that", "these", "those", "such"})
_STATES = frozenset({"GPE", "ORG", "NORP"})
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART", "DATE"})


@dataclass(frozen=True, slots=True)
class Replacements:
    """What stands in for the words of a document that do not stand by themselves.

    `words` maps a token to what is read in its place, nothing where an earlier token stands for both; `open`
    are the pronouns that stay unresolved.
    """

    words: Mapping[int, str]
    open: frozenset[int]


def find_replacements(
    tree: Tree,
    resolved: Mapping[int, Mention | None],
    pairs: Mapping[int, tuple[Mention, ...] | None] = MappingProxyType({}),
) -> Replacements:
    """Turn resolved pronouns and descriptions into words to read in their place.

    Args:
        tree: The parse.
        resolved: As `coreference.resolve` gives it.
        pairs: As `coreference.find_pairs` gives it.
    """
    words: dict[int, str] = {}
    for index, mention in resolved.items():
        if mention is None:
            continue
        span = tree.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
        covered = range(span.start, span.end) if span is not None else range(index, index + 1)
        words.update(dict.fromkeys(covered, ""))
        is_possessive = tree.tags[index] == "PRP$" or tree.child(index, "case") in covered
        words[covered[0]] = possessive(mention.name) if is_possessive else mention.name
    for index, pair in pairs.items():
        words.update(_read_pair(tree, index, pair) if pair else {})
    left_open = {i for i, found in (*resolved.items(), *pairs.items()) if found is None}
    others = {i for i in range(len(tree.words)) if i not in resolved and _points_away(tree, i)}
    return Replacements(words, frozenset(left_open | others))


def _read_pair(tree: Tree, index: int, pair: tuple[Mention, ...]) -> dict[int, str]:
    """Both names in the place of a phrase for two and of the genitive behind it."""
    name = " and ".join(mention.name for mention in pair)
    span = tree.doc.char_span(pair[0].span.start, pair[0].span.end, alignment_mode="expand")
    case = tree.those(index, "case")
    covered = [*(range(span.start, span.end) if span is not None else (index,)), *case]
    return {**dict.fromkeys(covered, ""), covered[0]: possessive(name) if case else name}


def unresolved(tree: Tree, proposition: Proposition, replacements: Replacements) -> bool:
    """Say whether a pronoun of a proposition stands for something that nothing in the text settles.

    A possessive after a noun of the same claim ("raised its budget", "Peru and its allies") is read as that noun's. A
    subject such as "this alliance" that names nobody points at something said before.
    """
    if _is_demonstrative(tree, proposition, replacements):
        return True
    own = replacements.open & proposition.own
    if not own:
        return False
    first_noun = next((t for t in proposition.subject if tree.is_noun(t)), -1)
    possessives = [t for t in own if tree.tags[t] == "PRP$"]
    if len(possessives) < len(own) or any(t in proposition.subject and t < first_noun for t in possessives):
        return True
    return any(_has_rival(tree, proposition, t) for t in possessives)


def _has_rival(tree: Tree, proposition: Proposition, possessive: int) -> bool:
    """Whether a name that the claim leaves out stands nearer: "sought to isolate Peru and prevent its victory"."""
    if not proposition.subject or tree.lower[possessive] != "its":
        return False
    own = set(proposition.tokens)
    between = range(proposition.subject[-1] + 1, possessive)
    return any(tree.doc[t].ent_type_ in _STATES and t not in own for t in between)


def _is_demonstrative(tree: Tree, proposition: Proposition, replacements: Replacements) -> bool:
    """Whether the subject is "this", "these" or "such" with a common noun, and holds no name and nothing filled in."""
    head = proposition.subject_head
    if head is None or not any(tree.lower[c] in _DEMONSTRATIVES for c in tree.those(head, "det", "amod", "predet")):
        return False
    words = proposition.subject
    return not any(tree.entities[t] in _NAMED or replacements.words.get(t) for t in words)


def _points_away(tree: Tree, index: int) -> bool:
    """A pronoun of the third person, or "this" alone, unless it is the empty subject of "it is clear that"."""
    if tree.tags[index] == "DT":
        is_alone = tree.deps[index] in {"nsubj", "nsubjpass", "dobj", "pobj"}
        return is_alone and tree.lower[index] in {"this", "these", "those", "that"}
    if tree.lower[index] not in _THIRD_PERSON or not tree.tags[index].startswith("PRP"):
        return False
    verb = tree.heads[index]
    clauses = [verb, *tree.those(verb, "acomp", "attr", "oprd")]
    is_empty = any(tree.those(c, "ccomp", "xcomp", "csubj", "advcl") for c in clauses) and tree.lemmas[verb] == "be"
    return tree.deps[index] != "expl" and not (tree.lower[index] == "it" and is_empty)


def possessive(name: str) -> str:
    """Return the genitive of a name."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"
