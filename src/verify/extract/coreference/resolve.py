"""Resolve pronouns and descriptions to the name they stand for, where the text supports one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from verify import lexicon
from verify.extract.coreference.descriptions import find_descriptions
from verify.extract.coreference.features import Choice, Name, pair_rows
from verify.extract.coreference.neutral import resolve_neutral
from verify.extract.doc import char_span
from verify.extract.features.arrays import Arrays, quoted_arrays
from verify.extract.features.hashed_model import Floats, HashedModel, unpack
from verify.extract.plain import once
from verify.models import Mention
from verify.terms import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FEMALE: Final = frozenset({"she", "her", "hers", "herself"})
MALE: Final = frozenset({"he", "him", "his", "himself"})
PERSONAL: Final = FEMALE | MALE
SENTENCES_BACK: Final = 4
ENOUGH: Final = 0.5  # the part of all names' likelihood that one name must have, its mentions together
LEAST: Final = 0.15  # how likely that name must be beside "none of them", which would be 1
CHOICES_AT_ONCE: Final = 64  # pronouns judged together, which bounds the memory that a long document needs
GENDERS: Final = {"f": 1, "m": 2}


def resolve(doc: Doc, mentions: Sequence[Mention]) -> dict[int, Mention | None]:
    """Say for each personal pronoun and some descriptions which name they stand for.

    A small model ranks the names near a singular personal pronoun, "none of them" included. It was trained on
    the GAP corpus (Webster et al. 2018). Descriptions are those of `find_descriptions`, "it" and "its" those of
    `resolve_neutral`.

    Args:
        doc: A parsed document.
        mentions: Its names in text order, from `entities.find_mentions`.

    Returns:
        For the token index of each pronoun, and of the noun of each description, a mention with its own span and
        text and the name's kind, name and code, marked as inferred; None for a pronoun that the text leaves open.
    """
    descriptions = find_descriptions(doc, mentions)
    people = [one for one in (*mentions, *descriptions.values()) if one.kind is ActorKind.PERSON]
    people.sort(key=lambda one: one.span)
    pronouns = [token for token in doc if is_personal(token)]
    best = _best(doc, pronouns, people) if people else {}
    resolved: dict[int, Mention | None] = {**descriptions}
    resolved |= resolve_neutral(doc, mentions)
    resolved |= {token.i: _stand_in(token, best[token.i]) if token.i in best else None for token in pronouns}
    return resolved


def is_personal(token: Token) -> bool:
    """Say whether a token is a pronoun for one person."""
    return token.lower_ in PERSONAL and token.tag_ in {"PRP", "PRP$"}


def _stand_in(token: Token, mention: Mention) -> Mention:
    return replace(mention, span=char_span(token), text=token.text, label="PRON", is_inferred=True)


def make_names(doc: Doc, people: Iterable[Mention]) -> list[Name]:
    """Return the names of people as the model sees them, in the same order."""
    keys: dict[str, int] = {}
    names = []
    for mention in people:
        span = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
        if span is not None:
            key = keys.setdefault("".join(mention.name.casefold().split()[-1:]), len(keys))
            names.append(Name(span.start, span.end, span.root.i, key, _gender(doc, span.start)))
    return names


@cache
def _genders() -> dict[str, int]:
    return {row["name"]: GENDERS[row["gender"]] for row in lexicon.load("given_names")}


def _gender(doc: Doc, start: int) -> int:
    """Return what the given name, or else the title before it, tells about gender."""
    title = doc[start - 1].lower_ if start else ""
    return _genders().get(doc[start].lower_) or _genders().get(title, 0)


@cache
def bundled() -> HashedModel:
    """Load the weights that the package ships, once."""
    with (files("verify") / "weights" / "coreference.npz").open("rb") as file, np.load(file) as arrays:
        return unpack("pair", arrays)


def scores(arrays: Arrays, choices: Sequence[Choice], model: HashedModel | None = None) -> list[Floats]:
    """Return how well each pronoun fits each of its names; above 0 is better than none of them.

    Args:
        arrays: The document.
        choices: Pronouns with the names they could stand for.
        model: Other weights than the bundled ones.
    """
    model = model or bundled()
    fits: list[Floats] = []
    for start in range(0, len(choices), CHOICES_AT_ONCE):
        part = choices[start : start + CHOICES_AT_ONCE]
        rows = pair_rows(arrays, part, model.size)
        fits += np.split(model.scores(rows)[:, 0], np.cumsum([len(one.names) for one in part])[:-1])
    return fits


def _best(doc: Doc, pronouns: Sequence[Token], people: Sequence[Mention]) -> dict[int, Mention]:
    """Return the name that each pronoun most likely stands for, by token index, where one is likely enough."""
    arrays, names = once(quoted_arrays, doc), make_names(doc, people)
    near = {token.i: _near(arrays, token, names) for token in pronouns}
    choices = [
        Choice(token.i, token.lower_ in FEMALE, [names[one] for one in near[token.i]])
        for token in pronouns
        if near[token.i]
    ]
    tops = {one.pronoun: _top(one, fits) for one, fits in zip(choices, scores(arrays, choices), strict=True)}
    return {token: people[near[token][top]] for token, top in tops.items() if top is not None}


def _top(choice: Choice, scores: Floats) -> int | None:
    """Return which name is the likeliest, all its mentions together, if it is likely enough."""
    fits = np.exp(scores)
    keys = np.array([name.key for name in choice.names])
    together: Floats = np.array([fits[keys == key].sum() for key in keys])
    top = int(together.argmax())
    return top if together[top] > max(LEAST, ENOUGH * fits.sum()) else None


def _near(arrays: Arrays, token: Token, names: Sequence[Name]) -> list[int]:
    """Return which names stand in the pronoun's sentence or a few before it and agree in gender."""
    own = int(arrays.sentence[token.i])
    heads = arrays.sentence[[name.head for name in names]].tolist()
    return [
        one
        for one, (name, sentence) in enumerate(zip(names, heads, strict=True))
        if 0 <= own - sentence <= SENTENCES_BACK and agrees(name, token)
    ]


def agrees(name: Name, token: Token) -> bool:
    """Say whether the gender of a name, if it is known, is the pronoun's."""
    return name.gender in {0, GENDERS["f" if token.lower_ in FEMALE else "m"]}
