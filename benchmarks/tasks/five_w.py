"""Main event of an article: `title`, `description`, `text` -> `pred: {who, what, when, where}`, best answer first.

The inverted pyramid of news puts the main event first (Hamborg et al. 2019, Giveme5W1H), so answers are taken in
reading order: from the title, then the description, then the beginning of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from verify.extract.propositions.find import Proposition, find_propositions
from verify.extract.times.find import find_times
from verify.models import Time
from verify.terms import TimeType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

_MAX_CHARS = 1_500  # of the description and of the text
_TOPIC = re.compile(r"[^:]{3,40}: (?=\S+ \S)")  # "Presidential election: ..."
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_ANSWERS = 5


def predict_all(rows: list[dict[str, Any]], nlp: Language) -> Iterator[dict[str, Any]]:
    """Yield up to five answers to each question for each article.

    Args:
        rows: Records with `id`, `title`, `description` and `text`; the last two may be empty.
        nlp: The pipeline.
    """
    for row in rows:
        parts = [_TOPIC.sub("", row["title"] or "", count=1).rstrip(".") + "."]
        parts += [" ".join((row.get(name) or "")[:_MAX_CHARS].split()) for name in ("description", "text")]
        docs = list(nlp.pipe(part for part in parts if part))
        found = [(doc, proposition) for doc in docs for proposition in find_propositions(doc) if _is_full(proposition)]
        yield {"id": row["id"], "pred": _answers(docs, found)}


def _answers(docs: list[Doc], found: list[tuple[Doc, Proposition]]) -> dict[str, list[str]]:
    who = [_between(doc, proposition.subject) for doc, proposition in found]
    who += [chunk.text for chunk in docs[0].noun_chunks]
    what = [_between(doc, _said(proposition)) for doc, proposition in found] + [docs[0].text.rstrip(".")]
    when = [time.text for doc in docs for time in find_times(doc) if _is_placed(time)]
    return {
        "who": _distinct(who),
        "what": _distinct(what),
        "when": _distinct(when),
        "where": _distinct(_places(docs)),
    }


def _is_placed(time: Time) -> bool:
    """Say whether a time expression can tell when something happened: "now" and "for years" cannot."""
    return time.type in (TimeType.DATE, TimeType.TIME) and not time.value.endswith("_REF")


def _is_full(proposition: Proposition) -> bool:
    """Say whether subject and predicate both stand in the words."""
    return bool(proposition.subject and proposition.predicate)


def _said(proposition: Proposition) -> tuple[int, ...]:
    """The predicate with the first thing behind it."""
    first = min(proposition.predicate)
    behind = sorted(argument.tokens for argument in proposition.arguments if min(argument.tokens) > first)
    return proposition.predicate + (behind[0] if behind else ())


def _between(doc: Doc, tokens: tuple[int, ...]) -> str:
    return str(doc[min(tokens) : max(tokens) + 1].text)


def _places(docs: list[Doc]) -> list[str]:
    """Names of places: first those behind a preposition of place, then the others."""
    names = [ent for doc in docs for ent in doc.ents if ent.label_ in _PLACES]
    placed = [ent for ent in names if ent.root.head.lower_ in ("in", "at", "near", "outside")]
    return [ent.text for ent in (*placed, *names)]


def _distinct(answers: list[str]) -> list[str]:
    return list(dict.fromkeys(answer for answer in answers if answer))[:_ANSWERS]
