"""What each name stands for over a whole document: one label, the fullest form, the country, and whether it is sure."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from verify.extract.mentions.acronyms import expand
from verify.extract.mentions.boundaries import has_title_before, is_located
from verify.extract.mentions.capitals import is_town
from verify.extract.mentions.names import LABEL_KINDS, KnownName, Name, key
from verify.models import Mention, Span
from verify.terms import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DOUBTS = frozenset({"country", "place", "organisation"})  # persons and words are told apart by the pipeline's labels
_PLACE_VOTES = 2  # "in Daraya" outweighs one label PERSON
_TITLE_VOTES = 3  # a title before a name outweighs the pipeline's label at two other places


@dataclass(frozen=True, slots=True)
class _People:
    """The full names of the persons in a document, by their first and by their last word."""

    by_first: dict[str, list[tuple[int, str]]]
    by_last: dict[str, list[tuple[int, str]]]

    def has_last_name(self, word: str) -> bool:
        """Say whether a person is named in full with this last name."""
        return any(full.split()[-1] == word for _, full in self.by_last.get(_bare(word), ()))

    def fullest(self, text: str) -> tuple[str, bool]:
        """Return the longest name that the words stand for, or the words themselves where it is one of several."""
        words = text.split()
        named = {
            (pos, name) for index in (self.by_last, self.by_first) for pos, name in index.get(_bare(words[-1]), ())
        }
        named |= set(self.by_first.get(_bare(words[0]), ())) if len(words) > 1 else set()
        found = {name for _, name in named if _is_short_for(words, name.split())}
        longest = _not_short_for_another(found)
        return (longest.pop(), False) if len(longest) == 1 else (text, bool(longest))


def settle(doc: Doc, names: list[Name]) -> list[Mention]:
    """Turn the names of a document into mentions.

    Args:
        doc: The document.
        names: Its names in text order, without overlaps.

    Returns:
        One mention for each name, and for each later use of an acronym that the document introduces, in text
        order, with Doc offsets.
    """
    names = _with_one_label(doc, _with_acronyms(doc, names))
    people = _people(doc, names)
    certain = {name.known.code for name in names if name.known and name.known.code and not name.known.ambiguous}
    return [_mention(doc, _as_person(doc, name, people, certain), people, certain) for name in names]


def _with_acronyms(doc: Doc, names: list[Name]) -> list[Name]:
    """Give an acronym the meaning of the name it is introduced with, wherever it stands in the document."""
    meanings: dict[str, KnownName] = {}
    for acronym, name in expand(doc, names).items():
        text = key(doc[name.start : name.end].text)
        meanings[acronym] = name.known or KnownName(text, name.label, LABEL_KINDS[name.label])
    if not meanings:
        return names
    covered = {index for name in names for index in range(name.start, name.end)}
    known = [replace(n, label=m.label, known=m) if (m := meanings.get(doc[n.start : n.end].text)) else n for n in names]
    added = [
        Name(t.i, t.i + 1, m.label, m) for t in doc if t.i not in covered and (m := meanings.get(t.text)) is not None
    ]
    return sorted(known + added, key=lambda name: name.start)


def _with_one_label(doc: Doc, names: list[Name]) -> list[Name]:
    """Give the same words the label that most of their uses have.

    A title before them speaks for a person, a preposition of place before a single word for a place: unseen
    towns are what the pipeline takes for persons most often.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if not name.known:
            text = _text(doc, name)
            votes[text][name.label] += 1
            if has_title_before(doc, name.start):
                votes[text]["PERSON"] += _TITLE_VOTES
            elif name.label == "PERSON" and is_located(doc, name.start, name.end):
                votes[text]["GPE"] += _PLACE_VOTES
    return [name if name.known else replace(name, label=votes[_text(doc, name)].most_common(1)[0][0]) for name in names]


def _people(doc: Doc, names: list[Name]) -> _People:
    people = _People(defaultdict(list), defaultdict(list))
    for name in names:
        words = _text(doc, name).split()
        if name.label == "PERSON" and len(words) > 1:
            entry = (name.start, " ".join(words))
            people.by_first[_bare(words[0])].append(entry)
            people.by_last[_bare(words[-1])].append(entry)
    return people


def _as_person(doc: Doc, name: Name, people: _People, certain: set[str]) -> Name:
    """Decide between a person and a country of the same name.

    A word is a person where the document names one in full with that last name. A country that the document
    speaks of in other words too stays a country, and is one where it names no such person.
    """
    is_person = people.has_last_name(_text(doc, name))
    if name.rival and not is_person and name.rival.code in certain:
        return Name(name.start, name.end, name.rival.label, name.rival)
    if not is_person or name.label == "PERSON" or (name.known and "person" not in name.known.ambiguous):
        return name
    if name.known and name.known.code in certain:
        return replace(name, rival=name.known)
    return Name(name.start, name.end, "PERSON", None, name.known)


def _mention(doc: Doc, name: Name, people: _People, certain: set[str]) -> Mention:
    """Make the mention of a name; `certain` holds the countries that the document names beyond doubt."""
    text = _text(doc, name)
    full, is_ambiguous = text, False
    kind = name.known.kind if name.known else LABEL_KINDS[name.label]
    is_place = is_town(doc, name.start, name.end) if name.known and name.known.capital else False
    if name.known and is_place:
        full, kind = name.known.capital, ActorKind.PLACE
    elif name.known:
        full = name.known.name
        is_ambiguous = bool(name.known.ambiguous & _DOUBTS) and name.known.code not in certain
    elif name.label == "PERSON":
        full, is_ambiguous = people.fullest(text)
    words = doc[name.start : name.end]
    start, written = words.start_char, words.text
    return Mention(
        span=Span(start, start + len(written)),
        text=written,
        label=name.label,
        kind=kind,
        name=full,
        code=name.known.code if name.known and not is_place else "",
        is_ambiguous=is_ambiguous or name.rival is not None or is_place is None,
    )


def _text(doc: Doc, name: Name) -> str:
    return key(doc[name.start : name.end].text)


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    """Return a word of a name without the article that Arabic names may have: "al-Abadi", "Abadi"."""
    folded = word.casefold()
    return folded[3:] if folded.startswith(("al-", "el-")) else folded


def _not_short_for_another(names: set[str]) -> set[str]:
    """Return the names that are not a shorter form of another one."""
    return {
        name
        for name in names
        if not any(_is_short_for(name.split(), other.split()) for other in names if other != name)
    }


def _is_short_for(short: list[str], full: list[str]) -> bool:
    """Say whether the words of the one name stand in the other in the same order, so that it may be shorter for it."""
    rest = iter([_bare(word).rstrip(".") for word in full])
    return all(any(_bare(word).rstrip(".") == other for other in rest) for word in short)
