"""Read corpora that put one word on a line, with an IOB tag: UniversalNER, CrossNER, WikiGold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from recipe.augment import Labelled
from recipe.conllu import open_text
from recipe.entities.types import is_people, miscellany, place, states, without_article
from recipe.words import words

CLOSING = words("columns", "closing")
OPENING = frozenset(["(", "[", "{", "$", "£", "€", "“", "#"])
PLACE = "place"
MISCELLANY = "misc"
UNER = {"PER": "PERSON", "ORG": "ORG", "LOC": PLACE}
WIKIGOLD = {**UNER, "MISC": MISCELLANY}
CROSSNER = {
    **dict.fromkeys(("person", "politician", "writer", "musicalartist", "scientist", "researcher"), "PERSON"),
    **dict.fromkeys(("organisation", "politicalparty", "band", "university", "magazine", "academicjournal"), "ORG"),
    **dict.fromkeys(("book", "poem", "album", "song", "award"), "WORK_OF_ART"),
    **dict.fromkeys(("election", "event", "conference"), "EVENT"),
    **dict.fromkeys(("product", "programlang"), "PRODUCT"),
    "country": "GPE",
    "location": PLACE,
    "misc": MISCELLANY,
}
# Types of CrossNER that OntoNotes does not mark at all.
CROSSNER_OUTSIDE = words("columns", "crossner_outside")


@dataclass
class Tagged:
    """A sentence as a column file has it; `text` is empty where the file does not say."""

    id: str = ""
    text: str = ""
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def read_columns(path: Path, *, word: int = 0, tag: int = -1) -> Iterator[Tagged]:
    """Yield the sentences of a column file, whose columns are parted by tabs or spaces.

    Args:
        path: The file; lines that begin with `#` are comments, of which `sent_id` and `text` are kept.
        word: The column of the word form.
        tag: The column of the IOB tag.
    """
    current = Tagged()
    with open_text(path) as lines:
        for line in (*lines, "\n"):
            line = line.rstrip("\n")
            if line.startswith("# ") and "=" in line:
                key, _, value = (part.strip() for part in line[2:].partition("="))
                current.id = value if key == "sent_id" else current.id
                current.text = value if key == "text" else current.text
            elif line.strip() and not line.startswith("-DOCSTART-"):
                cells = line.split("\t") if "\t" in line else line.split()
                current.words.append(cells[word])
                current.tags.append(cells[tag])
            elif current.words:
                yield current
                current = Tagged()


def spans(tags: Iterable[str]) -> list[tuple[int, int, str]]:
    """Turn IOB1 or IOB2 tags into half-open ranges of words with their types."""
    found: list[tuple[int, int, str]] = []
    previous = ""
    for i, tag in enumerate(tags):
        prefix, _, kind = tag.partition("-")
        if kind and (prefix == "B" or kind != previous):
            found.append((i, i + 1, kind))
        elif kind:
            found[-1] = (found[-1][0], i + 1, kind)
        previous = kind
    return found


def detokenize(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Write words with the spaces that English has between them; quotation marks open and close in turn.

    Returns:
        The text, and the offsets of each word in it.
    """
    text, places, quoted, glued = "", [], False, True
    for word in words:
        closes = word in CLOSING or (word == '"' and quoted) or (word in ("'", "’") and text.endswith("s"))
        if text and not glued and not closes:
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
        quoted ^= word == '"'
        glued = word in OPENING or (word == '"' and quoted)
    return text, places


def locate(words: list[str], text: str) -> list[tuple[int, int]] | None:
    """Find words in their text; None where they are not all there in order."""
    places, at = [], 0
    for word in words:
        start = text.find(word, at)
        if start < 0 or text[at:start].strip():
            return None
        at = start + len(word)
        places.append((start, at))
    return places


def label(sentence: Tagged, types: dict[str, str], outside: frozenset[str] = frozenset()) -> Labelled | None:
    """Turn a tagged sentence into a text with OntoNotes types; None where words and text do not agree.

    Args:
        sentence: Words with tags.
        types: The type of each tag, or `PLACE` or `MISCELLANY` for those that the name decides.
        outside: Tags that mark no entity of OntoNotes. Any other tag makes its span unknown.
    """
    if sentence.text:
        text, places = sentence.text, locate(sentence.words, sentence.text)
    else:
        text, places = detokenize(sentence.words)
    if places is None:
        return None
    entities: list[tuple[int, int, str]] = []
    unknown: list[tuple[int, int]] = []
    for first, last, kind in spans(sentence.tags):
        if kind in outside:
            continue
        start, end = places[first][0], places[last - 1][1]
        start += without_article(text[start:end])
        chosen = _choose(types.get(kind), text[start:end])
        if chosen:
            entities.append((start, end, chosen))
        else:
            unknown.append((start, end))
    return Labelled(text, tuple(entities), tuple(unknown))


def _choose(kind: str | None, name: str) -> str | None:
    if kind == MISCELLANY:
        return miscellany(name)
    if kind is None:
        return None
    if is_people(name):
        return "NORP"
    if name in states() and kind in ("ORG", PLACE):
        return "GPE"
    return place(name) if kind == PLACE else kind
