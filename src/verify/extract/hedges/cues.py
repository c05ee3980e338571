"""Find the words that hedge: entries of `lexicons/hedges.csv` that stand where they must stand to count.

Many hedges are hedges in one place only: "about" before a number, "suggest" over a clause, "alleged" before a
noun. The column `pos` of the list names the place, and `PLACES` holds the test for each.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.plain import parse_of
from verify.terms import HedgeClass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spacy.tokens import Doc, Token

    from verify.extract.parse import Parse

Words = tuple[str, ...]

CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "csubjpass"})
FIRST_PERSON = frozenset({"i", "we"})
TIME_NOUNS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A hedge cue as a working record: token indices, half-open, and its row of the list."""

    start: int
    end: int
    phrase: str
    place: str
    hedge_class: HedgeClass
    level: str  # the factuality that is left, empty where the cue does not lower it


@cache
def _entries() -> Mapping[str, list[tuple[Words, str, HedgeClass, str]]]:
    """Return the entries of the list by their first word, longest first."""
    entries: dict[str, list[tuple[Words, str, HedgeClass, str]]] = defaultdict(list)
    for row in lexicon.load("hedges"):
        phrase = tuple(row["phrase"].split())
        entries[phrase[0]].append((phrase, row["pos"], HedgeClass(row["hedge_class"]), row["level"]))
    for group in entries.values():
        group.sort(key=lambda entry: -len(entry[0]))
    return entries


def find_cues(doc: Doc) -> list[Cue]:
    """Return the hedge cues of a parsed document, in text order and without overlap; the longest wins."""
    entries, cues, free = _entries(), [], 0
    parse = parse_of(doc)
    for index, (lower, lemma) in enumerate(zip(parse.lower, parse.lower_lemmas, strict=True)):
        if index < free or (lower not in entries and lemma not in entries):
            continue
        cue = _cue_at(doc, parse, index)
        if cue is not None:
            cues.append(cue)
            free = cue.end
    return cues


def is_denied(doc: Doc, cue: Cue) -> bool:
    """Say whether a cue is denied and so leaves nothing open: "could not reach", "there is no chance that"."""
    if cue.phrase == "could":
        return cue.end < len(doc) and doc[cue.end].dep_ == "neg"
    return cue.place == "NOUN" and cue.start > 0 and doc[cue.start - 1].lower_ == "no"


def _cue_at(doc: Doc, parse: Parse, start: int) -> Cue | None:
    for form in dict.fromkeys((parse.lower[start], parse.lower_lemmas[start])):
        for phrase, place, hedge_class, level in _entries().get(form, ()):
            if not _reads(parse, start, phrase):
                continue
            first, last = doc[start], doc[start + len(phrase) - 1]
            if PLACES[place](last, first):
                if place == "VERB" and _is_to_nobody(first):
                    hedge_class = HedgeClass.UNATTRIBUTED
                return Cue(start, start + len(phrase), " ".join(phrase), place, hedge_class, level)
    return None


def _reads(parse: Parse, start: int, phrase: Words) -> bool:
    """Say whether a phrase stands at a token; its first word is known to."""
    if len(phrase) == 1:
        return True
    words, lemmas = parse.lower[start : start + len(phrase)], parse.lower_lemmas[start : start + len(phrase)]
    if len(words) < len(phrase):
        return False
    return all(map(_is_either, phrase, words, lemmas))


def _is_either(wanted: str, word: str, lemma: str) -> bool:
    return wanted in (word, lemma)


def has_clause(token: Token) -> bool:
    """Say whether a clause hangs on the word as its complement."""
    return any(child.dep_ in CLAUSES for child in token.children)


def _is_to_nobody(verb: Token) -> bool:
    """Say whether a passive names nobody who says or thinks so ("is believed to be hiding")."""
    deps = {child.dep_ for child in verb.children}
    return "auxpass" in deps and "agent" not in deps


