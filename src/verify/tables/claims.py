"""Rows of the `claims` table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from verify.models import AnalysedArticle, Claim, Mention, Time
from verify.tables.frame import Columns
from verify.tables.ids import ItemIds, source_id
from verify.tables.items import cell, spans_cell
from verify.tables.judgements import Judgement
from verify.terms import ActorKind, Flag, Holder, Polarity, SourceKind

Row = dict[str, Any]
NOT_ACTORS = frozenset({ActorKind.PLACE, ActorKind.OTHER})  # they have a name, but they do not act


def add_claims(
    claims: Columns, analysed: AnalysedArticle, keys: Sequence[str], ids: ItemIds, judged: Mapping[str, Judgement]
) -> None:
    """Append the rows of one article's claims, whose ids are the keys."""
    for key, claim in zip(keys, analysed.analysis.claims, strict=True):
        claims.add(
            {"claim_id": key, "article_id": analysed.article.article_id}
            | _words(claim)
            | _certainty(claim, ids)
            | _source(claim, ids)
            | _time(claim, ids)
            | _names(claim)
            | _amounts(claim, ids)
            | _judgement(judged[key])
        )


def add_participants(table: Columns, analysed: AnalysedArticle, keys: Sequence[str], ids: ItemIds) -> None:
    """Append what each named actor does in each claim of one article; the claims' ids are the keys."""
    for key, claim in zip(keys, analysed.analysis.claims, strict=True):
        for taking_part in dict.fromkeys(claim.participants):
            mention = taking_part.mention
            table.add(
                {
                    "article_id": analysed.article.article_id,
                    "claim_id": key,
                    "actor_role": taking_part.role,
                    "actor_id": mention.actor_id,
                    "name": mention.name,
                    "mention_id": ids.mentions[mention],
                }
            )


def _words(claim: Claim) -> Row:
    span = claim.span
    return {
        "section": claim.section,
        "sentence": claim.sentence,
        "start": span.start,
        "end": span.end,
        "text": claim.text,
        "spans": spans_cell(claim.spans) if len(claim.spans) > 1 else None,
        "proposition": claim.proposition,
        "subject": claim.subject.text if claim.subject else None,
        "predicate": claim.predicate.text,
        "object": claim.object.text if claim.object else None,
        "kind": claim.kind,
        "check_worthiness": claim.check_worthiness,
        "is_inferred": claim.is_inferred,
    }


def _certainty(claim: Claim, ids: ItemIds) -> Row:
    holders, estimate = {hedge.holder for hedge in claim.hedges}, claim.estimate
    return {
        "polarity": claim.polarity,
        "factuality": claim.factuality,
        "hedge_holder": next((holder for holder in Holder if holder in holders), None),
        "probability_low": estimate.low if estimate else None,
        "probability_high": estimate.high if estimate else None,
        "probability_holder": estimate.holder if estimate else None,
        "hedges": cell(hedge.text for hedge in claim.hedges),
        "hedge_ids": cell(ids.hedges[hedge] for hedge in claim.hedges),
        "is_hedged": bool(claim.hedges),
        "is_negated": claim.polarity is Polarity.NEGATIVE,
    }


def _source(claim: Claim, ids: ItemIds) -> Row:
    source = claim.source
    return {
        "source_id": source_id(source) if source else None,
        "source_name": source.source_name if source and source.is_named else None,
        "source_text": source.source_text if source else None,
        "source_kind": source.source_kind if source else SourceKind.AUTHOR,
        "cue": source.cue_text if source else None,
        "cue_class": source.cue_class if source else None,
        "attribution_ids": cell(ids.attributions[attribution] for attribution in claim.attributions),
        "is_attributed": source is not None,
        "has_named_source": source is not None and source.is_named,
    }


def _time(claim: Claim, ids: ItemIds) -> Row:
    time = _dating(claim.times)
    return {
        "time_text": time.text if time else None,
        "time_edtf": time.edtf if time else None,
        "time_start": time.start if time else None,
        "time_end": time.end if time else None,
        "time_precision": time.precision if time else None,
        "time_ids": cell(ids.times[found] for found in claim.times),
        "is_dated": time is not None,
    }


def _dating(times: tuple[Time, ...]) -> Time | None:
    return next((time for time in times if time.edtf), times[0] if times else None)


def _names(claim: Claim) -> Row:
    named = {mention.actor_id: mention for mention in claim.mentions if mention.name}
    actors = [mention for mention in named.values() if mention.kind not in NOT_ACTORS]
    places = [mention for mention in named.values() if mention.kind in NOT_ACTORS]
    return {
        "actors": _named(actors),
        "actor_ids": cell(mention.actor_id for mention in actors),
        "places": _named(places),
        "place_ids": cell(mention.actor_id for mention in places),
        "has_named_actor": bool(named),
    }


def _named(mentions: Iterable[Mention]) -> str:
    return cell(mention.name for mention in mentions)


def _amounts(claim: Claim, ids: ItemIds) -> Row:
    return {
        "quantity": claim.quantities[0].text if claim.quantities else None,
        "quantity_ids": cell(ids.quantities[quantity] for quantity in claim.quantities),
    }


def _judgement(judged: Judgement) -> Row:
    return {
        "is_alleged": Flag.ALLEGED in judged.flags,
        "is_duplicate": Flag.DUPLICATE in judged.flags,
        "is_corroborated": judged.is_corroborated,
        "is_contradicted": judged.is_contradicted,
        "n_publishers": judged.n_publishers,
        "cluster_id": judged.cluster_id,
        "flags": cell(judged.flags),
        "confidence": judged.confidence,
        "confidence_reasons": cell(judged.reasons),
    }
