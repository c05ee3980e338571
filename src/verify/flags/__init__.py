"""What a reader should know before using a claim: one pure function a flag, and the confidence that follows.

To add a flag: name it in `verify.terms.Flag` with its severity and meaning, write its rule (a function from a
`Context` to the evidence) and enter it in `RULES`; tests fail until it is documented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from verify.flags import agreement, certainty, dating, sourcing
from verify.flags.confidence import confidence
from verify.flags.context import Context, Counterpart, Evidence, Said, said_in
from verify.flags.elsewhere import Elsewhere, Place, Wordings, counterparts, wordings_of
from verify.models import AnalysedArticle, RaisedFlag, claim_ids
from verify.terms import Flag

__all__ = [
    "RULES",
    "Context",
    "Counterpart",
    "Elsewhere",
    "Evidence",
    "Place",
    "Said",
    "Wordings",
    "confidence",
    "counterparts",
    "raise_flags",
    "said_in",
    "wordings_of",
]

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


def raise_flags(articles: Iterable[AnalysedArticle], elsewhere: Elsewhere) -> list[RaisedFlag]:
    """Raise every flag on every claim of some articles.

    Args:
        articles: Analysed articles, with offsets in raw text and `syndicated_from` set.
        elsewhere: What all articles of the corpus say, these included.

    Returns:
        The flags in the order of the articles, their claims, and the vocabulary, each with its evidence.
    """
    raised: list[RaisedFlag] = []
    for analysed in articles:
        for key, claim in zip(claim_ids(analysed), analysed.analysis.claims, strict=True):
            others = elsewhere.counterparts.get(key, ())
            n_publishers = elsewhere.agreement.n_publishers(key)
            raised += judge(key, Context(claim, analysed, others, n_publishers, elsewhere.repeated_in(analysed, claim)))
    return raised


def judge(claim_id: str, context: Context) -> Iterator[RaisedFlag]:
    """Raise the flags of one claim, a flag once for each piece of evidence."""
    for flag, rule in RULES.items():
        for evidence in dict.fromkeys(rule(context)):
            yield RaisedFlag(claim_id, flag, evidence.detail, evidence.span)
