"""Which OntoNotes type a name has whose corpus only says that it is a place, a miscellany or the like."""

from __future__ import annotations

from functools import cache

import pycountry

from recipe.words import words
from verify import lexicon

STATES_OF = ("US", "CA", "AU", "GB", "DE", "IN")
TOWN_ENDINGS = words("type_words", "town_endings")
FACILITY = words("type_words", "facility")
LOCATION = words("type_words", "location")
LOCATION_FIRST = words("type_words", "location_first")
EVENT = words("type_words", "event")
LAW = words("type_words", "law")
LANGUAGES = words("type_words", "languages")
GENERIC = words("type_words", "generic")
PERSON_TITLES = words("type_words", "person_titles")
COMPASS = frozenset({"-", "South", "North", "East", "West", "Native", "Latin", "Central"})


@cache
def states() -> frozenset[str]:
    """Return the names of countries, and of the states of some federations."""
    names = {row["name"] for row in lexicon.load("countries")}
    for country in pycountry.countries:
        names |= {getattr(country, field, "") for field in ("name", "common_name", "official_name")}
    names |= {part.name for part in pycountry.subdivisions if part.country_code in STATES_OF}
    return frozenset(names - {""})


@cache
def peoples() -> frozenset[str]:
    """Return adjectives and names of peoples, faiths and parties."""
    return frozenset(row["name"] for name in ("demonyms", "groups") for row in lexicon.load(name))


@cache
def listed_places() -> dict[str, str]:
    """Return the type of each place that the lexicons list."""
    return {row["name"]: row["label"] for row in lexicon.load("places") if row["label"] in ("GPE", "LOC", "FAC")}


def is_people(name: str) -> bool:
    """Say whether a name is that of a people, a faith or a party ("South Korean", "Sunni")."""
    words = name.split()
    known = peoples()
    return name in known or (any(word in known for word in words) and all(w in known | COMPASS for w in words))


def place(name: str) -> str:
    """Choose between GPE, LOC and FAC for a place."""
    words = name.split()
    if name in states():
        return "GPE"
    if name in listed_places():
        return listed_places()[name]
    if len(words) > 1 and words[-1] in FACILITY:
        return "FAC"
    if words[-1] in LOCATION or words[0] in LOCATION_FIRST:
        return "GPE" if len(words) > 1 and words[-1] in TOWN_ENDINGS else "LOC"
    return "GPE"


def miscellany(name: str) -> str | None:
    """Choose a type for what is neither person, place nor organisation; None where nothing tells."""
    words = name.split()
    if is_people(name) or ("-" in name and name.split("-")[-1] in peoples()):
        return "NORP"
    if name in LANGUAGES:
        return "LANGUAGE"
    if len(words) > 1 and any(word in LAW for word in words):
        return "LAW"
    if len(words) > 1 and any(word in EVENT for word in words):
        return "EVENT"
    return None


def without_article(name: str) -> int:
    """Return how many characters a leading article takes."""
    first, _, rest = name.partition(" ")
    return len(name) - len(rest) if rest and first.lower() in ("the", "a", "an") else 0
