"""Names to put in the place of others: persons, places, organisations, peoples.

Sources: the name lists of the Faker package (MIT), those of Cyrillic script transliterated; two short lists beside this
module; the word lists of `verify`; and names of the training corpora themselves.
"""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import faker.providers.address
import faker.providers.person

from recipe.words import DATA, lists
from verify import lexicon

LATIN_NAME = re.compile(r"[A-ZÀ-Ž][\w'’-]+(?: [A-ZÀ-Ž][\w'’-]+)?")
CYRILLIC = {pair[0]: pair[2:] for pair in lists("cyrillic")["letters"]}
OFTEN = 3
PER_LOCALE = 150


@dataclass
class Pools:
    """Names by kind; a name that stands several times in a list is drawn as many times as often."""

    given: list[str] = field(default_factory=list)
    surnames: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    locations: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    adjectives: list[str] = field(default_factory=list)
    peoples: list[str] = field(default_factory=list)
    products: list[str] = field(default_factory=list)


def transliterate(name: str) -> str:
    """Write a Cyrillic name in Latin letters, after the simplified BGN/PCGN table that news uses."""
    return "".join(CYRILLIC.get(letter, letter) for letter in name.lower()).title()


def _providers(package: object) -> Iterator[tuple[str, type]]:
    for info in pkgutil.iter_modules(package.__path__):  # type: ignore[attr-defined]
        module = importlib.import_module(f"{package.__name__}.{info.name}")  # type: ignore[attr-defined]
        yield info.name, module.Provider


def _plain(values: object) -> list[str]:
    """Read a list of Faker, which may be a mapping of names to weights or hold tuples."""
    names = [value[-2] if isinstance(value, tuple) and len(value) > 1 else value for value in values or ()]  # type: ignore[attr-defined]
    return [str(name) for name in names]


def _latin(provider: type, *fields: str) -> list[str]:
    names: list[str] = []
    for name in fields:
        value = getattr(provider, name, None)
        if isinstance(value, property):
            continue
        names += [transliterate(n) if re.search("[а-яі]", n) else n for n in _plain(value)]
    # Some lists of Faker are made of sets, whose order is another in every process.
    return sorted(name for name in set(names) if LATIN_NAME.fullmatch(name))


def _sample(rng: random.Random, names: list[str], most: int) -> list[str]:
    return rng.sample(names, min(most, len(names)))


def _add_persons(pools: Pools, rng: random.Random) -> None:
    for locale, provider in _providers(faker.providers.person):
        most = 600 if locale in ("en_US", "en_GB") else PER_LOCALE
        given = _latin(provider, "first_romanized_names", "first_names_male", "first_names_female", "first_names")
        pools.given += _sample(rng, given, most)
        pools.surnames += _sample(rng, _latin(provider, "last_romanized_names", "last_names"), most)
    for target, file in ((pools.given, "given_names.txt"), (pools.surnames, "surnames.txt")):
        lines = (DATA / file).read_text("utf-8").splitlines()
        target += [name for line in lines if not line.startswith("#") for name in line.split()] * OFTEN


def _add_places(pools: Pools, rng: random.Random) -> None:
    for _, provider in _providers(faker.providers.address):
        pools.places += _sample(rng, _latin(provider, "cities", "city_names", "municipalities"), 60)
    pools.states += list(_unambiguous("countries"))
    pools.places += list(_unambiguous("capitals")) * OFTEN
    for row in lexicon.load("places"):
        if row["label"] == "GPE" and not row["ambiguous"]:
            pools.places += [row["name"]] * OFTEN
        elif row["label"] == "LOC":
            pools.locations.append(row["name"])
        elif row["label"] == "PRODUCT":
            pools.products.append(row["name"])


def _unambiguous(name: str) -> Iterator[str]:
    return (row["name"] for row in lexicon.load(name) if not row["ambiguous"])


def make_pools(corpus_names: Iterable[tuple[str, str]], seed: int) -> Pools:
    """Gather the names.

    Args:
        corpus_names: Names of the training corpora with their OntoNotes types.
        seed: Which names of the long lists are taken.
    """
    rng = random.Random(seed)
    pools = Pools()
    _add_persons(pools, rng)
    _add_places(pools, rng)
    pools.organisations += [*_unambiguous("organisations"), *_unambiguous("militaries")] * 2
    pools.organisations += [row["name"] for row in lexicon.load("governments") if row["ambiguous"] in ("", "country")]
    for name in (*_unambiguous("demonyms"), *_unambiguous("groups")):
        (pools.peoples if name.endswith("s") and not name.endswith("ss") else pools.adjectives).append(name)
    for name, kind in corpus_names:
        words = name.split()
        if kind == "PERSON" and len(words) == 2 and all(word[:1].isupper() and len(word) > 2 for word in words):
            pools.given.append(words[0])
            pools.surnames.append(words[1])
        elif kind == "ORG" and len(words) <= 6 and (len(words) > 1 or name.isupper()):
            pools.organisations.append(name)
        elif kind == "GPE" and len(words) <= 2 and len(name) > 3:
            pools.places.append(name)
    return pools
