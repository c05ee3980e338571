"""Read articles with annotated attributions and parse them with the pipeline that the model will follow."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from parses import parse
from verify.extract.attribution.role_sequences import Role

FIELDS = {"source": Role.SOURCE, "cue": Role.CUE, "content": Role.CONTENT}


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated attribution: the cue's main word, and the role of each token that has one."""

    head: int
    roles: dict[int, Role]


def read(path: Path, nlp: Language, parses: Path | None = None) -> list[tuple[Doc, list[Gold]]]:
    """Read articles and parse them.

    Args:
        path: JSON lines with `text` and `attributions`, each with `source`, `cue` and `content` as lists of
            [start, end] in characters of the text.
        nlp: The pipeline.
        parses: A file that keeps the parses for the next run; written when it is not there.
    """
    articles = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    docs = parse([plain(article["text"]) for article in articles], nlp, parses)
    return [(doc, _gold(doc, article["attributions"])) for doc, article in zip(docs, articles, strict=True)]


def plain(text: str) -> str:
    """Return the text with plain spaces for those that do not break, as the package reads it; lengths stay."""
    return text.replace("\xa0", " ")


def _gold(doc: Doc, attributions: list[dict[str, Any]]) -> list[Gold]:
    """Return the attributions that have a cue and a content, one for each main word of a cue."""
    ends = [token.idx + len(token) for token in doc]
    found: dict[int, Gold] = {}
    for attribution in attributions:
        roles: dict[int, Role] = {}
        for field, role in FIELDS.items():
            roles |= dict.fromkeys(_tokens(doc, ends, attribution.get(field) or []), role)
        cue = [token for token, role in roles.items() if role is Role.CUE]
        if cue and Role.CONTENT in roles.values():
            head = _main_word(doc, cue)
            found.setdefault(head, Gold(head, roles))
    return [found[head] for head in sorted(found)]


def _tokens(doc: Doc, ends: list[int], spans: list[list[int]]) -> list[int]:
    """Return the tokens that share a character with a span, without white space."""
    tokens = []
    for start, end in spans:
        index = bisect_right(ends, start)
        while index < len(doc) and doc[index].idx < end:
            if not doc[index].is_space:
                tokens.append(index)
            index += 1
    return tokens


def _main_word(doc: Doc, cue: list[int]) -> int:
    """Return the word of a cue that hangs outside it: a verb before others, punctuation last."""
    inside = set(cue)
    tops = [i for i in sorted(cue) if doc[i].head.i not in inside or doc[i].head.i == i]
    return min(tops, key=lambda i: (doc[i].pos_ != "VERB", doc[i].is_punct, i))
