"""What a reader should know before using a claim: one pure function a flag, and the confidence that follows.

To add a flag: name it in `verify.terms.Flag` with its severity and meaning, write its rule (a function from a
`Context` to the evidence) and enter it in `RULES`; tests fail until it is documented.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from verify import corroboration
from verify.flags import agreement, certainty, dating, sourcing
from verify.flags.confidence import confidence
from verify.flags.context import Context, Counterpart, Evidence
from verify.models import AnalysedArticle, Claim, Match, RaisedFlag, claim_ids
from verify.terms import Flag

__all__ = ["RULES", "Context", "Counterpart", "Evidence", "confidence", "raise_flags"]

Rule = Callable[[Context], Iterator[Evidence]]

RULES: Mapping[Flag, Rule] = MappingProxyType(
    {
        Flag.AUTHOR_VOICE: sourcing.author_voice,
        Flag.UNDATED: dating.undated,
        Flag.PREDICTION: certainty.prediction,
        Flag.OPINION: certainty.opinion,
        Flag.SINGLE_PUBLISHER: agreement.single_publisher,
        Flag.QUANTITY_WITHOUT_UNIT: certainty.quantity_without_unit,
        Flag.DUPLICATE: agreement.duplicate,
        Flag.SYNDICATED: agreement.syndicated,
        Flag.INFERRED: sourcing.inferred,
        Flag.HEDGED: certainty.hedged,
        Flag.UNNAMED_SOURCE: sourcing.unnamed_source,
        Flag.NO_NAMED_ACTOR: sourcing.no_named_actor,
        Flag.AMBIGUOUS_ACTOR: sourcing.ambiguous_actor,
        Flag.PRONOUN_UNRESOLVED: sourcing.pronoun_unresolved,
        Flag.VAGUE_DATE: dating.vague_date,
        Flag.AMBIGUOUS_DATE: dating.ambiguous_date,
        Flag.NEGATION_SCOPE_UNCLEAR: certainty.negation_scope_unclear,
        Flag.ALLEGED: sourcing.alleged,
        Flag.CONTRADICTED: agreement.contradicted,
        Flag.DATE_AFTER_PUBLICATION: dating.date_after_publication,
        Flag.CONFLICTING_NUMBERS: agreement.conflicting_numbers,
    }
)
"""The rule of each flag."""


def raise_flags(articles: Sequence[AnalysedArticle], matches: Iterable[Match]) -> list[RaisedFlag]:
    """Raise every flag on every claim.

    Args:
        articles: Analysed articles, with offsets in raw text and `syndicated_from` set.
        matches: What `corroboration.find_matches` found among them.

    Returns:
        The flags in the order of the articles, their claims, and the vocabulary, each with its evidence.
    """
    matches = list(matches)
    claims = {key: claim for a in articles for key, claim in zip(claim_ids(a), a.analysis.claims, strict=True)}
    counterparts = _counterparts(claims, matches)
    n_publishers = corroboration.count_publishers(articles, matches)
    repeated = _repeated(articles)
    raised: list[RaisedFlag] = []
    for analysed in articles:
        for key, claim in zip(claim_ids(analysed), analysed.analysis.claims, strict=True):
            places = repeated.get(_wording(analysed, claim), {})
            elsewhere = min((p for other, p in places.items() if other != analysed.article.article_id), default="")
            context = Context(claim, analysed, counterparts.get(key, ()), n_publishers[key], elsewhere)
            raised += judge(key, context)
    return raised


def judge(claim_id: str, context: Context) -> Iterator[RaisedFlag]:
    """Raise the flags of one claim, a flag once for each piece of evidence."""
    for flag, rule in RULES.items():
        for evidence in dict.fromkeys(rule(context)):
            yield RaisedFlag(claim_id, flag, evidence.detail, evidence.span)


def _counterparts(claims: Mapping[str, Claim], matches: Iterable[Match]) -> dict[str, tuple[Counterpart, ...]]:
    found: dict[str, list[Counterpart]] = defaultdict(list)
    for match in matches:
        for own, other in ((match.claim_id, match.other_claim_id), (match.other_claim_id, match.claim_id)):
            if own in claims and other in claims:
                found[own].append(Counterpart(match.kind, other, claims[other]))
    return {key: tuple(sorted(others, key=lambda c: (c.kind, c.claim_id))) for key, others in found.items()}


def _repeated(articles: Iterable[AnalysedArticle]) -> dict[tuple[str, str], dict[str, str]]:
    """Return where the same words of one publisher stand: article_id to path, by publisher and words."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for analysed in articles:
        article = analysed.article
        if article.publisher_id:
            place = article.path if article.row is None else f"{article.path}, row {article.row}"
            for claim in analysed.analysis.claims:
                found[_wording(analysed, claim)][article.article_id] = place
    return found


def _wording(analysed: AnalysedArticle, claim: Claim) -> tuple[str, str]:
    return analysed.article.publisher_id or "", " ".join(claim.text.casefold().split())
