"""What is counted of one article: how often it calls an actor by a name, and attributes something to a source."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from verify.models import AnalysedArticle, Attribution, Mention
from verify.tables.ids import source_id
from verify.terms import ActorKind, SourceKind


@dataclass(frozen=True, slots=True)
class Named:
    """How often an article calls an actor by a name."""

    actor_id: str
    kind: ActorKind
    code: str
    name: str
    times: int


@dataclass(frozen=True, slots=True)
class Cited:
    """How often an article attributes something to a source in the same words."""

    source_id: str
    kind: SourceKind
    name: str
    words: str
    times: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """In how many claims of an article an actor or a source stands."""

    key: str
    times: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted of one article."""

    claims: int
    names: tuple[Named, ...]
    sources: tuple[Cited, ...]
    claims_of_actors: tuple[Claimed, ...]
    claims_of_sources: tuple[Claimed, ...]


def count(analysed: AnalysedArticle) -> Counts:
    """Count the names and the sources of an article."""
    mentions, claims = _mentions(analysed), analysed.analysis.claims
    kinds: dict[str, tuple[ActorKind, str]] = {}
    for mention in mentions:
        kinds.setdefault(mention.actor_id, (mention.kind, mention.code))
    names = Counter((mention.actor_id, mention.name) for mention in mentions)
    cited = Counter(
        (key, found.source_kind, found.source_name, found.source_text or found.source_name)
        for found in _attributions(analysed)
        if (key := source_id(found))
    )
    actors = Counter(key for claim in claims for key in {mention.actor_id for mention in claim.mentions})
    sources = Counter(key for claim in claims if claim.source and (key := source_id(claim.source)))
    return Counts(
        len(claims),
        tuple(Named(key, *kinds[key], name, times) for (key, name), times in names.items()),
        tuple(Cited(*words, times) for words, times in cited.items()),
        tuple(Claimed(key, actors[key]) for key in sorted(actors)),
        tuple(Claimed(key, times) for key, times in sources.items()),
    )


def _mentions(analysed: AnalysedArticle) -> list[Mention]:
    """Return every mention of an article once, whether a claim holds it or not."""
    claims = analysed.analysis.claims
    of_claims = (mention for claim in claims for mention in claim.mentions)
    taking_part = (participant.mention for claim in claims for participant in claim.participants)
    return list(dict.fromkeys([*analysed.analysis.mentions, *of_claims, *taking_part]))


def _attributions(analysed: AnalysedArticle) -> list[Attribution]:
    """Return every attribution of an article once, whether a claim holds it or not."""
    of_claims = (found for claim in analysed.analysis.claims for found in claim.attributions)
    return list(dict.fromkeys([*analysed.analysis.attributions, *of_claims]))
