"""Give a verb the form that a readable proposition needs: a finite one for a participle, an active for a passive."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.propositions.record import Construction

if TYPE_CHECKING:
    from verify.extract.propositions.record import Proposition
    from verify.extract.propositions.tree import Tree

_SIBILANTS = ("s", "x", "z", "ch", "sh", "o")
_VOWELS = frozenset("aeiou")
_PLURAL_PRONOUNS = frozenset({"they", "we", "you", "these", "those", "both", "many", "several", "who"})


def is_plural(tree: Tree, head: int | None, within: Collection[int] | None = None) -> bool:
    """Say whether a subject takes a plural verb; without a head, no.

    Args:
        tree: The parse.
        head: The head of the subject.
        within: Its words, where they may be one member of a coordination that was divided.
    """
    if head is None:
        return False
    members = [t for t in tree.conjuncts(head) if within is None or t in within]
    is_coordinated = len(members) != 1 and any(tree.lower[c] == "and" for t in members for c in tree.those(t, "cc"))
    if is_coordinated or tree.lower[head] in _PLURAL_PRONOUNS:
        return True
    if any(tree.lower[c] not in {"one", "1"} for c in tree.those(head, "nummod")):
        return True
    is_name = tree.entities[head] in {"GPE", "ORG", "PERSON"}  # "the United States is", "Jobs is"
    return tree.tags[head] in {"NNS", "NNPS"} and not is_name


def present(lemma: str, *, plural: bool) -> str:
    """Return the present tense of a verb, third person."""
    if lemma == "be":
        return "are" if plural else "is"
    if plural:
        return lemma
    if lemma == "have":
        return "has"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return f"{lemma[:-1]}ies"
    return f"{lemma}es" if lemma.endswith(_SIBILANTS) else f"{lemma}s"


def finite_forms(tree: Tree, proposition: Proposition) -> dict[int, str]:
    """Return the finite forms that the words of a bare participle would have in a main clause, by token.

    The tense is that of the verb above: "sailed south, sending a signal" is read as "was sending", "has sailed south,
    sending" as "sends". A past participle becomes a passive.
    """
    head = proposition.head
    group = [t for t in proposition.predicate if t == head or tree.deps[t] in {"aux", "auxpass"}]
    if group and not proposition.implied and _is_one_of_neither(tree, head, proposition.predicate):
        return _denied(tree, group[0], is_alone=group[0] == head and tree.lemmas[head] != "be")
    if proposition.implied or not group or not _is_bare(tree, proposition, group[0]):
        return {}
    plural, is_past = is_plural(tree, proposition.subject_head), _is_past(tree, head)
    if tree.lower[group[0]] == "having":
        return {group[0]: "had" if is_past else present("have", plural=plural)}
    if tree.tags[group[0]] == "VBG" and group[0] == head and (proposition.is_subject_clause or not is_past):
        return {head: present(tree.lemmas[head], plural=plural)}
    first = proposition.predicate[0]
    word = tree.lower[first] if tree.is_opening[first] else tree.words[first]
    return {first: f"{_be(plural=plural, is_past=is_past)} {word}"}


def _is_one_of_neither(tree: Tree, head: int, group: Sequence[int]) -> bool:
    """Whether "neither" or "nor" stands before a verb and nothing else in its group denies it."""
    above = tree.heads[head]
    is_second = tree.deps[head] == "conj" and any(tree.lower[c] == "nor" and c < head for c in tree.those(above, "cc"))
    is_first = any(tree.lower[c] == "neither" for c in tree.those(head, "preconj", "advmod"))
    return (is_first or is_second) and not any(tree.lower[t] in {"not", "n't", "n’t"} for t in group)


def _denied(tree: Tree, first: int, *, is_alone: bool) -> dict[int, str]:
    """The first word of a verb group with "not": "bought" as "did not buy", "has" as "has not"."""
    if not is_alone:
        return {first: f"{tree.words[first]} not"}
    auxiliary = {"VBD": "did", "VBN": "did", "VBZ": "does"}.get(tree.tags[first], "do")
    return {first: f"{auxiliary} not {tree.lemmas[first]}"}


def _is_bare(tree: Tree, proposition: Proposition, first: int) -> bool:
    """Whether a verb group opens with a participle, so that nothing in it carries tense."""
    if tree.tags[first] == "VBG" or proposition.construction is not Construction.PARTICIPIAL:
        is_passive = tree.tags[first] == "VBN" and tree.child(first, "nsubjpass") is not None
        return tree.tags[first] == "VBG" or is_passive  # "such drills, often held in spring, show ..."
    # A parser takes "the owner and the crew signed a deal" for a participle at times; a passive has no object.
    is_past_only = tree.lower[first] in _irregular_pasts().values() and tree.lower[first] not in _irregular_pasts()
    return tree.tags[first] in {"VBN", "VBD"} and not is_past_only and not tree.those(first, "dobj", "ccomp")


def is_participle_only(word: str) -> bool:
    """Say whether a form can be no past tense: "shown", "taken"."""
    return word in _irregular_pasts() and word not in _irregular_pasts().values()


def _be(*, plural: bool, is_past: bool) -> str:
    return ("were" if plural else "was") if is_past else ("are" if plural else "is")


def active(tree: Tree, proposition: Proposition, agent: int) -> str:
    """Return the verb group of a passive as an active with the agent as its subject; empty where it is too complex.

    Args:
        tree: The parse.
        proposition: A passive with an agent.
        agent: The head of the agent's words.
    """
    if len(proposition.chain) != 1:
        return ""
    content = next((a.content for a in proposition.arguments if agent in a.content), ())
    head, plural = proposition.head, is_plural(tree, agent, content)
    be = next((tree.lower[t] for t in tree.those(head, "auxpass")), "")
    if not be:
        be = _be(plural=plural, is_past=_is_past(tree, head))
    negation = " ".join(tree.lower[t] for t in tree.those(head, "neg"))
    if negation not in {"", "not", "never"}:
        return ""
    auxiliaries = [tree.lower[t] for t in tree.those(head, "aux")]
    return _active_group(tree.lower[head], tree.lemmas[head], be, auxiliaries, negation, plural=plural)


def _active_group(participle: str, lemma: str, be: str, auxiliaries: list[str], negation: str, *, plural: bool) -> str:
    """Build the group from its parts."""
    if be == "been" and auxiliaries:
        perfect = present("have", plural=plural) if auxiliaries[0] in {"has", "have"} else auxiliaries[0]
        return " ".join(filter(None, (perfect, *auxiliaries[1:], negation, participle)))
    if be == "be" and auxiliaries:
        return " ".join(filter(None, (auxiliaries[0], negation, *auxiliaries[1:], lemma)))
    if auxiliaries:
        return ""
    if be in {"was", "were"}:
        return f"did {negation} {lemma}" if negation else _irregular_pasts().get(participle, participle)
    if be in {"is", "are"}:
        return f"{present('do', plural=plural)} {negation} {lemma}" if negation else present(lemma, plural=plural)
    return ""


def _is_past(tree: Tree, head: int) -> bool:
    """Whether the finite verb above is in the past tense, or the participle's own words date it."""
    if tree.tags[head] != "VBG" and any(tree.entities[t] == "DATE" for t in tree.subtree(head)):
        return True
    if tree.deps[head] == "acl":
        head = tree.heads[head]
    for _ in range(len(tree.heads)):
        group = [head, *tree.those(head, "aux", "auxpass")]
        tense = {tree.tags[t] for t in group} & {"VBD", "VBP", "VBZ", "MD"}
        if tense or tree.heads[head] == head:
            return "VBD" in tense and not tense & {"VBP", "VBZ", "MD"}
        head = tree.heads[head]
    return False


@cache
def _irregular_pasts() -> dict[str, str]:
    return {row["participle"]: row["past"] for row in lexicon.load("irregular_pasts")}
