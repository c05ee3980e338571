"""What the rules for flags see of a claim, and the evidence they give back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.corroboration import Amount, amounts_of
from verify.models import Span

if TYPE_CHECKING:
    from verify.models import AnalysedArticle, Claim
    from verify.terms import MatchKind

_LONGEST_QUOTE = 200  # characters of another article's claim that a detail repeats


@dataclass(frozen=True, slots=True)
class Said:
    """What is kept of a claim that other articles dispute: their flags quote it, and nothing else of it is needed."""

    words: str  # shortened where they are long
    amounts: tuple[Amount, ...]

    def stable(self) -> tuple[object, ...]:
        """Return the same in an order that no hash decides."""
        compared = [(a.unit, sorted(a.counted), a.low, a.high, a.is_approximate, a.is_open) for a in self.amounts]
        return self.words, compared


def said_in(claim: Claim) -> Said:
    """Return what is kept of a claim."""
    words = " ".join(claim.text.split())
    return Said(f"{words[:_LONGEST_QUOTE]}{'...' if len(words) > _LONGEST_QUOTE else ''}", amounts_of(claim))


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A claim of another article that this one was matched with."""

    kind: MatchKind
    claim_id: str
    said: Said

    def quote(self) -> str:
        """Return the other claim's id and words."""
        return f"{self.claim_id}: {self.said.words}"


@dataclass(frozen=True, slots=True)
class Context:
    """One claim and all that its flags depend on."""

    claim: Claim
    analysed: AnalysedArticle
    counterparts: tuple[Counterpart, ...] = ()
    n_publishers: int = 1  # independent ones that make the claim, this one counted
    repeated_in: str = ""  # the path of another article of the same publisher with the same words

    def words(self, span: Span) -> str:
        """Return the article's words at a span."""
        return self.analysed.article.text[span.start : span.end]

    def shown(self, span: Span) -> Evidence:
        """Return the words at a span as evidence."""
        return Evidence(self.words(span), span)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a flag is raised: the words and where they stand in the raw text, or what is missing."""

    detail: str
    span: Span | None = None
