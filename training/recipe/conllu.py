"""Read Universal Dependencies treebanks as they are published (CoNLL-U, https://universaldependencies.org/format.html)."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

ROOT = -1


@dataclass
class Word:
    """A syntactic word.

    `head` is the number of another word of the sentence, counted from 0, or `ROOT`. `start` and `end` are
    character offsets in the sentence's text, half-open, once `locate` has set them.
    """

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    misc: str = ""
    start: int = -1
    end: int = -1


@dataclass
class Sentence:
    """A sentence of a treebank with its place in a document."""

    id: str
    text: str
    words: list[Word] = field(default_factory=list)
    document: str = ""
    starts_document: bool = False
    starts_paragraph: bool = False
    is_heading: bool = False


def open_text(path: Path) -> TextIO:
    """Open a text file in UTF-8, whether or not it is compressed with gzip."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _apply_comment(sentence: Sentence, line: str) -> None:
    key, _, value = (part.strip() for part in line[1:].partition("="))
    if key.startswith("newdoc"):
        sentence.starts_document, sentence.document = True, value
    elif key.startswith("newpar"):
        sentence.starts_paragraph, sentence.is_heading = True, "head" in value
    elif key == "sent_id":
        sentence.id = value
    elif key == "text":
        sentence.text = value


def parse_sentence(lines: Iterable[str]) -> Sentence:
    """Make a sentence of the lines of one block; multiword and empty tokens are left out."""
    sentence = Sentence(id="", text="")
    for line in lines:
        if line.startswith("#"):
            _apply_comment(sentence, line)
            continue
        cells = line.split("\t")
        if cells[0].isdigit():
            form, lemma, upos, xpos, feats, head, dep, _, misc = cells[1:10]
            sentence.words.append(Word(form, lemma, upos, xpos, feats, int(head) - 1, dep, misc))
    return sentence


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a file in order; each knows the id of its document.

    Args:
        path: A `.conllu` or `.conllu.gz` file.
    """
    block: list[str] = []
    document = ""
    with open_text(path) as lines:
        for line in (*lines, "\n"):
            if line.strip():
                block.append(line.rstrip("\n"))
            elif block:
                sentence = parse_sentence(block)
                document = sentence.document or document
                sentence.document = document
                yield sentence
                block = []


def locate(sentence: Sentence) -> bool:
    """Set the offsets of the words in the sentence's text; return whether all words were found in order."""
    text, position = sentence.text, 0
    for word in sentence.words:
        while position < len(text) and text[position].isspace():
            position += 1
        if not text.startswith(word.form, position):
            return False
        word.start, word.end = position, position + len(word.form)
        position = word.end
    return not text[position:].strip()
