"""Acts told by a noun: "the seizure of the tanker by Norway" says that Norway seized the tanker."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.propositions.record import Argument, Construction, Proposition, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from verify.extract.propositions.tree import Tree

CONFIDENCE = 0.4
_DETERMINERS = frozenset({"the", "this", "that"})
_UNREAL = frozenset({"for", "against", "without", "if"})  # "called for the release of", "warned against the sale of"
_MODIFIERS = frozenset({"DT", "PRP$", "JJ", "CD", "VBN"})
_FAR = 12  # tokens from the noun to who did it


@cache
def _acts() -> Mapping[str, tuple[str, str]]:
    return {row["noun"]: (row["past"], row["preposition"]) for row in lexicon.load("event_nouns")}


def find_events(tree: Tree, start: int, end: int) -> Iterator[Proposition]:
    """Yield the acts that nouns of a sentence tell with both who acts and on what.

    Only a definite act is taken for one that happened ("the seizure of X by Y", "Y's seizure of X"), and none below a
    preposition that leaves it open. Words decide, not the parse, because parsers hang "by" on the nearest noun.

    Args:
        tree: The parse.
        start: First token of the sentence.
        end: The token after the last.
    """
    for noun in range(start, end):
        act = _acts().get(tree.lower[noun]) if tree.tags[noun] == "NN" else None
        if act is None or noun + 2 >= end or tree.lower[noun + 1] != act[1]:
            continue
        target = _phrase_from(tree, noun + 2, end)
        actor = _owner(tree, noun, start) or (_behind_by(tree, noun, target, end) if target else ())
        if target and actor and not _is_open(tree, noun, start):
            yield _event(noun, actor, target, act[0])


def _phrase_from(tree: Tree, first: int, end: int) -> tuple[int, ...]:
    """The noun phrase that begins at a token: its modifiers, and the nouns that follow each other behind them."""
    at = first
    while at < end and tree.tags[at] in _MODIFIERS:
        at += 1
    noun = at
    while at < end and (tree.tags[at] in {"POS", "HYPH"} or _is_noun(tree, at)):
        at += 1
    kinds = "".join("N" if tree.tags[t].startswith("NNP") else "n" for t in range(noun, at))
    is_broken = "nN" in kinds  # "oil bypasses Peru": the tagger took a verb for a noun
    return () if noun == at or is_broken or not _is_noun(tree, at - 1) else tuple(range(first, at))


def _is_noun(tree: Tree, index: int) -> bool:
    """A noun or a name that the parser takes for no verb; a name in small letters is a mistake of the tagger."""
    is_name = tree.tags[index].startswith("NNP")
    return (
        not tree.is_verb(index) and tree.tags[index].startswith("NN") and not (is_name and tree.words[index].islower())
    )


def _owner(tree: Tree, noun: int, start: int) -> tuple[int, ...]:
    """The words before a genitive: the "Norway" of "Norway's recent seizure of"."""
    at = noun - 1
    while at > start and tree.tags[at] in {"JJ", "NN", "VBN"}:
        at -= 1
    if at <= start or tree.tags[at] != "POS":
        return ()
    first = at
    while first > start and tree.tags[first - 1] in {"DT", "JJ", "NN", "NNS", "NNP", "NNPS"}:
        first -= 1
    return tuple(range(first, at))


def _behind_by(tree: Tree, noun: int, target: tuple[int, ...], end: int) -> tuple[int, ...]:
    """The agent of "the seizure of X by Y", where the noun is definite."""
    before = tree.lower[max(0, noun - 3) : noun]
    by = target[-1] + 1
    is_definite = any(word in _DETERMINERS for word in before)
    if not is_definite or by >= end or by - noun > _FAR or tree.lower[by] != "by":
        return ()
    return _phrase_from(tree, by + 1, end)


def _is_open(tree: Tree, noun: int, start: int) -> bool:
    """Whether the act is asked for, feared or denied by the preposition or the verb that stands over it."""
    head = tree.heads[noun]
    above = head if tree.deps[noun] == "pobj" else None
    if above is not None and tree.lower[above] in _UNREAL:
        return True
    governor = tree.heads[above] if above is not None else head
    if tree.deps[noun] not in {"dobj", "pobj"} or not tree.is_verb(governor):
        return False
    is_infinitive = any(tree.tags[c] in {"TO", "MD"} or tree.deps[c] == "neg" for c in tree.children[governor])
    return is_infinitive or tree.lemmas[governor] in lexicon.words_for("clause_words", "unreal")


def _event(noun: int, actor: tuple[int, ...], target: tuple[int, ...], past: str) -> Proposition:
    return Proposition(
        head=noun,
        construction=Construction.NOMINAL,
        subject=actor,
        predicate=(noun,),
        arguments=(Argument(target[-1], Role.OBJECT, target),),
        subject_head=actor[-1],
        implied=past,
        confidence=CONFIDENCE,
    )
