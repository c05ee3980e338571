"""What is known once all articles are analysed, before the tables of any are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify import corroboration, flags, tables
from verify.findings import Findings
from verify.models import Agreement, AnalysedArticle, Claim, claim_ids

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known once all articles are analysed, before the tables of any are made."""

    findings: Findings
    copies: Mapping[str, str]  # article_id of the original by that of its copy
    elsewhere: flags.Elsewhere
    whole: dict[str, pd.DataFrame]  # articles, actors, sources, matches

    def parts(self) -> Iterator[list[AnalysedArticle]]:
        """Yield all articles, so many at a time that their tables fit in memory."""
        return self.findings.parts(self.copies)


def make_survey(findings: Findings) -> Survey:
    """Look at every article once, one after the other, for what the tables of each depend on of all others."""
    copies = corroboration.find_copies(findings.articles)
    digest, wordings, census = corroboration.Digest(copies), flags.Wordings(), tables.Census()
    for article in findings.articles:
        analysed = findings.settled(article.article_id, copies)
        digest.add(analysed)
        wordings.add(analysed)
        census.add(analysed)
    agreement = digest.agreement()
    counterparts = flags.counterparts(agreement, _disputed(agreement, findings))
    elsewhere = flags.Elsewhere(agreement, counterparts, wordings.repeated())
    whole = census.frames() | {"matches": tables.matches_frame(agreement.matches)}
    return Survey(findings, copies, elsewhere, whole)


def _disputed(agreement: Agreement, findings: Findings) -> dict[str, Claim]:
    """Return the claims that other articles contradict or give other numbers for, by claim_id."""
    found: dict[str, Claim] = {}
    for article_id in sorted(set(agreement.disputed.values())):
        analysed = findings.settled(article_id, {})
        claims = zip(claim_ids(analysed), analysed.analysis.claims, strict=True)
        found |= {key: claim for key, claim in claims if key in agreement.disputed}
    return found
