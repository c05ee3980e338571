"""Names in GUM (Zeldes 2017).

Its Entity field marks every mention of anything: here is decided which of them are names, and where in a mention the
name begins and ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from recipe.conllu import Sentence, Word
from recipe.entities.types import GENERIC, LANGUAGES, PERSON_TITLES, is_people, miscellany, place, states

BRACKET = re.compile(r"\([^()]*\)?|[^()]+\)")
FIELD = re.compile(r"(?:^|\|)Entity=([^|]*)")
PROPER = ("NNP", "NNPS")
JOINING = ("of", "for", "and", "on", "&", "in", "to", "against")
INSIDE_TAGS = ("JJ", "NN", "NNS", "VBG", "VBN", "CC", "POS", "DT", "IN", "PRP$", ",", ".")
MAY_BE_LOWER = ("IN", "DT", "CC", "POS")
NOT_AT_START = ("HYPH", "CC", "IN", "DT", "POS", ",", "PRP$")
NOT_AT_END = ("HYPH", "CC", "IN", "DT", "POS", ",", ".")
NUMBERED = ("event", "object", "organization", "place", "abstract")
QUOTES = ('"', "“", "”", "``", "''")


@dataclass(frozen=True)
class Mention:
    """A marked span: words `first` to `last`, both within it, its kind, and the page of Wikipedia it is linked to."""

    first: int
    last: int
    kind: str
    page: str


def mentions(words: list[Word]) -> list[Mention]:
    """Read the brackets of the Entity fields of a sentence."""
    opened: list[tuple[str, int, str, str]] = []
    found: list[Mention] = []
    for i, word in enumerate(words):
        match = FIELD.search(word.misc)
        for bracket in BRACKET.findall(match[1]) if match else ():
            parts = bracket.strip("()").split("-", 7) + [""] * 8
            if not bracket.startswith("("):
                start = next((k for k in reversed(range(len(opened))) if opened[k][0] == parts[0]), None)
                if start is not None:
                    _, first, kind, page = opened.pop(start)
                    found.append(Mention(first, i, kind, page))
            elif bracket.endswith(")"):
                found.append(Mention(i, i, parts[1], parts[7]))
            else:
                opened.append((parts[0], i, parts[1], parts[7]))
    return found


def head(words: list[Word], mention: Mention) -> int | None:
    """Return the proper noun that heads a mention; None where a common noun or a pronoun does."""
    span = range(mention.first, mention.last + 1)
    heads = [i for i in span if words[i].head not in span]
    heads = [i for i in heads if words[i].xpos in PROPER] or heads
    return heads[0] if heads and words[heads[0]].xpos in PROPER else None


def _belongs(word: Word, mention: Mention, to_the_left: bool) -> bool:
    if word.xpos in PROPER or word.xpos == "HYPH" or word.form in ("&", "'", "’"):
        return True
    if word.xpos == "CD":
        return not to_the_left and mention.kind in NUMBERED and word.form in mention.page
    if word.xpos not in INSIDE_TAGS or not mention.page:
        return False
    on_page = re.search(rf"(?:^|[_ ]){re.escape(word.form)}(?:$|[_ ])", mention.page)
    return bool(on_page) and (word.form[:1].isupper() or word.xpos in MAY_BE_LOWER)


def extent(words: list[Word], mention: Mention, center: int, others: list[Mention]) -> tuple[int, int]:
    """Grow a name from its head over the words around it that belong to it.

    Returns:
        Its first and last word.
    """
    inner = [
        range(other.first, other.last + 1)
        for other in others
        if mention.kind == "person"
        and (other.first, other.last) != (mention.first, mention.last)
        and mention.first <= other.first
        and other.last <= mention.last
        and not other.first <= center <= other.last
    ]

    def grows(i: int, to_the_left: bool) -> bool:
        return _belongs(words[i], mention, to_the_left) and not any(i in span for span in inner)

    first = last = center
    while first > mention.first and grows(first - 1, True):
        first -= 1
    while last < mention.last and words[last + 1].form != "," and grows(last + 1, False):
        last += 1
    if mention.kind != "person":
        last = _over_of(words, mention, last)
    return _trim(words, mention, first, last)


def _over_of(words: list[Word], mention: Mention, last: int) -> int:
    """Grow a name over "of the X" where its page has the X."""
    while last + 2 <= mention.last and words[last + 1].xpos in ("IN", "CC"):
        if words[last + 1].form.lower() not in JOINING:
            break
        k = last + 2
        while (
            k <= mention.last
            and words[k].xpos in ("DT", "JJ")
            and (words[k].form.lower() == "the" or words[k].form[:1].isupper())
        ):
            k += 1
        if k > mention.last or words[k].xpos not in PROPER or words[k].form not in mention.page:
            break
        last = k
        while last < mention.last and _belongs(words[last + 1], mention, False):
            last += 1
    return last


def _trim(words: list[Word], mention: Mention, first: int, last: int) -> tuple[int, int]:
    while first < last and words[first].xpos in NOT_AT_START:
        first += 1
    while last > first and words[last].xpos in NOT_AT_END:
        last -= 1
    if mention.kind == "person":
        while first <= last and words[first].form.lower() in PERSON_TITLES:
            first += 1
        while last > first and words[last].xpos == "CD":
            last -= 1
    return first, last


def kind_of(words: list[Word], mention: Mention, first: int, last: int, name: str) -> str | None:
    """Map a mention's kind to a type; "" where it is no entity, None where that is not known."""
    if mention.kind == "person":
        plural = words[last].xpos == "NNPS" and not mention.page
        return "NORP" if is_people(name) else (None if plural else "PERSON")
    if name in states():
        return "GPE"
    if mention.kind == "time" or (mention.kind in ("organization", "place", "event") and name in GENERIC):
        return ""
    if mention.kind in ("organization", "place") and is_people(name):
        return "NORP"
    if mention.kind == "abstract":
        quoted = (first > 0 and words[first - 1].form in QUOTES) or (
            last + 1 < len(words) and words[last + 1].form in QUOTES
        )
        return miscellany(name) or ("LANGUAGE" if name in LANGUAGES else "WORK_OF_ART" if quoted else None)
    if mention.kind == "place":
        return place(name)
    return {"organization": "ORG", "event": "EVENT", "object": "PRODUCT"}.get(mention.kind, "")


def names(sentence: Sentence) -> tuple[list[tuple[int, int, str]], list[tuple[int, int]]]:
    """Find the names of a sentence.

    Args:
        sentence: A sentence of GUM whose words have been located.

    Returns:
        Names with their types, and spans of which it is not known whether they are entities, in characters of the
        sentence's text. A name within a longer one is left out.
    """
    words = sentence.words
    everything = mentions(words)
    entities: list[tuple[int, int, str]] = []
    unknown: list[tuple[int, int]] = []
    for mention in everything:
        center = head(words, mention)
        if center is None:
            continue
        first, last = extent(words, mention, center, everything)
        if first > last:
            continue
        start, end = words[first].start, words[last].end
        name = sentence.text[start:end]
        kind = kind_of(words, mention, first, last, name) if any(c.isupper() for c in name) else ""
        if kind:
            entities.append((start, end, kind))
        elif kind is None:
            unknown.append((start, end))
    entities = longest(entities)
    return entities, [span for span in unknown if not any(s < span[1] and span[0] < e for s, e, _ in entities)]


def longest(entities: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Leave out entities that overlap a longer one."""
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(set(entities), key=lambda item: (item[0] - item[1], item[0])):
        if not any(s < end and start < e for s, e, _ in kept):
            kept.append((start, end, kind))
    return sorted(kept)
