"""What is taken from an article for the tables of all others, small enough to be kept from one run to the next."""

from __future__ import annotations

from dataclasses import dataclass

from verify import flags, tables
from verify.corroboration import Gist, find_gists
from verify.models import AnalysedArticle
from verify.tables import Counts


@dataclass(frozen=True, slots=True)
class Facts:
    """What is counted of an article."""

    wordings: tuple[int, ...]  # what another article of the publisher would repeat
    counts: Counts  # of its names and sources


@dataclass(frozen=True, slots=True)
class Gists:
    """What the claims of an article are compared by."""

    gists: tuple[Gist, ...]


def find_facts(analysed: AnalysedArticle) -> tuple[Facts, Gists]:
    """Return the facts of an article, its actors named as in all others."""
    return Facts(flags.wordings_of(analysed), tables.count(analysed)), Gists(find_gists(analysed))
