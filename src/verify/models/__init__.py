"""The records that flow through the house: frozen, with character offsets and content-derived ids.

Offsets are half-open. While a text is analysed they count characters of the spaCy `Doc`; what leaves
`verify.analysis` counts characters of the article's raw text, and `raw[start:end] == text` holds.
"""

from verify.models.articles import Article, Block, Issue, Publisher
from verify.models.base import Span, content_id, cover, union
from verify.models.claims import Analysis, Claim, Participant, Phrase
from verify.models.found import Attribution, Hedge, Mention, Quantity, Time
from verify.models.judged import Agreement, AnalysedArticle, Match, RaisedFlag, claim_ids

__all__ = [
    "Agreement",
    "AnalysedArticle",
    "Analysis",
    "Article",
    "Attribution",
    "Block",
    "Claim",
    "Hedge",
    "Issue",
    "Match",
    "Mention",
    "Participant",
    "Phrase",
    "Publisher",
    "Quantity",
    "RaisedFlag",
    "Span",
    "Time",
    "claim_ids",
    "content_id",
    "cover",
    "union",
]
