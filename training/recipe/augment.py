"""More text from the text there is: other names, other casing, lists and headings as news has them."""

from __future__ import annotations

import random
import string
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from recipe.pools import Pools
from recipe.words import lists, words

LEAST_LETTERS = 2
INITIALS = "ABCDEFGHJKLMNPRSTW"
WORDS = lists("name_parts")
LOWER_IN_TITLES = words("name_parts", "lower_in_titles")


@dataclass(frozen=True)
class Labelled:
    """A text with its entities, and spans of which it is not known whether they are entities."""

    text: str
    entities: tuple[tuple[int, int, str], ...]
    unknown: tuple[tuple[int, int], ...] = ()


def labelled(doc: Doc) -> Labelled:
    """Read text and entities off a Doc."""
    unknown = [(token.idx, token.idx + len(token)) for token in doc if token.ent_iob == 0 and not token.is_space]
    return Labelled(doc.text, tuple((e.start_char, e.end_char, e.label_) for e in doc.ents), tuple(unknown))


def to_doc(nlp: Language, item: Labelled) -> Doc:
    """Tokenize a labelled text; a span that does not meet token edges becomes unknown."""
    doc = nlp.make_doc(item.text)
    spans: list[Span] = []
    unknown = list(item.unknown)
    for start, end, label in item.entities:
        span = doc.char_span(start, end, label=label)
        if span is None:
            unknown.append((start, end))
        else:
            spans.append(span)
    taken = {token.i for span in spans for token in span}
    missing = []
    for start, end in unknown:
        span = doc.char_span(start, end, alignment_mode="expand")
        missing += [doc[t.i : t.i + 1] for t in span or () if t.i not in taken]
    doc.set_ents(spans, missing=list({span.start: span for span in missing}.values()), default="outside")
    return doc


def join(items: list[Labelled], joiner: str) -> Labelled:
    """Put texts one after the other."""
    text = ""
    entities: list[tuple[int, int, str]] = []
    unknown: list[tuple[int, int]] = []
    for item in items:
        text += joiner if text else ""
        at = len(text)
        entities += [(start + at, end + at, kind) for start, end, kind in item.entities]
        unknown += [(start + at, end + at) for start, end in item.unknown]
        text += item.text
    return Labelled(text, tuple(entities), tuple(unknown))


class Swapper:
    """Replaces names by others of their type; the same name by the same other one throughout a text."""

    def __init__(self, pools: Pools, rng: random.Random, rate: float = 0.75) -> None:
        self.pools = pools
        self.rng = rng
        self.rate = rate
        self.parts: dict[str, str] = {}

    def swap(self, item: Labelled) -> Labelled:
        """Return the text with most of its names replaced."""
        self.parts = {}
        spans = sorted([*item.entities, *((start, end, "") for start, end in item.unknown)])
        text, at = "", 0
        entities: list[tuple[int, int, str]] = []
        unknown: list[tuple[int, int]] = []
        chosen: dict[tuple[str, str], str] = {}
        for start, end, label in spans:
            if start < at:
                continue
            text += item.text[at:start]
            old = item.text[start:end]
            new = chosen.setdefault((label, old), self.other(label, old))
            if label:
                entities.append((len(text), len(text) + len(new), label))
            else:
                unknown.append((len(text), len(text) + len(new)))
            text, at = text + new, end
        return Labelled(text + item.text[at:], tuple(entities), tuple(unknown))

    def other(self, label: str, old: str) -> str:
        """Choose a name of a type, in capitals if the old one is."""
        make = {"PERSON": self.person, "GPE": self.state_or_town, "ORG": self.organisation, "LOC": self.location}
        if "\n" in old or self.rng.random() > self.rate:
            return old
        if label == "NORP":
            return self.people(old)
        if label not in make:
            return old
        new = make[label](old)
        return new.upper() if old.isupper() and len(old) > 5 else new

    def person(self, old: str) -> str:
        """Choose a person's name with as many parts, each part the same throughout the text."""
        words = old.split()
        if any(not word[:1].isupper() and word.isalpha() for word in words[:1]):
            return old
        out = []
        for i, word in enumerate(words):
            last = i == len(words) - 1
            if word.rstrip(".") in ("Jr", "Sr", "II", "III", "de", "van", "von", "bin", "al") or len(word) <= 2:
                out.append(word)
            else:
                pool = self.pools.surnames if last and (len(words) > 1 or self.rng.random() < 0.7) else self.pools.given
                out.append(self.parts.setdefault(word, self.rng.choice(pool)))
        if len(out) == 2 and self.rng.random() < 0.08:
            out.insert(1, self.rng.choice(INITIALS) + ".")
        return " ".join(out)

    def state_or_town(self, old: str) -> str:
        """Choose a state or a town."""
        return self.rng.choice(self.pools.states if self.rng.random() < 0.45 else self.pools.places)

    def location(self, old: str) -> str:
        """Choose a water, region or mountain."""
        return self.rng.choice(self.pools.locations)

    def people(self, old: str) -> str:
        """Choose a people, as an adjective or as a plural; parties and faiths are left."""
        if " " in old or old.startswith(("Republican", "Democrat")):
            return old
        return self.rng.choice(self.pools.peoples if old.endswith("s") else self.pools.adjectives)

    def organisation(self, old: str) -> str:
        """Choose an organisation: one that exists, an acronym, or one made up of usual parts."""
        draw, rng, pools = self.rng.random(), self.rng, self.pools
        if draw < 0.5:
            return rng.choice(pools.organisations)
        if draw < 0.6:
            return "".join(rng.choice(string.ascii_uppercase) for _ in range(rng.choice((3, 3, 4, 4, 5))))
        if draw < 0.68:
            return f"{rng.choice(pools.adjectives)} {rng.choice(WORDS['state_bodies'])}"
        if draw < 0.76:
            article = rng.choice(["", "", "the "])
            return f"{rng.choice(WORDS['national'])} of {article}{rng.choice(pools.states)}"
        if draw < 0.8:
            return f"{rng.choice(['University', 'Bank', 'Diocese', 'Port'])} of {rng.choice(pools.places)}"
        if draw < 0.92:
            first = rng.choice([rng.choice(pools.surnames), rng.choice(pools.places)])
            return f"{first} {rng.choice(WORDS['kinds'])}"
        return f"{rng.choice(WORDS['topics'])} {rng.choice(WORDS['topics'])} {rng.choice(WORDS['kinds'])}"


