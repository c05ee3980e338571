"""What the model sees of a word when it judges whether the word is the main word of a cue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verify.extract.features.arrays import NO_QUOTE, Arrays, quote_context
from verify.extract.features.hashing import Column, Ints, Rows, Template, at, bucket, to_rows

KIN: Final = (
    "nsubj", "nsubjpass", "dobj", "ccomp", "xcomp", "prep", "prt", "mark", "poss", "agent", "acl", "attr", "acomp",
    "aux", "pobj",
)  # fmt: skip
WINDOW: Final = (-3, -2, -1, 1, 2, 3)
NEAR: Final = 2  # neighbours this near are also seen together with the word


@dataclass(frozen=True, slots=True)
class View:
    """The words judged, one value a word, and the document around them."""

    a: Arrays
    word: Ints
    head: Ints
    lemma: Column
    lower: Column
    pos: Column
    tag: Column
    dep: Column


def cue_rows(arrays: Arrays, size: int, chosen: Ints) -> Rows:
    """Return the feature rows of some tokens, shaped (tokens, templates).

    Args:
        arrays: The document.
        size: How many rows the weight table has.
        chosen: The tokens, by index.
    """
    a = arrays
    v = View(a, chosen, a.head[chosen], *(column[chosen] for column in (a.lemma, a.lower, a.pos, a.tag, a.dep)))
    parts = (_word(v), _tree(v), _children(v), _frame(v), _quotes(v), _neighbours(v))
    return to_rows([template for part in parts for template in part], size)


def _word(v: View) -> list[Template]:
    """Return the word itself."""
    a, word = v.a, v.word
    return [
        (v.lemma,),
        (v.lower,),
        (v.lower, v.tag),
        (v.tag, v.dep),
        (a.suffix[word], v.tag),
        (a.shape[word],),
        (a.entity[word], v.pos),
        (v.lemma, v.dep),
    ]


def _tree(v: View) -> list[Template]:
    """Return what stands above the word in the parse."""
    a, signature = v.a, v.a.signature[v.word]
    head_lemma, head_pos, head_dep = (column[v.head] for column in (a.lemma, a.pos, a.dep))
    return [
        (v.dep, head_lemma),
        (v.dep, head_pos, v.tag),
        (v.lemma, head_lemma),
        (head_dep, v.dep, v.pos),
        (a.lemma[a.head[v.head]], v.dep, head_dep),
        (signature, v.tag),
        (v.lemma, signature),
    ]


def _children(v: View) -> list[Template]:
    """Return what stands below the word, by dependency label."""
    a, templates = v.a, []
    for label in KIN:
        kid = a.child[label][v.word]
        templates += [
            (at(a.lemma, kid, 1), v.pos),
            (kid >= 0, v.lemma),
            (at(a.tag, kid, 1), at(a.entity, kid, 1), np.sign(kid - v.word), v.pos),
        ]
    return templates


def _frame(v: View) -> list[Template]:
    """Return the word with what it says and who says it."""
    a = v.a
    own, clause, infinitive, object_ = (a.child[label][v.word] for label in ("nsubj", "ccomp", "xcomp", "dobj"))
    subject = np.where(own >= 0, own, a.child["nsubj"][v.head])
    return [
        (v.lemma, at(a.tag, subject, 1), at(a.entity, subject, 1)),
        (v.lemma, at(a.lemma, a.child["prep"][v.word]), object_ >= 0),
        (v.lemma, at(a.lemma, object_, 1)),
        (clause > v.word, at(a.child["mark"], clause, -1) >= 0, v.tag, a.quotation[v.word] >= 0),
        (at(a.tag, infinitive), at(a.tag, at(a.child["aux"], infinitive, -1)), v.lemma),
    ]


def _quotes(v: View) -> list[Template]:
    """Return the quotations near the word and its place in the sentence and the document."""
    a, q, word = v.a, quote_context(v.a), v.word
    inside, before, after = q.inside[word], q.before[word], q.after[word]
    opens, is_first = q.opens[word], a.sentence[word] == 0
    place = word - a.sentence_start[word]
    return [
        (v.lemma, inside, before < NO_QUOTE, after < NO_QUOTE),
        (inside, before, after, v.pos),
        (opens, q.earlier[word], q.later[word], v.pos, inside),
        (v.tag, opens, before, after, v.dep),
        (place == 0, place < NEAR * 2, v.lemma),
        (bucket(place), v.pos),
        (bucket(a.sentence_end[word] - word), v.pos),
        (is_first, v.tag, v.dep),
        (is_first, v.lemma),
        (v.pos, a.lemma[a.sentence_end[word] - 1]),
    ]


def _neighbours(v: View) -> list[Template]:
    """Return the words around the word."""
    a = v.a
    templates: list[Template] = [(v.lemma, v.tag, at(a.lower, v.word + 1))]
    for shift in WINDOW:
        word = at(a.lower, v.word + shift)
        templates += [(word,), (at(a.tag, v.word + shift), v.tag)]
        if abs(shift) <= NEAR:
            templates.append((v.lemma, word))
    return templates
