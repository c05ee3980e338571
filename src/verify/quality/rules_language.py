"""Rules about who says it, who takes part and how certainly: an allegation never leaves as certain."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from verify.flags.confidence import confidence
from verify.quality.rules import WARNING, Rule, has_flag, rule
from verify.terms import ActorRole, Factuality, Flag, Polarity, SourceKind

if TYPE_CHECKING:
    import pandas as pd

_ALLEGATION = r"\balleg(?:e|es|ed|edly|ation|ations|ing)\b"
_UNNAMED = (SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP)


@rule("claims", "has_named_actor", "actor_ids", "place_ids", "flags")
def a_claim_names_somebody_or_is_flagged(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim names an actor or a place, or is flagged as no_named_actor."""
    named = (frame["actor_ids"] != "[]") | (frame["place_ids"] != "[]")
    return (frame["has_named_actor"] == named) & (named | has_flag(frame["flags"], Flag.NO_NAMED_ACTOR))


@rule("claims", "flags", "ambiguous names", severity=WARNING)
def ambiguous_actors_are_flagged(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim with a name that can stand for more than one actor is flagged as ambiguous_actor."""
    return ~frame["ambiguous names"] | has_flag(frame["flags"], Flag.AMBIGUOUS_ACTOR)


@rule("claims", "is_attributed", "source_kind", "cue", "attribution_ids")
def attributed_claims_have_a_source(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim is attributed where it has a source other than the author, and nowhere else."""
    listed = (frame["attribution_ids"] != "[]") | ~frame["is_attributed"]
    return listed & (frame["is_attributed"] == (frame["source_kind"] != SourceKind.AUTHOR))


@rule("claims", "has_named_source", "source_name", "source_kind")
def named_sources_have_a_name(frame: pd.DataFrame) -> pd.Series[bool]:
    """A source has a name where it is said to, and an unnamed one has none."""
    named = frame["source_name"].notna()
    return (frame["has_named_source"] == named) & ~(named & frame["source_kind"].isin(_UNNAMED))


@rule("claims", "is_attributed", "has_named_source", "flags", severity=WARNING)
def unnamed_sources_are_flagged(frame: pd.DataFrame) -> pd.Series[bool]:
    """An attributed claim has a source with a name, or is flagged as unnamed_source."""
    return ~frame["is_attributed"] | frame["has_named_source"] | has_flag(frame["flags"], Flag.UNNAMED_SOURCE)


@rule("claims", "hedges", "cue", "is_alleged", "factuality")
def an_allegation_is_never_certain(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim with a form of "allege" among its hedges, or flagged as alleged, is not presented as certain."""
    alleged = frame["is_alleged"] | frame["hedges"].str.contains(_ALLEGATION, case=False, na=False)
    return ~alleged | (frame["factuality"] != Factuality.CERTAIN)


@rule("claims", "hedges", "cue", "is_alleged")
def an_allegation_is_flagged(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim with a form of "allege" among its hedges or as its cue is flagged as alleged."""
    words = frame["hedges"] + " " + frame["cue"].fillna("")
    return ~words.str.contains(_ALLEGATION, case=False, na=False) | frame["is_alleged"]


@rule("claims", "is_hedged", "hedge_ids", "hedge_holder", "flags")
def hedged_claims_have_a_hedge(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim is hedged where a hedge belongs to it, with a holder and the flag, and nowhere else."""
    hedged = frame["hedge_ids"] != "[]"
    same = (frame["is_hedged"] == hedged) & (frame["hedge_holder"].notna() == hedged)
    return same & (~hedged | has_flag(frame["flags"], Flag.HEDGED))


@rule("claims", "hedge_ids", "stray hedges", severity=WARNING)
def hedges_lie_inside_their_claim(frame: pd.DataFrame) -> pd.Series[bool]:
    """A hedge stands inside its claim's words, or its scope touches them, as in "Reportedly, ..."."""
    return frame["stray hedges"] == 0


@rule("claims", "factuality", "doubts", severity=WARNING)
def a_doubted_claim_is_not_certain(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim that the author's epistemic or evidential hedge touches is not presented as certain."""
    return (frame["doubts"] == 0) | (frame["factuality"] != Factuality.CERTAIN)


@rule("claims", "is_negated", "polarity")
def negated_claims_are_negative(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim is negated where its polarity is negative, and nowhere else."""
    return frame["is_negated"] == (frame["polarity"] == Polarity.NEGATIVE)


@rule("claims", "is_corroborated", "n_publishers", "flags")
def corroborated_claims_have_two_publishers(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim is corroborated where two publishers make it, or is flagged as single_publisher."""
    two = frame["n_publishers"] > 1
    return (frame["is_corroborated"] == two) & (two != has_flag(frame["flags"], Flag.SINGLE_PUBLISHER))


@rule("claims", "is_contradicted", "flags")
def contradicted_claims_are_flagged(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim that another article contradicts is flagged so."""
    return frame["is_contradicted"] == has_flag(frame["flags"], Flag.CONTRADICTED)


@rule("claims", "flags", "is_corroborated", "confidence")
def confidence_follows_from_the_flags(frame: pd.DataFrame) -> pd.Series[bool]:
    """The confidence is the one that the documented rule gives for the flags."""
    cases = frame[["flags", "is_corroborated"]].drop_duplicates()
    bands = {(flags, lifted): _band(flags, lifted) for flags, lifted in cases.itertuples(index=False)}
    keys = zip(frame["flags"], frame["is_corroborated"], strict=True)
    return frame["confidence"] == [bands[key] for key in keys]


def _band(flags: str, is_corroborated: bool) -> str:
    listed = set(json.loads(flags))
    return confidence([flag for flag in Flag if flag.value in listed], is_corroborated=is_corroborated)[0].value


@rule("attributions", "cue_text", "source_name", "source_kind", severity=WARNING)
def an_attribution_has_a_cue_or_a_source(frame: pd.DataFrame) -> pd.Series[bool]:
    """Words of reporting, or the name of a source, say that something is attributed."""
    return frame["cue_text"].notna() | frame["source_name"].notna()


@rule("claims", "probability_low", "probability_high", "probability_holder", "band is a hedge's")
def a_probability_is_a_hedges(frame: pd.DataFrame) -> pd.Series[bool]:
    """A claim's band of probability is that of one of its hedges, with the hedge's holder; without one it has none."""
    return frame["band is a hedge's"]


@rule("claims", "actor_ids", "place_ids", "all take part")
def everybody_named_has_a_role(frame: pd.DataFrame) -> pd.Series[bool]:
    """Each actor and place of a claim takes part in it with a role other than source, and nobody else does."""
    return frame["all take part"]


@rule("participants", "actor_role", "is attributed")
def a_source_belongs_to_an_attribution(frame: pd.DataFrame) -> pd.Series[bool]:
    """Only a claim that is attributed to somebody has a source among its participants."""
    return (frame["actor_role"] != ActorRole.SOURCE) | frame["is attributed"]


@rule("hedges", "probability_low", "probability_high")
def probabilities_are_in_order(frame: pd.DataFrame) -> pd.Series[bool]:
    """A band of probability has both ends, the lower one first, or none."""
    low, high = frame["probability_low"], frame["probability_high"]
    return (low.isna() & high.isna()) | (low <= high)


RULES: tuple[Rule, ...] = (
    a_claim_names_somebody_or_is_flagged,
    ambiguous_actors_are_flagged,
    attributed_claims_have_a_source,
    named_sources_have_a_name,
    unnamed_sources_are_flagged,
    an_allegation_is_never_certain,
    an_allegation_is_flagged,
    hedged_claims_have_a_hedge,
    hedges_lie_inside_their_claim,
    a_doubted_claim_is_not_certain,
    negated_claims_are_negative,
    corroborated_claims_have_two_publishers,
    contradicted_claims_are_flagged,
    confidence_follows_from_the_flags,
    an_attribution_has_a_cue_or_a_source,
    a_probability_is_a_hedges,
    everybody_named_has_a_role,
    a_source_belongs_to_an_attribution,
    probabilities_are_in_order,
)
