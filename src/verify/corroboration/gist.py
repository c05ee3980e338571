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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from verify.models import AnalysedArticle, Claim, Mention, Phrase, Quantity, Span
    from verify.terms import ClaimKind, Factuality, Polarity

_KEPT = 200_000  # sets that are kept to be shared: a corpus names the same people over and over


@dataclass(frozen=True, slots=True)
class Gist:
    """One claim of one article, ready to be compared.

    It holds nothing of the claim itself, and shares its texts and sets with other gists: those of ten thousand
    articles stay in memory together.
    """

    claim_id: str
    article_id: str
    publisher: str  # publisher_id, or the article_id where nobody knows it
    published: date | None
    kind: ClaimKind
    polarity: Polarity
    factuality: Factuality
    is_unsettled: bool  # what a pronoun in it stands for, or what a negation reaches, is open
    is_pronoun_unresolved: bool
    predicate: str  # stem of the word that carries it
    subject: frozenset[str]  # actor_ids in the subject; where none has a name, the stems of its words
    actors: frozenset[str]  # actor_ids
    cast: frozenset[str]  # actor_ids of the whole article
    stems: tuple[str, ...]  # of the claim's words without names, times, quantities and predicate, sorted
    dates: tuple[date, date] | None  # first and last day
    open_times: frozenset[str]  # TIMEX3 values of times without a place on the calendar, as XXXX-01-09
    amounts: tuple[Amount, ...]

    @property
    def elements(self) -> frozenset[str]:
        """Everything that two claims can share besides the predicate."""
        return self.actors.union(self.stems)


def find_gists(analysed: AnalysedArticle) -> Iterator[Gist]:
    """Return the gist of each claim of an article, in order."""
    article = analysed.article
    published = article.published_at.date() if isinstance(article.published_at, datetime) else article.published_at
    cast = _shared({mention.actor_id for mention in analysed.analysis.mentions if mention.name})
    for claim_id, claim in zip(claim_ids(analysed), analysed.analysis.claims, strict=True):
        yield _gist(claim_id, claim, analysed, published, cast)


def forget_shared() -> None:
    """Let go of the sets that gists share, once a corpus has been compared."""
    _kept.cache_clear()


def _gist(claim_id: str, claim: Claim, analysed: AnalysedArticle, published: date | None, cast: frozenset[str]) -> Gist:
    text = analysed.article.text
    predicate = stem_of(text[claim.head.start : claim.head.end])
    names = [mention for mention in claim.mentions if mention.name]
    set_apart = [mention.span for mention in claim.mentions] + [time.span for time in claim.times]
    set_apart += [quantity.span for quantity in claim.quantities] + list(claim.negation)
    stems = content_stems(_without(text, claim.spans, set_apart)) | _counted(claim.quantities) - {predicate}
    return Gist(
        claim_id=claim_id,
        article_id=analysed.article.article_id,
        publisher=analysed.article.publisher_id or analysed.article.article_id,
        published=published,
        kind=claim.kind,
        polarity=claim.polarity,
        factuality=claim.factuality,
        is_unsettled=claim.is_negation_unclear or claim.is_pronoun_unresolved,
        is_pronoun_unresolved=claim.is_pronoun_unresolved,
        predicate=sys.intern(predicate),
        subject=_subject(claim.subject, names, text),
        actors=_shared(mention.actor_id for mention in names),
        cast=cast,
        stems=tuple(sorted(map(sys.intern, stems))),
        dates=_dates(claim),
        open_times=_shared(time.value for time in claim.times if not time.start),
        amounts=amounts_of(claim),
    )


def _shared(values: Iterable[str]) -> frozenset[str]:
    """Return a set of texts; equal sets are one object, as long as there is room to keep them."""
    return _kept(frozenset(map(sys.intern, values)))


@lru_cache(maxsize=_KEPT)
def _kept(values: frozenset[str]) -> frozenset[str]:
    return values


def _subject(subject: Phrase | None, names: list[Mention], text: str) -> frozenset[str]:
    if subject is None:
        return frozenset()
    actors = {m.actor_id for m in names if any(m.span.overlaps(span) for span in subject.spans)}
    return _shared(actors or content_stems(" ".join(text[span.start : span.end] for span in subject.spans)))


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


def _dates(claim: Claim) -> tuple[date, date] | None:
    """Return the days of the first time of the claim that has a place on the calendar."""
    return next(((time.start, time.end) for time in claim.times if time.start and time.end), None)
