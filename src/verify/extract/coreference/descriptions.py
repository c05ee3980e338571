"""Descriptions that stand for a name given before: "the general", "the ministry"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from verify import lexicon
from verify.extract.doc import char_span
from verify.models import Mention
from verify.terms import ActorKind, SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

DEFINITE: Final = frozenset({"the", "this", "that"})
ARGUMENTS: Final = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
NAMED: Final = frozenset({ActorKind.PERSON, ActorKind.ORGANISATION})
DESCRIBING: Final = frozenset(
    {SourceKind.UNNAMED_PERSON, SourceKind.NAMED_ORGANISATION, SourceKind.GOVERNMENT, SourceKind.DOCUMENT}
)


def find_descriptions(doc: Doc, mentions: Sequence[Mention]) -> dict[int, Mention]:
    """Return what definite descriptions stand for, by the token index of their noun.

    "The general" stands for a person whom the text before calls a general, by a title or an apposition, and "the
    ministry" for an organisation whose name ends so; only where one name alone fits.

    Args:
        doc: A parsed document.
        mentions: Its names in text order.
    """
    described: dict[str, dict[str, Mention]] = {}
    found: dict[int, Mention] = {}
    spans = [(one, _tokens(doc, one)) for one in mentions if one.kind in NAMED]
    events = [(span.end, one, span) for one, span in spans if span is not None]
    position = 0
    for noun in _descriptions(doc, {token.i for _, _, span in events for token in span}):
        while position < len(events) and events[position][0] <= noun.i:
            _, mention, span = events[position]
            for word in _nouns_of(mention, span):
                described.setdefault(word, {})[mention.name] = mention
            position += 1
        fitting = described.get(noun.lower_, {})
        if len(fitting) == 1:
            found[noun.i] = _stand_in(noun, *fitting.values())
    return found


def _tokens(doc: Doc, mention: Mention) -> DocSpan | None:
    return doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")


@cache
def _source_nouns() -> frozenset[str]:
    rows = lexicon.load("source_nouns")
    return frozenset(row["word"] for row in rows if row["match"] == "head" and SourceKind(row["kind"]) in DESCRIBING)


@cache
def _title_nouns() -> Mapping[str, str]:
    return {row["title"]: row["noun"] for row in lexicon.load("title_nouns")}


def _descriptions(doc: Doc, named: set[int]) -> Iterator[Token]:
    """Yield the nouns of bare definite phrases in the singular: "the general", not "the general of the north"."""
    for token in doc:
        is_noun = token.tag_ == "NN" or (
            token.tag_ == "JJ" and token.dep_ in ARGUMENTS
        )  # taggers take "general" for JJ
        if not is_noun or token.i == 0 or token.i in named or token.lower_ not in _source_nouns():
            continue
        is_bare = doc[token.i - 1].lower_ in DEFINITE and doc[token.i - 1].head == token
        is_head = token.dep_ not in {"compound", "appos", "attr"}
        if is_bare and is_head and not any(child.dep_ in {"prep", "relcl", "acl", "appos"} for child in token.children):
            yield token


def _nouns_of(mention: Mention, span: DocSpan) -> Iterator[str]:
    """Yield the nouns that the text uses of a name: its last word, a title before it, an apposition beside it."""
    root = span.root
    if mention.kind is ActorKind.ORGANISATION:
        yield mention.name.split()[-1].lower() if mention.name.split() else ""
        return
    for token in span.doc[max(0, span.start - 3) : span.start]:
        if token.head == root or token.head.head == root:
            yield _title_nouns().get(token.lower_, token.lower_)
    beside = [child for child in root.children if child.dep_ == "appos"]
    if root.dep_ == "appos":
        beside.append(root.head)
    for noun in beside:
        yield noun.lower_


def _stand_in(noun: Token, mention: Mention) -> Mention:
    """Return the name with the words of the description."""
    phrase = char_span(noun.doc[noun.i - 1 : noun.i + 1])
    text = f"{noun.nbor(-1).text_with_ws}{noun.text}"
    return replace(mention, span=phrase, text=text, is_inferred=True)
