"""What two claims are compared by: who, does what, when, how many, and the words that are left."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from verify.corroboration.numbers import Amount, amounts_of
from verify.corroboration.stems import content_stems, stem_of
from verify.models import claim_ids
from verify.terms import ClaimKind, Factuality, Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verify.models import AnalysedArticle, Claim, Mention, Phrase, Quantity, Span

_KEPT = 200_000  # sets that are kept to be shared: a corpus names the same people over and over


@dataclass(frozen=True, slots=True)
class Origin:
    """The article of a claim, as far as claims are compared by it."""

    article_id: str
    publisher: str  # publisher_id, or the article_id where nobody knows it
    published: date | None
    cast: frozenset[str]  # actor_ids of the whole article


@dataclass(frozen=True, slots=True)
class Period:
    """Days on the calendar."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Gist:
    """One claim of one article, ready to be compared.

    It holds nothing of the claim itself, and shares its texts and sets with other gists: those of ten thousand
    articles stay in memory together.
    """

    claim_id: str
    origin: Origin
    kind: ClaimKind
    polarity: Polarity
    factuality: Factuality
    is_unsettled: bool  # what a pronoun in it stands for, or what a negation reaches, is open
    is_pronoun_unresolved: bool
    predicate: str  # stem of the word that carries it
    subject: frozenset[str]  # actor_ids in the subject; where none has a name, the stems of its words
    actors: frozenset[str]  # actor_ids
    stems: tuple[str, ...]  # of the claim's words without names, times, quantities and predicate, sorted
    period: Period | None
    open_times: frozenset[str]  # TIMEX3 values of times without a place on the calendar, as XXXX-01-09
    amounts: tuple[Amount, ...]

    @property
    def article_id(self) -> str:
        """The article that makes the claim."""
        return self.origin.article_id

    @property
    def elements(self) -> frozenset[str]:
        """Everything that two claims can share besides the predicate."""
        return self.actors.union(self.stems)


def find_gists(analysed: AnalysedArticle) -> tuple[Gist, ...]:
    """Return the gist of each claim of an article, in order."""
    article = analysed.article
    published = article.published_at.date() if isinstance(article.published_at, datetime) else article.published_at
    cast = frozenset(mention.actor_id for mention in analysed.analysis.mentions if mention.name)
    origin = Origin(article.article_id, article.publisher_id or article.article_id, published, cast)
    claims = zip(claim_ids(analysed), analysed.analysis.claims, strict=True)
    return tuple(_gist(claim_id, claim, article.text, origin) for claim_id, claim in claims)


def shared(gist: Gist) -> Gist:
    """Return a gist that shares its texts and sets with those that went through here before."""
    return Gist(  # dataclasses.replace takes three times as long, and all gists of a corpus go through here
        gist.claim_id,
        gist.origin,
        gist.kind,
        gist.polarity,
        gist.factuality,
        gist.is_unsettled,
        gist.is_pronoun_unresolved,
        sys.intern(gist.predicate),
        _shared(gist.subject),
        _shared(gist.actors),
        tuple(map(sys.intern, gist.stems)),
        gist.period,
        _shared(gist.open_times),
        gist.amounts,
    )


def forget_shared() -> None:
    """Let go of the sets that gists share, once a corpus has been compared."""
    _shared.cache_clear()


def _gist(claim_id: str, claim: Claim, text: str, origin: Origin) -> Gist:
    predicate = stem_of(text[claim.head.start : claim.head.end])
    names = [mention for mention in claim.mentions if mention.name]
    set_apart = [mention.span for mention in claim.mentions] + [time.span for time in claim.times]
    set_apart += [quantity.span for quantity in claim.quantities] + list(claim.negation)
    stems = content_stems(_without(text, claim.spans, set_apart)) | _counted(claim.quantities) - {predicate}
    return Gist(
        claim_id=claim_id,
        origin=origin,
        kind=claim.kind,
        polarity=claim.polarity,
        factuality=claim.factuality,
        is_unsettled=claim.is_negation_unclear or claim.is_pronoun_unresolved,
        is_pronoun_unresolved=claim.is_pronoun_unresolved,
        predicate=predicate,
        subject=_subject(claim.subject, names, text),
        actors=frozenset(mention.actor_id for mention in names),
        stems=tuple(sorted(stems)),
        period=_period(claim),
        open_times=frozenset(time.value for time in claim.times if not time.start),
        amounts=amounts_of(claim),
    )


@lru_cache(maxsize=_KEPT)
def _shared(values: frozenset[str]) -> frozenset[str]:
    """Return a set of texts; equal sets are one object, as long as there is room to keep them."""
    return frozenset(map(sys.intern, values))


def _subject(subject: Phrase | None, names: list[Mention], text: str) -> frozenset[str]:
    if subject is None:
        return frozenset()
    actors = {m.actor_id for m in names if any(m.span.overlaps(span) for span in subject.spans)}
    return frozenset(actors or content_stems(" ".join(text[span.start : span.end] for span in subject.spans)))


def _counted(quantities: Iterable[Quantity]) -> frozenset[str]:
    return frozenset().union(*(content_stems(f"{quantity.counted} {quantity.unit}") for quantity in quantities))


def _without(text: str, spans: Iterable[Span], left_out: Iterable[Span]) -> str:
    """Return the words of the spans with the left-out ones blanked."""
    gaps = sorted(left_out)
    pieces = []
    for span in spans:
        at = span.start
        for gap in gaps:
            if gap.end > at and gap.start < span.end:
                pieces.append(text[at : max(at, gap.start)])
                at = max(at, gap.end)
        pieces.append(text[at : span.end])
    return " ".join(pieces)


def _period(claim: Claim) -> Period | None:
    """Return the days of the first time of the claim that has a place on the calendar."""
    return next((Period(time.start, time.end) for time in claim.times if time.start and time.end), None)
