"""The subject, predicate and object of a proposition as phrases, a passive turned into an active."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.extract.doc import char_pieces
from verify.extract.propositions.record import Argument, Construction, Proposition, Role
from verify.extract.propositions.render import Text, read_active, read_marker, read_predicate, read_words
from verify.extract.propositions.replacements import Replacements
from verify.models import Phrase

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree


@dataclass(frozen=True, slots=True)
class Phrases:
    """Who or what does or is what."""

    subject: Phrase | None
    predicate: Phrase
    object: Phrase | None


def find_phrases(tree: Tree, proposition: Proposition, replacements: Replacements, read: Text) -> Phrases:
    """Split a proposition into three phrases.

    The agent of a passive is the subject, its grammatical subject the object. A preposition before the object
    goes with the predicate.

    Args:
        tree: The parse.
        proposition: By token index.
        replacements: What to read for pronouns and descriptions.
        read: Its grammatical subject, as `render.read_subject` reads it.
    """
    is_inferred = read.is_inferred or is_controlled(proposition)
    subject = Phrase(char_pieces(tree.doc, proposition.subject), read.text, is_inferred)
    turned = read_active(tree, proposition)
    if turned is not None:
        agent, group = turned
        predicate = Phrase(char_pieces(tree.doc, proposition.predicate), group)
        return Phrases(_phrase(tree, agent.content, replacements), predicate, subject)
    is_existential = any(tree.deps[t] == "expl" for t in proposition.predicate)
    target = None if is_existential else proposition.object  # of "there is a way under the law", the way is the subject
    marker = _leading(target)
    verb = read_predicate(tree, proposition, replacements)
    words = read_marker(tree, target) if target and marker and not proposition.implied else ""
    predicate = Phrase(
        char_pieces(tree.doc, (*proposition.predicate, *marker)),
        " ".join(filter(None, (verb.text, words))),
        verb.is_inferred,
    )
    rest = tuple(t for t in target.tokens if t not in marker) if target else ()
    return Phrases(subject, predicate, _phrase(tree, rest, replacements) if rest else None)


def _phrase(tree: Tree, tokens: tuple[int, ...], replacements: Replacements) -> Phrase:
    read = read_words(tree, tokens, replacements)
    return Phrase(char_pieces(tree.doc, tokens), read.text, read.is_inferred)


def _leading(argument: Argument | None) -> tuple[int, ...]:
    """The preposition of an argument, where it goes with the predicate."""
    if argument is None or argument.role in {Role.COMPLEMENT, Role.SUBORDINATE}:
        return ()
    return argument.marker


def is_controlled(proposition: Proposition) -> bool:
    """A participle after a clause leaves its subject out; it is understood to be that of the clause."""
    return proposition.is_subject_shared and proposition.construction is Construction.PARTICIPIAL
