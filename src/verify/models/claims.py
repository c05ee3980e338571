"""Claims, with what was found about each, and the analysis of a whole text."""

from __future__ import annotations

from dataclasses import dataclass

from verify.models.articles import Block
from verify.models.base import Span, cover
from verify.models.found import Attribution, Hedge, Mention, Quantity, Time
from verify.terms import ActorRole, ClaimKind, Factuality, Holder, Polarity, SourceKind


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a claim's subject, predicate or object."""

    spans: tuple[Span, ...]  # the words themselves, in text order
    text: str  # readable: pronouns and ellipses filled in
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Participant:
    """A mention and what it does in one claim."""

    mention: Mention
    role: ActorRole


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition and all that was found about it."""

    sentence: int  # index in the article
    spans: tuple[Span, ...]  # the exact pieces, in text order
    text: str  # the smallest contiguous stretch that holds the pieces
    head: Span  # the word that carries the predicate
    proposition: str  # readable on its own
    subject: Phrase | None
    predicate: Phrase
    object: Phrase | None
    kind: ClaimKind
    polarity: Polarity = Polarity.POSITIVE
    factuality: Factuality = Factuality.CERTAIN
    score: float = 3.0  # graded factuality, -3 (certainly not) to 3 (certainly)
    check_worthiness: float = 0.0  # of its sentence: 0 (nothing to check) to 1 (a reader would want it checked)
    section: str = ""
    is_inferred: bool = False
    is_pronoun_unresolved: bool = False
    is_negation_unclear: bool = False
    negation: tuple[Span, ...] = ()  # the words of negation, if any
    hedges: tuple[Hedge, ...] = ()
    attributions: tuple[Attribution, ...] = ()  # innermost first
    times: tuple[Time, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    participants: tuple[Participant, ...] = ()  # the mentions with their roles, then the sources

    @property
    def span(self) -> Span:
        """The smallest contiguous span that holds the claim's own words."""
        return cover(self.spans)

    @property
    def source(self) -> Attribution | None:
        """The innermost attribution to anybody but the author, which says who vouches for the words."""
        return next((found for found in self.attributions if found.source_kind is not SourceKind.AUTHOR), None)

    @property
    def estimate(self) -> Hedge | None:
        """The hedge whose band of probability (ICD 203) is the claim's.

        The source's doubt stands nearer to the claim than that of the author who reports it, so its band comes
        first; of several words of one holder the least likely one counts.
        """
        banded = [hedge for hedge in self.hedges if hedge.low is not None]
        order = (Holder.SOURCE, Holder.AUTHOR)
        return min(banded, key=lambda hedge: (order.index(hedge.holder), hedge.low, hedge.span), default=None)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in one text."""

    text: str  # raw
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Span, ...] = ()
    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    times: tuple[Time, ...] = ()
    mentions: tuple[Mention, ...] = ()
    hedges: tuple[Hedge, ...] = ()
    quantities: tuple[Quantity, ...] = ()
