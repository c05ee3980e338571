"""What the model sees of a word when it judges whether the word is the main word of a cue."""

from __future__ import annotations

from typing import Final

import numpy as np

from verify.extract.features.arrays import NO_QUOTE, Arrays, quote_context
from verify.extract.features.hashing import Ints, Rows, Template, at, bucket, to_rows

KIN: Final = (
    "nsubj", "nsubjpass", "dobj", "ccomp", "xcomp", "prep", "prt", "mark", "poss", "agent", "acl", "attr", "acomp",
    "aux", "pobj",
)  # fmt: skip
WINDOW: Final = (-3, -2, -1, 1, 2, 3)
NEAR: Final = 2  # neighbours this near are also seen together with the word


def cue_rows(arrays: Arrays, size: int, chosen: Ints) -> Rows:
    """Return the feature rows of some tokens, shaped (tokens, templates).

    Args:
        arrays: The document.
        size: How many rows the weight table has.
        chosen: The tokens, by index.
    """
    parts = (_word(arrays), _tree(arrays), _children(arrays), _frame(arrays), _quotes(arrays), _neighbours(arrays))
    return to_rows([template for part in parts for template in part], size, chosen)


def _word(a: Arrays) -> list[Template]:
    """Return the word itself."""
    return [
        (a.lemma,),
        (a.lower,),
        (a.lower, a.tag),
        (a.tag, a.dep),
        (a.suffix, a.tag),
        (a.shape,),
        (a.entity, a.pos),
        (a.lemma, a.dep),
    ]


def _tree(a: Arrays) -> list[Template]:
    """Return what stands above the word in the parse."""
    head_lemma, head_pos, head_dep = (at(column, a.head) for column in (a.lemma, a.pos, a.dep))
    return [
        (a.dep, head_lemma),
        (a.dep, head_pos, a.tag),
        (a.lemma, head_lemma),
        (head_dep, a.dep, a.pos),
        (at(a.lemma, at(a.head, a.head)), a.dep, head_dep),
        (a.signature, a.tag),
        (a.lemma, a.signature),
    ]


def _children(a: Arrays) -> list[Template]:
    """Return what stands below the word, by dependency label."""
    index, templates = np.arange(len(a)), []
    for label in KIN:
        kid = a.child[label]
        templates += [
            (at(a.lemma, kid, 1), a.pos),
            (kid >= 0, a.lemma),
            (at(a.tag, kid, 1), at(a.entity, kid, 1), np.sign(kid - index), a.pos),
        ]
    return templates


def _frame(a: Arrays) -> list[Template]:
    """Return the word with what it says and who says it."""
    own, clause, infinitive = a.child["nsubj"], a.child["ccomp"], a.child["xcomp"]
    subject = np.where(own >= 0, own, at(own, a.head))
    return [
        (a.lemma, at(a.tag, subject, 1), at(a.entity, subject, 1)),
        (a.lemma, at(a.lemma, a.child["prep"]), a.child["dobj"] >= 0),
        (a.lemma, at(a.lemma, a.child["dobj"], 1)),
        (clause > np.arange(len(a)), at(a.child["mark"], clause, -1) >= 0, a.tag, a.quotation >= 0),
        (at(a.tag, infinitive), at(a.tag, at(a.child["aux"], infinitive, -1)), a.lemma),
    ]


def _quotes(a: Arrays) -> list[Template]:
    """Return the quotations near the word and its place in the sentence and the document."""
    q, index, is_first = quote_context(a), np.arange(len(a)), a.sentence == 0
    place = index - a.sentence_start
    return [
        (a.lemma, q.inside, q.before < NO_QUOTE, q.after < NO_QUOTE),
        (q.inside, q.before, q.after, a.pos),
        (q.opens, q.earlier, q.later, a.pos, q.inside),
        (a.tag, q.opens, q.before, q.after, a.dep),
        (place == 0, place < NEAR * 2, a.lemma),
        (bucket(place), a.pos),
        (bucket(a.sentence_end - index), a.pos),
        (is_first, a.tag, a.dep),
        (is_first, a.lemma),
        (a.pos, at(a.lemma, a.sentence_end - 1)),
    ]


def _neighbours(a: Arrays) -> list[Template]:
    """Return the words around the word."""
    index = np.arange(len(a))
    templates: list[Template] = [(a.lemma, a.tag, at(a.lower, index + 1))]
    for shift in WINDOW:
        word = at(a.lower, index + shift)
        templates += [(word,), (at(a.tag, index + shift), a.tag)]
        if abs(shift) <= NEAR:
            templates.append((a.lemma, word))
    return templates
