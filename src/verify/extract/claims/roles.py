"""Say what each named actor does in a claim: acts, is acted on, is the place, or is the source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from verify.extract.claims.evidence import Evidence, Reported, Tokens, named_in
from verify.extract.propositions.clauses import words_for
from verify.extract.propositions.record import Proposition, Role
from verify.models import Mention, Participant
from verify.terms import ActorKind, ActorRole, SourceKind

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree

_PLACES = frozenset({ActorKind.COUNTRY, ActorKind.PLACE})
_BY_ARGUMENT = {
    Role.AGENT: ActorRole.ACTOR,
    Role.OBJECT: ActorRole.TARGET,
    Role.RECIPIENT: ActorRole.TARGET,
    Role.ATTRIBUTE: ActorRole.TARGET,
    Role.OBLIQUE: ActorRole.TARGET,
}


def find_participants(
    tree: Tree, proposition: Proposition, mentions: Iterable[Mention], reports: Sequence[Reported], evidence: Evidence
) -> tuple[Participant, ...]:
    """Give each mention of a claim its role; the sources of its attributions come last.

    The roles are the proto-roles of Dowty (1991) as far as the grammar shows them: the subject of an active and the
    agent of a passive act; objects and the subject of a passive are targets; a country or place under a preposition
    of place, or a place at all, is where it happens.

    Args:
        tree: The parse.
        proposition: By token index.
        mentions: Those in the claim's own words.
        reports: The attributions that hold for the claim.
        evidence: The document's findings.
    """
    found = [Participant(one, _role(tree, proposition, one, evidence.words[one.span])) for one in mentions]
    others = (one for one in reports if one.attribution.source_kind is not SourceKind.AUTHOR)  # not "we in Norway"
    sources = [mention for one in others for mention in named_in(evidence.mentions, one.source)]
    return (*found, *(Participant(mention, ActorRole.SOURCE) for mention in sources))


def _role(tree: Tree, proposition: Proposition, mention: Mention, words: Tokens) -> ActorRole:
    root = next((t for t in sorted(words) if tree.heads[t] not in words), -1)
    if root in proposition.embedded or root < 0:
        return ActorRole.MENTIONED
    if mention.kind in _PLACES and (_is_located(tree, root) or _is_reached(tree, root, mention)):
        return ActorRole.PLACE
    if root in proposition.subject:
        return ActorRole.TARGET if proposition.is_passive else ActorRole.ACTOR
    argument = next((a for a in proposition.arguments if root in a.tokens), None)
    return ActorRole.MENTIONED if argument is None else _BY_ARGUMENT.get(argument.role, ActorRole.MENTIONED)


def _is_reached(tree: Tree, root: int, mention: Mention) -> bool:
    """Whether somebody or something goes to a town or comes from it."""
    is_place = mention.kind is ActorKind.PLACE and tree.deps[root] == "pobj"
    return is_place and tree.lower[tree.heads[root]] in {"to", "from", "towards", "toward"}


def _is_located(tree: Tree, root: int) -> bool:
    """Whether a preposition of place stands over a name, or over the list that it is part of."""
    while tree.deps[root] == "conj":
        root = tree.heads[root]
    return tree.deps[root] == "pobj" and tree.lower[tree.heads[root]] in words_for("locative")
