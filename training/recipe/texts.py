"""Sentences of a treebank joined to texts, in the ways that news articles are set."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from recipe.clear import convert
from recipe.conllu import Sentence, Word, locate
from recipe.entities.numbers import number_entities, people_entities
from recipe.entities.types import COMPASS, peoples
from recipe.tokens import Gold, project

MOST_SENTENCES = 20
MOST_WORDS = 320
CURLY = 0.35
GLUED = 0.06
TWO_SPACES = 0.15
GLUED_SENTENCES = 0.35

Names = Callable[[Sentence], tuple[list[tuple[int, int, str]], list[tuple[int, int]]] | None]


@dataclass(frozen=True)
class Analysed:
    """A sentence with its CLEAR tree and its names."""

    sentence: Sentence
    heads: list[int]
    deps: list[str]
    entities: list[tuple[int, int, str]]
    unknown: list[tuple[int, int]]


def analyse(sentence: Sentence, names: Names | None) -> Analysed | None:
    """Convert a sentence and find its names; None where either fails."""
    tree = convert(sentence.words) if locate(sentence) else None
    found = names(sentence) if names else ([], [])
    return Analysed(sentence, *tree, *found) if tree and found is not None else None


def groups(sentences: Iterable[Sentence], names: Names | None) -> Iterator[list[Analysed]]:
    """Group the sentences of a document to texts of bounded length; one that cannot be analysed ends a text."""
    group: list[Analysed] = []
    words = 0
    for sentence in sentences:
        item = analyse(sentence, names)
        full = len(group) >= MOST_SENTENCES or words + len(sentence.words) > MOST_WORDS
        if group and (full or sentence.starts_document or item is None):
            yield group
            group, words = [], 0
        if item is not None:
            group.append(item)
            words += len(sentence.words)
    if group:
        yield group


def curl(text: str) -> str:
    """Write straight quotation marks and apostrophes as typographic ones, of the same length."""
    out = []
    for i, letter in enumerate(text):
        opens = not i or text[i - 1].isspace() or text[i - 1] in "([-—"
        if letter == '"':
            letter = "“" if opens else "”"
        elif letter == "'":
            letter = "‘" if opens and text[i + 1 : i + 2].isalpha() else "’"
        out.append(letter)
    return "".join(out)


class Setter:
    """Sets groups of sentences as texts: blank lines or none between paragraphs, sometimes no space at all."""

    def __init__(self, rng: random.Random | None) -> None:
        self.rng = rng

    def set(self, group: list[Analysed], has_names: bool) -> Doc | None:
        """Make a Doc of sentences of one document; None where their annotation cannot be carried over."""
        paragraph, gap, glued = self._style()
        text = ""
        words: list[Word] = []
        heads: list[int] = []
        deps: list[str] = []
        entities: list[tuple[int, int, str]] = []
        unknown: list[tuple[int, int]] = []
        for item in group:
            text += self._space(text, item.sentence, paragraph, gap, glued) if text else ""
            at = len(text)
            heads += [head + len(words) if head >= 0 else head for head in item.heads]
            deps += item.deps
            words += [replace(word, start=word.start + at, end=word.end + at) for word in item.sentence.words]
            entities += [(start + at, end + at, kind) for start, end, kind in item.entities]
            unknown += [(start + at, end + at) for start, end in item.unknown]
            text += item.sentence.text
        if self.rng and self.rng.random() < CURLY:
            text = curl(text)
        doc = project(text, Gold(words, heads, deps))
        if doc is not None:
            doc.user_data["document"] = group[0].sentence.document
            set_entities(doc, entities, unknown) if has_names else doc.set_ents([], default="missing")
        return doc

    def _style(self) -> tuple[str, str, bool]:
        """Choose what stands between paragraphs, what between sentences, and whether some sentences are glued."""
        if self.rng is None:
            return "\n\n", " ", False
        paragraph = self.rng.choices(["\n\n", "\n", " "], [42, 30, 28])[0]
        gap = "  " if self.rng.random() < TWO_SPACES else " "
        return paragraph, gap, self.rng.random() < GLUED

    def _space(self, text: str, sentence: Sentence, paragraph: str, gap: str, glued: bool) -> str:
        starts = sentence.text[:1].isupper() and sentence.text[1:2].islower()
        if glued and self.rng and text[-1] == "." and text[-2:-1].islower() and starts:
            return "" if self.rng.random() < GLUED_SENTENCES else gap
        return paragraph if sentence.starts_paragraph else gap


def set_entities(doc: Doc, entities: list[tuple[int, int, str]], unknown: list[tuple[int, int]]) -> None:
    """Set names, and by rule peoples, dates and numbers, on a Doc.

    Args:
        doc: Tokens, tagged or not.
        entities: Names in characters with their types.
        unknown: Spans in characters of which it is not known whether they are entities.
    """
    spans = []
    taken: set[int] = set()
    missing: set[int] = set()
    for start, end, kind in entities:
        span = doc.char_span(start, end, label=kind)
        if span is None:
            unknown = [*unknown, (start, end)]
        elif not taken & set(range(span.start, span.end)):
            spans.append(span)
            taken |= set(range(span.start, span.end))
    for start, end in unknown:
        span = doc.char_span(start, end, alignment_mode="expand")
        missing |= {token.i for token in span or ()} - taken
    occupied = taken | missing
    spans += people_entities(doc, occupied, peoples(), sorted(COMPASS))
    spans += number_entities(doc, occupied)
    doc.set_ents(spans, missing=[doc[i : i + 1] for i in sorted(missing)], default="outside")


def parsed_texts(sentences: Iterable[Sentence], names: Names | None, rng: random.Random | None) -> Iterator[Doc]:
    """Turn a treebank into Docs with CLEAR trees.

    Args:
        sentences: In the order of their documents.
        names: Finds the names of a sentence; without it entities are unknown.
        rng: Decides how texts are set; without it every paragraph is set off by an empty line.
    """
    setter = Setter(rng)
    for group in groups(sentences, names):
        doc = setter.set(group, names is not None)
        if doc is not None:
            yield doc
