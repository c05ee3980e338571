"""Coreference: `text` and a `pronoun` -> `name`, the [start, end] of the name it stands for, or null.

Where a row gives the two names `A` and `B`, one of them is chosen; a row without them is answered from the text
alone, which is the harder task.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc, Token

from verify.extract.attribution.quotations import find_quotations
from verify.extract.coreference.features import Choice, Name
from verify.extract.coreference.resolve import FEMALE, agrees, make_names, scores
from verify.extract.features.arrays import make_arrays
from verify.extract.mentions.find import find_mentions
from verify.models import Mention, Span
from verify.terms import ActorKind

MARGIN: Final = 3.0  # a given name is not chosen when another name of the text fits this much better

Offsets = Sequence[int]


def predict_all(rows: list[dict[str, Any]], nlp: Language) -> Iterator[dict[str, Any]]:
    """Yield the name of each row's pronoun."""
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        given = [row[letter] for letter in "AB" if row.get(letter)]
        yield {"id": row["id"], "name": _name(row, doc, given)}


def _name(row: dict[str, Any], doc: Doc, given: Sequence[Offsets]) -> list[int] | None:
    """Return the best of the given names, or of all where none are given; None where none fits."""
    spans, names = names_near(row, doc, given)
    if not names:
        return None
    pronoun = pronoun_of(row, doc)
    choice = Choice(pronoun.i, pronoun.lower_ in FEMALE, names)
    (fits,) = scores(make_arrays(doc, find_quotations(doc)), [choice])
    allowed = [n for n, span in enumerate(spans) if not given or any(overlaps(span, one) for one in given)]
    best = max(allowed, key=lambda n: float(fits[n]))
    return list(spans[best]) if fits[best] > fits.max() - MARGIN else None


def pronoun_of(row: dict[str, Any], doc: Doc) -> Token:
    """Return the token of a row's pronoun."""
    start = row["pronoun"][0]
    return next(token for token in doc if token.idx + len(token) > start)


def names_near(row: dict[str, Any], doc: Doc, given: Sequence[Offsets]) -> tuple[list[tuple[int, int]], list[Name]]:
    """Return the people that a row's text names, with the given names in place of those they overlap."""
    found = [one for one in find_mentions(doc) if one.kind is ActorKind.PERSON]
    found = [one for one in found if not any(overlaps((one.span.start, one.span.end), name) for name in given)]
    people = sorted([*found, *(_mention(row["text"], name) for name in given)], key=lambda one: one.span)
    people = [one for one in people if not overlaps((one.span.start, one.span.end), row["pronoun"])]
    spans = [(one.span.start, one.span.end) for one in people]
    token = pronoun_of(row, doc)
    kept = [
        (span, name)
        for span, name in zip(spans, make_names(doc, people), strict=True)
        if agrees(name, token) or list(span) in given
    ]
    return [span for span, _ in kept], [name for _, name in kept]


def _mention(text: str, name: Offsets) -> Mention:
    words = text[name[0] : name[1]]
    return Mention(Span(name[0], name[1]), words, "PERSON", ActorKind.PERSON, words)


def overlaps(one: Offsets, other: Offsets) -> bool:
    """Say whether two stretches share a character."""
    return one[0] < other[1] and other[0] < one[1]
