r"""Read and write texts with CLEAR trees and entities as CoNLL-U: the form in which development sets are kept.

XPOS holds Penn Treebank tags and DEPREL CLEAR labels; an underscore says that a word lacks the annotation. MISC
holds white space (`SpaceAfter=No`, `SpacesAfter=\n\n`) and entities (`NER=B-GPE`, `NER=I-GPE`, `NER=?` where it is
not known whether there is one). Texts with entities alone are kept as JSON lines with character offsets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy.tokens import Doc, Span

from recipe.augment import Labelled, to_doc
from recipe.conllu import ROOT, open_text

ESCAPES = {r"\s": " ", r"\t": "\t", r"\n": "\n", r"\r": "\r", r"\u00A0": "\xa0"}
LAYERS = ("tags", "pos", "morphs", "lemmas", "heads", "deps")
_nlp = spacy.blank("en")


@dataclass
class Row:
    """A word with its annotation; `head` counts words of the text from 0."""

    start: int
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    entity: str


@dataclass
class Text:
    """A text under construction."""

    id: str
    text: str = ""
    rows: list[Row] = field(default_factory=list)
    sentence_start: int = 0

    def add(self, line: str) -> None:
        """Add a word from a line of CoNLL-U."""
        cells = ["" if cell == "_" else cell for cell in line.split("\t")]
        misc = dict(part.split("=", 1) for part in cells[9].split("|") if "=" in part)
        head = int(cells[6])
        self.rows.append(
            Row(
                start=len(self.text),
                lemma=cells[2],
                upos=cells[3],
                xpos=cells[4],
                feats=cells[5],
                head=self.sentence_start + head - 1 if head else ROOT,
                dep=cells[7],
                entity=misc.get("NER", "O"),
            )
        )
        self.text += line.split("\t")[1] + _space(misc)

    def end_sentence(self) -> None:
        """Note that heads count from here on."""
        self.sentence_start = len(self.rows)


def _space(misc: dict[str, str]) -> str:
    if misc.get("SpaceAfter") == "No":
        return ""
    space = misc.get("SpacesAfter", r"\s")
    for escape, character in ESCAPES.items():
        space = space.replace(escape, character)
    return space


def read_texts(path: Path) -> Iterator[Text]:
    """Yield the texts of a file."""
    current: Text | None = None
    with open_text(path) as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                if current:
                    yield current
                current = Text(line.split("=", 1)[1].strip())
            elif current and not line:
                current.end_sentence()
            elif current and not line.startswith("#"):
                current.add(line)
    if current:
        yield current


def make_doc(item: Text) -> Doc | None:
    """Make a Doc of a text; None where spaCy's tokens are not its words."""
    tokens = _nlp.make_doc(item.text.rstrip(" "))
    at = {row.start: number for number, row in enumerate(item.rows)}
    numbers = [None if token.is_space else at.get(token.idx, ROOT) for token in tokens]
    words = [number for number in numbers if number is not None]
    if words != list(range(len(item.rows))):
        return None
    place = {number: i for i, number in enumerate(numbers) if number is not None}
    layers: dict[str, list[object]] = {name: [] for name in LAYERS}
    for i, number in enumerate(numbers):
        values: tuple[object, ...]
        if number is None:
            values = ("_SP", "SPACE", "", tokens[i].text, i - 1 if i else min(1, len(tokens) - 1), "dep")
        else:
            row = item.rows[number]
            head = i if row.head == ROOT else place[row.head]
            values = (row.xpos, row.upos, row.feats, row.lemma, head, "ROOT" if row.head == ROOT else row.dep)
        for name, value in zip(LAYERS, values, strict=True):
            layers[name].append(value)
    spaces = [bool(token.whitespace_) for token in tokens]
    doc = Doc(_nlp.vocab, words=[token.text for token in tokens], spaces=spaces, **layers)  # type: ignore[arg-type]
    doc.user_data["document"] = item.id
    set_entities(doc, ["O" if number is None else item.rows[number].entity for number in numbers])
    return doc


def set_entities(doc: Doc, tags: list[str]) -> None:
    """Set entities from one IOB tag for each token; "?" says that it is not known."""
    if all(tag == "?" or token.is_space for tag, token in zip(tags, doc, strict=True)):
        doc.set_ents([], default="missing")
        return
    spans: list[Span] = []
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            end = i + 1
            while end < len(tags) and tags[end] == f"I-{tag[2:]}":
                end += 1
            spans.append(Span(doc, i, end, label=tag[2:]))
    unknown = [doc[i : i + 1] for i, tag in enumerate(tags) if tag == "?"]
    doc.set_ents(spans, missing=unknown, default="outside")


def read_converted(path: Path) -> Iterator[Doc]:
    """Yield the Docs of a `.clear.conllu` or `.ner.jsonl` file, compressed or not."""
    if ".jsonl" in path.name:
        with open_text(path) as lines:
            for line in lines:
                yield to_doc(_nlp, _labelled(json.loads(line)))
    else:
        yield from (doc for doc in map(make_doc, read_texts(path)) if doc is not None)


def _labelled(record: dict[str, object]) -> Labelled:
    spans = [(start, end, label) for start, end, label in record["ents"]]  # type: ignore[attr-defined]
    unknown = [(start, end) for start, end in record.get("unknown", [])]  # type: ignore[attr-defined]
    return Labelled(str(record["text"]), tuple(spans), tuple(unknown))
