"""Sources that stand for two states together: "the two countries", "the respective ministries"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from verify.extract.doc import char_span
from verify.models import Mention
from verify.terms import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token

TOGETHER: Final = frozenset({"two", "both", "respective"})
OF_STATES: Final = frozenset(
    {
        "country",
        "nation",
        "state",
        "government",
        "ministry",
        "capital",
        "side",
        "neighbor",
        "neighbour",
        "ally",
        "power",
    }
)
SENTENCES_BACK: Final = 2


def find_pair(head: Token, mentions: Sequence[Mention]) -> Mention | None:
    """Return the two states that a source stands for, as one mention with both names, marked as inferred.

    Args:
        head: The source's main word.
        mentions: The names of the document in text order.

    Returns:
        None unless the source is said to be two, and exactly two states are named in its sentence and the two
        before it.
    """
    words = {node.lower_ for node in head.children}
    if head.tag_ != "NNS" or head.lemma_.lower() not in OF_STATES or not words & TOGETHER:
        return None
    start, end = _reach(head)
    near = [one for one in mentions if one.kind is ActorKind.COUNTRY and start <= one.span.start < end]
    states = {one.code or one.name: one for one in near}
    if len(states) != 2:
        return None
    names = " and ".join(one.name for one in states.values())
    return replace(near[0], span=char_span(head), text=head.text, name=names, code="", is_inferred=True)


def _reach(head: Token) -> tuple[int, int]:
    """Return the characters from some sentences before the word to the end of its own."""
    sent = head.sent
    end, start = sent.end_char, sent.start
    for _ in range(SENTENCES_BACK):
        start = head.doc[start - 1].sent.start if start else 0
    return head.doc[start].idx, end
