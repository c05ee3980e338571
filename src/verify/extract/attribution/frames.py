"""The working record of attribution, in tokens, and the questions about a parse that both finders ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
AUXILIARIES: Final = frozenset({"aux", "auxpass", "neg", "advmod"})
CLAUSAL: Final = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One attribution as token indices, each role sorted; `head` is the cue's main word."""

    head: int
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    score: float = 1.0


def subtree(token: Token, without: Iterable[Token] = ()) -> set[int]:
    """Return the indices of a token and all below it, less the subtrees of some of them."""
    indices = {node.i for node in token.subtree}
    for cut in without:
        indices -= {node.i for node in cut.subtree}
    return indices


def child(token: Token, *deps: str) -> Token | None:
    """Return the first dependent with one of the labels."""
    return next((node for node in token.children if node.dep_ in deps), None)


def trimmed(doc: Doc, indices: Iterable[int]) -> tuple[int, ...]:
    """Sort token indices and drop white space and punctuation from both ends of each run, but keep quotation marks."""
    kept: list[int] = []
    run: list[int] = []
    for index in sorted(set(indices)):
        if run and index != run[-1] + 1:
            kept += _trimmed_run(doc, run)
            run = []
        run.append(index)
    return tuple(kept + _trimmed_run(doc, run))


def _trimmed_run(doc: Doc, run: list[int]) -> list[int]:
    start, end = 0, len(run)
    while start < end and _is_edge(doc[run[start]]):
        start += 1
    while start < end and _is_edge(doc[run[end - 1]]):
        end -= 1
    return run[start:end]


def _is_edge(token: Token) -> bool:
    return token.is_space or (
        token.is_punct and token.tag_ not in {"``", "''", "-LRB-", "-RRB-"} and not token.is_quote
    )


def noun_phrase(token: Token) -> set[int]:
    """Return a noun phrase: the subtree of its head without relative clauses, participles and parentheses."""
    cut = [node for node in token.children if node.dep_ in {"relcl", "acl", "parataxis", "advcl", "ccomp", "conj"}]
    return subtree(token, cut if any(node.dep_ != "conj" for node in cut) else ())


def verb_phrase(verb: Token) -> set[int]:
    """Return a verb with its auxiliaries, negation, particle and the adverbs between them (PARC cue span)."""
    cue = {verb.i}
    left = {node.i for node in verb.children if node.i < verb.i and node.dep_ in AUXILIARIES}
    index = verb.i - 1
    while index in left:
        cue.add(index)
        index -= 1
    particle = child(verb, "prt")
    return cue | ({particle.i} if particle is not None else set())


def subject(verb: Token, depth: int = 4) -> Token | None:
    """Return who does what a verb says: its subject, or the one it shares with the verbs above it.

    Args:
        verb: A verb.
        depth: How many verbs up the search may go, along coordination, infinitives and participles.
    """
    own = [node for node in verb.children if node.dep_ in {"nsubj", "csubj"}]
    if own:  # of two, the nearer one: "The drones, officials said, crossed the border"
        return min(own, key=lambda node: abs(node.i - verb.i))
    if depth == 0 or child(verb, "nsubjpass") is not None:
        return None
    if verb.dep_ in {"acl", "relcl"}:
        return verb.head if verb.head.pos_ in {"NOUN", "PROPN", "PRON"} else None
    if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp"} or (verb.dep_ == "ccomp" and verb.tag_ in {"VBG", "VB"}):
        above = verb.head if verb.dep_ != "pcomp" else verb.head.head
        return subject(above, depth - 1) if above.pos_ in CLAUSAL and above.i != verb.i else None
    return None
