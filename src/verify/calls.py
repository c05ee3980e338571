"""How one article calls its persons and organisations: all that their names over the corpus are settled by.

It is small, and is kept beside the analysis: the corpus can be named without reading the analyses of its articles.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from verify import lexicon
from verify.models import Analysis, Mention
from verify.terms import ActorKind

Words = tuple[str, ...]  # of a name, folded: without case, accents, hyphens and full stops

_ACRONYM = re.compile(r"[A-Z][A-Za-z&]{0,8}[A-Z]")
_FARTHEST_TITLE = 60  # characters before a name
_LONGEST_TITLE = 4  # words
_SETTLED = frozenset({ActorKind.PERSON, ActorKind.ORGANISATION})  # over the corpus; countries are by their codes


@dataclass(frozen=True, slots=True)
class Call:
    """A name of a person or an organisation in an article, as the name over the corpus depends on it."""

    kind: ActorKind
    name: str
    is_ambiguous: bool
    offices: frozenset[str] = frozenset()  # before a last name alone: "president"


@dataclass(frozen=True, slots=True)
class FullName:
    """A person whom an article names in full: evidence for whom other articles mean."""

    name: str
    count: int  # mentions
    offices: frozenset[str]  # before any of them


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym that an article uses for a name."""

    text: str
    name: str
    count: int  # mentions


@dataclass(frozen=True, slots=True)
class Calls:
    """How an article calls its persons and organisations, and what it tells about names in other articles."""

    calls: tuple[Call, ...] = ()  # each name once, in text order
    full_names: tuple[FullName, ...] = ()
    acronyms: tuple[Acronym, ...] = ()


def find_calls(analysis: Analysis) -> Calls:
    """Return how an article calls its persons and organisations.

    Args:
        analysis: Of the article, with its text; offsets are raw ones.
    """
    return Calls(calls_of(analysis), _full_names(analysis), _acronyms(analysis))


def calls_of(analysis: Analysis) -> tuple[Call, ...]:
    """Return the names of an article's persons and organisations, each once, in text order."""
    found: dict[tuple[ActorKind, str], Mention] = {}
    for mention in analysis.mentions:
        if mention.kind in _SETTLED:
            found.setdefault((mention.kind, mention.name), mention)
    lasts = {name for kind, name in found if kind is ActorKind.PERSON and len(fold(name)) == 1}
    offices: dict[str, set[str]] = defaultdict(set)
    for mention in analysis.mentions:
        if mention.name in lasts and not mention.is_inferred:
            offices[mention.name].update(_office_before(analysis.text, mention))
    return tuple(
        Call(kind, name, mention.is_ambiguous, frozenset(offices.get(name, ())))
        for (kind, name), mention in found.items()
    )


@lru_cache(maxsize=50_000)
def fold(name: str) -> Words:
    """Return the words of a name as they are compared: "Recep Erdoğan" is "recep", "erdogan"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return tuple(plain.casefold().replace("-", " ").replace(".", " ").split())


def _full_names(analysis: Analysis) -> tuple[FullName, ...]:
    counts: Counter[str] = Counter()
    offices: dict[str, set[str]] = defaultdict(set)
    for mention in analysis.mentions:
        if mention.kind is ActorKind.PERSON and not mention.is_inferred and len(fold(mention.name)) > 1:
            counts[mention.name] += 1
            offices[mention.name].update(_office_before(analysis.text, mention))
    return tuple(FullName(name, count, frozenset(offices[name])) for name, count in counts.items())


def _acronyms(analysis: Analysis) -> tuple[Acronym, ...]:
    counts = Counter(
        (mention.text, mention.name)
        for mention in analysis.mentions
        if mention.kind is ActorKind.ORGANISATION
        and not mention.is_inferred
        and mention.text != mention.name
        and _ACRONYM.fullmatch(mention.text)
    )
    return tuple(Acronym(text, name, count) for (text, name), count in counts.items())


def _office_before(text: str, mention: Mention) -> Iterator[str]:
    """Yield the office that stands right before a name; "Mr" and "Dr" are none and tell nobody from another."""
    before = text[max(0, mention.span.start - _FARTHEST_TITLE) : mention.span.start].split()
    for length in range(min(_LONGEST_TITLE, len(before)), 0, -1):
        title = " ".join(before[-length:]).casefold()
        if title in _titles() and title.split()[-1].strip(".") in lexicon.words("offices"):
            yield title
            return


@cache
def _titles() -> frozenset[str]:
    return frozenset(title.casefold() for title in lexicon.words("titles", "title"))
