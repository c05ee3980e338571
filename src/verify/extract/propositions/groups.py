"""Verb groups: a verb with its auxiliaries, and with the infinitives and adjectives that carry it on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.propositions.subjects import RELATIVIZERS, SUBJECTS

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree

_GROUP = ("aux", "auxpass", "neg", "prt", "expl")
_BESIDE = 3  # tokens from a verb to one coordinated with it: "was seized and then sunk"
_DENYING = frozenset({"not", "n't", "n’t", "never", "yet"})  # never left out of a group, wherever the parser hung it
_BETWEEN = ("dobj", "dative", "attr")


def chains(tree: Tree, head: int) -> list[tuple[int, ...]]:
    """Return the verb groups that a clause head opens: "sought to isolate and prevent" is two.

    Each is the head followed by the infinitives, participles and predicative adjectives that it governs without
    an object in between, as in "is likely to continue".
    """
    link = _next_link(tree, head)
    if link is None:
        return [(head,)]
    return [(head, *rest) for member in tree.conjuncts(link) for rest in chains(tree, member)]


def predicate(tree: Tree, chain: tuple[int, ...], subject_end: int) -> tuple[int, ...]:
    """Return the words of a verb group: verbs, auxiliaries, negation, particles and the adverbs among them.

    Args:
        tree: The parse.
        chain: One of `chains`.
        subject_end: The last token of the subject where it stands before the verb, else -1; adverbs before it
            are no part of the group.
    """
    words: set[int] = set()
    for link in chain:
        words.add(link)
        words.update(tree.those(link, *_GROUP))
        words.update(_shared_auxiliaries(tree, link))
        if not tree.is_verb(link):
            words.update(t for c in tree.those(link, "advmod") for t in tree.subtree(c))
    first, last = min(words), max(words)
    for link in chain:
        for child in tree.those(link, "advmod"):
            if subject_end < child and (first < child < last or child + 1 == first):
                words.update(t for t in tree.subtree(child) if t < last)
    words.update(t for t in range(first, last) if tree.lower[t] in _DENYING)
    words.update(link - 1 for link in chain[1:] if tree.lower[link - 1] == "to")
    return tree.tidy(words)


def first_conjunct(tree: Tree, link: int) -> int:
    """Return the first of the coordinated verbs that a verb is one of."""
    while tree.deps[link] == "conj" and tree.is_verb(tree.heads[link]):
        link = tree.heads[link]
    return link


def _shared_auxiliaries(tree: Tree, link: int) -> list[int]:
    """The auxiliaries that stand only before the first of several coordinated verbs.

    A bare infinitive shares "to", a modal or "do" ("will sign and ratify"), a participle "have" and "be" ("was
    found and returned"). What shares a modal or "do" shares its negation as well.
    """
    first = first_conjunct(tree, link)
    if first == link or tree.those(link, *SUBJECTS):
        return []
    opening = next(iter(tree.those(link, "aux", "auxpass")), link)
    form = "VBN" if opening == link and tree.those(link, "agent") else tree.tags[opening]
    is_event = bool(tree.those(first, "agent")) and tree.tags[link] == "VBN" and not tree.those(link, "dobj")
    if form == "VBN" and link - first > _BESIDE and not tree.those(link, "agent") and not is_event:
        return []  # "was based in Oslo and sailed": more often a past tense than a participle
    if tree.deps[first] == "xcomp" and opening == link:
        form = "VB"
    shared = [t for t in tree.those(first, "aux", "auxpass") if _is_shared(tree, t, form)]
    return shared + (tree.those(first, "neg") if shared and form == "VB" else [])


def _is_shared(tree: Tree, auxiliary: int, form: str) -> bool:
    if form == "VB":
        return tree.tags[auxiliary] in {"MD", "TO"} or tree.lemmas[auxiliary] == "do"
    return form in {"VBN", "VBG"} and (tree.tags[auxiliary] == "MD" or tree.lemmas[auxiliary] in {"be", "have"})


def _next_link(tree: Tree, link: int) -> int | None:
    """The infinitive, participle or adjective that goes on the verb group."""
    if any(tree.tags[c] not in RELATIVIZERS for c in tree.those(link, *_BETWEEN)):
        return None
    for child in tree.those(link, "xcomp", "acomp", "oprd"):
        if tree.deps[child] == "xcomp":
            if tree.child(child, *SUBJECTS) is None and tree.is_verb(child) and _governs(tree, link, child):
                return child
        elif tree.tags[child].startswith(("JJ", "VBN", "VBG")) and not tree.those(child, "conj"):
            return child
    return next((t for t in map(tree.below_to, tree.those(link, "prep")) if t is not None), None)


def _governs(tree: Tree, link: int, infinitive: int) -> bool:
    """Whether the infinitive completes the verb ("agreed with us to go") or is only its purpose ("met us to talk")."""
    if tree.tags[infinitive] == "VBG" and tree.is_detached(infinitive):
        return False
    has_more = any(link < c < infinitive for c in tree.those(link, "prep", "npadvmod"))
    return not has_more or tree.lemmas[link] in _governors()


@cache
def _governors() -> frozenset[str]:
    return frozenset(row["lemma"] for row in lexicon.load("signatures") if row["frame"] == "to")
