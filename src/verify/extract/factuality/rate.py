"""Rate predicates: affirmed or denied, and how certain the words make them (FactBank; Sauri and Pustejovsky 2009).

The stance of a clause is composed from the top of its sentence down, as in De Facto (Sauri and Pustejovsky
2012): each word that embeds a clause hands down what its signature says of it, and each clause applies its own
negation, modals, mood and hedges. Words of saying hand their content down as certain: a claim is rated as its
source presents it, and the attribution says whose claim it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.extract.factuality.context import (
    OPEN,
    Stance,
    clause_head,
    embedding_of,
    is_irrealis,
    is_seeming,
    lookup,
    modality_of,
    opposite,
    shares_auxiliaries,
    weaker,
)
from verify.extract.factuality.negation import QUANTIFIERS, negations_of
from verify.extract.factuality.score import grade
from verify.extract.features.columns import read_columns
from verify.extract.hedges.cues import find_cues, is_denied
from verify.extract.hedges.scope import find_scope
from verify.extract.plain import once
from verify.terms import Factuality, Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spacy.tokens import Doc, Token

    from verify.extract.features.columns import Columns

_HIGHEST_OF_DENIED = -0.1  # the words deny it: a grade above nothing would contradict them
MAX_DEPTH = 20  # of embedded clauses; a parse of hostile text may nest without end


@dataclass(frozen=True, slots=True)
class Rating:
    """How a predicate is presented; `negation` holds token indices in text order."""

    score: float  # -3 certainly not, 0 open, 3 certainly
    polarity: Polarity
    factuality: Factuality
    negation: tuple[int, ...] = ()
    is_negation_unclear: bool = False


def rate(doc: Doc, heads: Iterable[int]) -> dict[int, Rating]:
    """Rate predicates of a parsed document.

    Args:
        doc: A document with tags, lemmas and a parse.
        heads: Token indices of the words that carry the predicates: verbs, or the nouns and adjectives of
            copular and nominal ones.

    Returns:
        A rating for each index of `heads`.
    """
    levels, columns = hedge_levels(doc), once(read_columns, doc)
    return {index: _rate(doc[index], columns, levels) for index in heads}


def hedge_levels(doc: Doc) -> dict[int, Factuality]:
    """Return the lowest level that the hedges of a document leave of each word they are about."""
    levels: dict[int, Factuality] = {}
    for cue in once(find_cues, doc):
        if cue.level and cue.place != "VERB" and not is_denied(doc, cue):
            target, _ = find_scope(doc, cue)
            level = Factuality(cue.level)
            levels[target.i] = weaker(levels.get(target.i, level), level)
    return levels


def _rate(token: Token, columns: Columns, levels: Mapping[int, Factuality]) -> Rating:
    stance, negation, is_future = find_stance(token, levels)
    score = grade(token, columns, stance, is_future=is_future)
    if stance.factuality is Factuality.CERTAIN and stance.polarity is Polarity.NEGATIVE:
        score = min(score, _HIGHEST_OF_DENIED)
    return Rating(
        score=score,
        polarity=stance.polarity,
        factuality=stance.factuality,
        negation=tuple(sorted(negation)),
        is_negation_unclear=_is_negation_unclear(token, negation),
    )


def find_stance(token: Token, levels: Mapping[int, Factuality], depth: int = 0) -> tuple[Stance, set[int], bool]:
    """Return the stance on a predicate, the negations that made it, and whether it lies in the future.

    Args:
        token: The word that carries the predicate.
        levels: What the hedges of the document leave of each word, from `hedge_levels`.
        depth: How many clauses lie below it; the way up ends at `MAX_DEPTH`.
    """
    head = clause_head(token)
    above, negation = _from_above(head, levels, depth)
    own = set(negations_of(head)) | (set(negations_of(token)) if token != head else set())
    if shares_auxiliaries(head) and not own:
        own = set(negations_of(head.head))
    modality, is_future = modality_of(head, is_denied=len(own) % 2 == 1)
    level = weaker(above.factuality, modality)
    if is_seeming(head):
        level = weaker(level, Factuality.PROBABLE)
    for word in (token, head):
        level = weaker(level, levels.get(word.i, Factuality.CERTAIN))
    if is_irrealis(head):
        level = Factuality.UNKNOWN
    polarity = opposite(above.polarity) if len(own) % 2 else above.polarity
    return Stance(level, polarity), negation | own, is_future


def _from_above(head: Token, levels: Mapping[int, Factuality], depth: int) -> tuple[Stance, set[int]]:
    """Return what the word that embeds a clause hands down to it, with the negations that count in it."""
    embedding = embedding_of(head)
    if embedding is None or depth >= MAX_DEPTH:
        return Stance(Factuality.CERTAIN, Polarity.POSITIVE), set()
    governor, affirmed, negated = embedding
    outer, negation, _ = find_stance(governor, levels, depth + 1)
    is_denied = outer.polarity is Polarity.NEGATIVE
    handed = negated if is_denied else affirmed
    if affirmed == negated:  # factive: the clause stands whatever is said above it
        return handed, set()
    if is_denied and _is_evaded(governor, affirmed):
        return OPEN, set()
    level = weaker(handed.factuality, outer.factuality)
    return Stance(level, handed.polarity), negation if handed.polarity is Polarity.NEGATIVE else set()


def _is_evaded(governor: Token, affirmed: Stance) -> bool:
    """Say whether a denied word is coordinated with its opposite: who neither confirms nor denies leaves it open."""
    partners = [child for child in governor.children if child.dep_ == "conj"]
    partners += [governor.head] if governor.dep_ == "conj" else []
    signatures = (lookup(partner, "that") for partner in partners)
    return any(found is not None and found[0].polarity is not affirmed.polarity for found in signatures)


def _is_negation_unclear(head: Token, negation: set[int]) -> bool:
    """Say whether a negation may reach further, or less far, than the predicate.

    It may deny the reason instead of the event ("did not leave because ..."), reach a conjunct that shares the
    auxiliary, or stand beside a quantifier ("all ... not", "not all").
    """
    if not negation:
        return False
    if shares_auxiliaries(head) or any(index < head.left_edge.i for index in negation):
        return True
    if any(head.doc[index + 1].lower_ in QUANTIFIERS for index in negation if index + 1 < len(head.doc)):
        return True  # "not all ships returned": some may have
    reasons = [c for c in head.children if c.dep_ == "advcl" and any(m.lower_ == "because" for m in c.children)]
    universal = [
        c for c in head.subtree if c.lower_ in ("all", "every", "everyone", "everybody") and c.i < min(negation)
    ]
    return bool(reasons or universal)
