"""Organs of a state: names made of a country and what its organ is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.mentions.names import KnownName, key
from verify.terms import ActorKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from verify.extract.mentions.names import Hit

_OF_STATES = frozenset({"GPE", "NORP"})
_NAMED_FOR_FIELD = frozenset({"Ministry", "Command", "Parliament", "Embassy"})  # "Iraqi Oil Ministry"


def state_of(doc: Doc, start: int, end: int, hits: Sequence[Hit]) -> KnownName | None:
    """Return the state whose organ a name denotes: "Iranian Navy", "U.S. Treasury", "Ministry of Oil of Iraq".

    Args:
        doc: The document.
        start: The name's first token.
        end: The token after its last.
        hits: The listed names inside it, in text order.

    Returns:
        The state, labelled as an organisation, or None where the name is not of that form.
    """
    first, last = hits[0], hits[-1]
    rest = ""
    if first.start == start and first.known.label in _OF_STATES and first.known.code:
        rest, state = key(doc[first.end : end].text).removeprefix("'s").strip(), first.known
    elif last.end == end and last.known.label in _OF_STATES and last.known.code:
        rest, state = key(doc[start : last.start].text), last.known
        head, of, article = rest.rpartition(" of")
        rest = head if of and article in ("", " the") else ""
    if rest and _is_state_body(rest):
        return KnownName(state.name, "ORG", ActorKind.COUNTRY, state.code)
    return None


def _is_state_body(text: str) -> bool:
    """Say whether the words are an organ of a state, or one for a field ("Ministry of Oil", "Oil Ministry")."""
    bodies = lexicon.words("state_bodies", "name")
    return text in bodies or text.partition(" of ")[0] in bodies or text.rpartition(" ")[2] in _NAMED_FOR_FIELD