def recase(doc: Doc, rng: random.Random, rate: float) -> Doc:
    """Write a share of texts as headlines, in capitals or without any; annotation stays."""
    draw = rng.random() / rate if rate else 1.0
    if draw >= 1 or len(doc) < 4:
        return doc
    words = [token.text for token in doc]
    if draw < 0.55:
        words = [_title(word, i) for i, word in enumerate(words)]
    elif draw < 0.8:
        words = [word.upper() for word in words]
    else:
        words = [word.lower() for word in words]
    return with_words(doc, words)


def _title(word: str, position: int) -> str:
    if not word[:1].islower() or word.startswith("n'") or (position and word in LOWER_IN_TITLES):
        return word
    return word[0].upper() + word[1:]


def rename(doc: Doc, names: list[str], rng: random.Random, rate: float) -> Doc:
    """Put other names in the place of a share of the proper nouns of a parsed text, word for word; trees stay."""
    chosen: dict[str, str] = {}
    words = []
    for token in doc:
        word = token.text
        if (
            token.tag_ == "NNP"
            and word.isalpha()
            and word.istitle()
            and len(word) > LEAST_LETTERS
            and rng.random() < rate
        ):
            word = chosen.setdefault(word, rng.choice(names))
        words.append(word)
    return with_words(doc, words) if chosen else doc


def with_words(doc: Doc, words: list[str]) -> Doc:
    """Copy a Doc with other words, one for each token; what annotation it has is kept."""
    spaces = [bool(token.whitespace_) for token in doc]
    if doc.has_annotation("DEP"):
        copy = Doc(
            doc.vocab,
            words=words,
            spaces=spaces,
            tags=[token.tag_ for token in doc],
            pos=[token.pos_ for token in doc],
            morphs=[str(token.morph) for token in doc],
            lemmas=[token.lemma_ for token in doc],
            heads=[token.head.i for token in doc],
            deps=[token.dep_ for token in doc],
        )
    else:
        copy = Doc(doc.vocab, words=words, spaces=spaces)
    missing = [copy[t.i : t.i + 1] for t in doc if t.ent_iob == 0]
    copy.set_ents([Span(copy, e.start, e.end, label=e.label_) for e in doc.ents], missing=missing, default="outside")
    return copy


def corpus_names(docs: Iterable[Doc]) -> list[tuple[str, str]]:
    """List the names of persons, organisations and places in texts, with their types."""
    kinds = ("PERSON", "ORG", "GPE")
    return [(e.text, e.label_) for doc in docs for e in doc.ents if e.label_ in kinds and "\n" not in e.text]
