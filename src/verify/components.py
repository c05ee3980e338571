"""The extraction as spaCy components, for pipelines that are not ours.

    nlp = spacy.load("en_core_web_sm")
    nlp.add_pipe("verify_claims")
    nlp("Iran said on Friday that ...")._.verify.claims

Each factory is registered through the entry point group `spacy_factories`. spaCy imports this module whenever
a pipeline is made, so it imports nothing heavy itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from verify.models import Analysis

EXTENSION = "verify"


@Language.factory(
    "verify_claims",
    requires=["token.dep", "token.tag", "token.lemma", "doc.ents", "doc.sents"],
    assigns=["doc._.verify"],
    default_config={"published_at": None, "country": "", "use_model": True},
)
def make_claims(
    nlp: Language, name: str, published_at: str | None, country: str, use_model: bool
) -> Callable[[Doc], Doc]:
    """Make the component that finds claims and everything they need.

    Args:
        nlp: The pipeline it is added to; it must have the labels of `en_core_web_*`.
        name: The component's name in the pipeline.
        published_at: The publication date of all texts as YYYY-MM-DD, if they share one.
        country: The publisher's country, which decides the order of day and month.
        use_model: Whether attribution uses the trained model, or rules alone.

    Returns:
        A function that sets `doc._.verify` to an `Analysis` in offsets of `doc.text`.
    """
    published = date.fromisoformat(published_at) if published_at else None
    if not Doc.has_extension(EXTENSION):
        Doc.set_extension(EXTENSION, default=None)

    def add_claims(doc: Doc) -> Doc:
        doc._.set(EXTENSION, _extract(doc, published, country, use_model))
        return doc

    return add_claims


def _extract(doc: Doc, published_at: date | None, country: str, use_model: bool) -> Analysis:
    """Import the extraction when the first document comes, not when spaCy looks for factories."""
    from verify.analysis import Context, extract

    return extract(doc, Context(published_at, country, use_model))
