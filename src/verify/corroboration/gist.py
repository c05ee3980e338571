"""What two claims are compared by: who, does what, when, how many, and the words that are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from verify.corroboration.stems import content_stems, stem_of
from verify.models import claim_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from verify.models import AnalysedArticle, Claim, Mention, Phrase, Quantity, Span


@dataclass(frozen=True, slots=True)
class Gist:
    """One claim of one article, ready to be compared."""

    claim_id: str
    article_id: str
    publisher: str  # publisher_id, or the article_id where nobody knows it
    claim: Claim
    published: date | None
    predicate: str  # stem of the word that carries it
    subject: frozenset[str]  # actor_ids in the subject; where none has a name, the stems of its words
    actors: frozenset[str]  # actor_ids
    cast: frozenset[str]  # actor_ids of the whole article
    stems: frozenset[str]  # of the claim's words without names, times, quantities and predicate
    dates: tuple[date, date] | None  # first and last day
    open_times: frozenset[str]  # TIMEX3 values of times without a place on the calendar, as XXXX-01-09

    @property
    def elements(self) -> frozenset[str]:
        """Everything that two claims can share besides the predicate."""
        return self.actors | self.stems


def find_gists(analysed: AnalysedArticle) -> Iterator[Gist]:
    """Return the gist of each claim of an article, in order."""
    article = analysed.article
    published = article.published_at.date() if isinstance(article.published_at, datetime) else article.published_at
    cast = frozenset(mention.actor_id for mention in analysed.analysis.mentions if mention.name)
    for claim_id, claim in zip(claim_ids(analysed), analysed.analysis.claims, strict=True):
        yield _gist(claim_id, claim, analysed, published, cast)


def _gist(claim_id: str, claim: Claim, analysed: AnalysedArticle, published: date | None, cast: frozenset[str]) -> Gist:
    text = analysed.article.text
    predicate = stem_of(text[claim.head.start : claim.head.end])
    names = [mention for mention in claim.mentions if mention.name]
    set_apart = [mention.span for mention in claim.mentions] + [time.span for time in claim.times]
    set_apart += [quantity.span for quantity in claim.quantities] + list(claim.negation)
    return Gist(
        claim_id=claim_id,
        article_id=analysed.article.article_id,
        publisher=analysed.article.publisher_id or analysed.article.article_id,
        claim=claim,
        published=published,
        predicate=predicate,
        subject=_subject(claim.subject, names, text),
        actors=frozenset(mention.actor_id for mention in names),
        cast=cast,
        stems=content_stems(_without(text, claim.spans, set_apart)) | _counted(claim.quantities) - {predicate},
        dates=_dates(claim),
        open_times=frozenset(time.value for time in claim.times if not time.start),
    )


def _subject(subject: Phrase | None, names: list[Mention], text: str) -> frozenset[str]:
    if subject is None:
        return frozenset()
    actors = {m.actor_id for m in names if any(m.span.overlaps(span) for span in subject.spans)}
    return frozenset(actors) or content_stems(" ".join(text[span.start : span.end] for span in subject.spans))


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