def _is_hedging_verb(last: Token, first: Token) -> bool:
    """A verb hedges over its clause; verbs of saying only where nobody is named as the speaker."""
    if first.pos_ not in ("VERB", "AUX"):
        return False
    lemma = first.lemma_.lower()
    if lemma in ("appear", "seem", "look", "sound"):
        return any(child.dep_ in CLAUSES | {"acomp", "oprd", "attr", "prep", "dobj"} for child in first.children)
    if lemma in ("say", "report", "claim"):
        return _is_to_nobody(first) and has_clause(first)
    if lemma in ("tend", "rumor", "rumour", "purport", "allege"):
        return has_clause(first)
    return has_clause(first) or (lemma == "estimate" and _is_to_nobody(first))


def _is_adjective(last: Token, first: Token) -> bool:
    """An adjective or participle before its noun, or in the predicate."""
    if last.dep_ == "amod":
        return True
    return last.tag_ == "JJ" and last.dep_ in ("acomp", "oprd", "ROOT", "conj", "ccomp", "attr", "advmod")


def _is_noun(last: Token, first: Token) -> bool:
    """A noun with the content of the doubt below it ("the possibility of war", "fears that ...")."""
    if first.i < last.i and last.i + 1 < len(last.doc) and last.nbor().lower_ in ("that", "of"):
        return True  # a phrase such as "roughly even odds" is one wherever the parser hung its clause
    if last.pos_ != "NOUN":
        return False
    return any(
        c.dep_ in ("acl", "ccomp", "relcl") or (c.dep_ == "prep" and c.lower_ in ("of", "about", "over"))
        for c in last.children
    ) or (last.dep_ == "attr" and any(c.dep_ == "ccomp" for c in last.head.children))


def _is_adverb(last: Token, first: Token) -> bool:
    return last.tag_ not in ("JJ", "NN", "NNP") or last.dep_ == "advmod"


def _is_before_number(last: Token, first: Token) -> bool:
    """The next word that is not a currency sign is a number."""
    doc = last.doc
    if first.lower_ == "or":
        return first.i > 0 and any(doc[i].like_num for i in range(max(0, first.i - 2), first.i))
    for index in range(last.i + 1, min(last.i + 3, len(doc))):
        if doc[index].like_num or doc[index].tag_ == "CD":
            return True
        if not doc[index].is_currency:
            return doc[index].lower_ in ("a", "half", "all") and last.lower_ in (
                "about",
                "around",
                "roughly",
                "nearly",
                "almost",
            )
    return False


def _is_condition(last: Token, first: Token) -> bool:
    """A subordinator of an adverbial clause, not of a question ("asked if")."""
    return last.dep_ in ("mark", "advmod", "prep") and last.head.dep_ in ("advcl", "ROOT", "acl", "dep", "conj")


def _is_vague_plural(last: Token, first: Token) -> bool:
    """A determiner or adjective of an uncounted plural noun."""
    noun = last.doc[last.i + 1] if last.lower_ == "of" and last.i + 1 < len(last.doc) else last.head
    while last.lower_ == "of" and noun.dep_ in ("amod", "compound", "det") and noun.head.i > noun.i:
        noun = noun.head
    if noun.tag_ != "NNS" or noun.i <= last.i or noun.lemma_ in TIME_NOUNS:
        return False
    return not any(child.like_num or child.lower_ in ("the", "these", "those") for child in noun.lefts)


PLACES: Mapping[str, Callable[[Token, Token], bool]] = {
    "MODAL": lambda last, first: first.tag_ == "MD",
    "ADV": _is_adverb,
    "DEGREE": lambda last, first: (
        last.dep_ in ("advmod", "npadvmod", "pobj", "cc", "quantmod", "conj") or last.pos_ == "ADV"
    ),
    "ADJ": _is_adjective,
    "VERB": _is_hedging_verb,
    "NOUN": _is_noun,
    "QUANT": _is_before_number,
    "MARK": _is_condition,
    "DET": _is_vague_plural,
    "PHRASE": lambda last, first: True,
}
