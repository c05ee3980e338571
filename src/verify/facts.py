"""What is taken from an article for the tables of all others, small enough to be kept from one run to the next."""

from __future__ import annotations

from dataclasses import dataclass

from verify import flags, tables
from verify.corroboration import Gist, find_gists
from verify.models import AnalysedArticle
from verify.tables import Counts


@dataclass(frozen=True, slots=True)
class Facts:
    """What is taken from an article for the tables of all others."""

    gists: tuple[Gist, ...]  # what its claims are compared by
    wordings: tuple[int, ...]  # what another article of the publisher would repeat
    counts: Counts  # of its names and sources


def find_facts(analysed: AnalysedArticle) -> Facts:
    """Return the facts of an article, its actors named as in all others."""
    return Facts(find_gists(analysed), flags.wordings_of(analysed), tables.count(analysed))
