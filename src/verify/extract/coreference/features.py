"""What the model sees of a pronoun and a name when it judges whether the one stands for the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from verify.extract.attribution.pairs import APART, Pairs, Paths, make_paths
from verify.extract.features.arrays import Arrays, string_id
from verify.extract.features.hashing import Column, Ints, Rows, Template, at, bucket, mix, to_rows

MOST: Final = 6  # ranks and counts above are one
ROLES: Final = (
    "nsubj",
    "nsubjpass",
    "dobj",
    "pobj",
    "poss",
    "appos",
    "conj",
    "compound",
    "attr",
    "ROOT",
    "agent",
    "dative",
)
SUBJECTS: Final = ("nsubj", "nsubjpass")


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a pronoun could stand for, in tokens."""

    start: int
    end: int
    head: int  # its main word
    key: int  # the same for all mentions of one name
    gender: int  # of its given name or title: 1 female, 2 male, 0 unknown


@dataclass(frozen=True, slots=True)
class View:
    """A pronoun with each name, one value a name."""

    a: Arrays
    pronoun: Ints  # token
    head: Ints
    start: Ints
    end: Ints
    gender: Column  # whether the genders differ, agree or are unknown
    path: Paths
    role: Column  # grammatical role of the name, and of the pronoun
    pronoun_role: Column
    sentences: Ints  # how many sentences the name stands before
    is_after: Column
    rank: Ints  # of the name among those before, from the nearest
    subject_rank: Ints  # the same among subjects
    name_rank: Ints  # the same over names, not mentions
    count: Ints  # mentions of the name in the document


def pair_rows(a: Arrays, pronoun: int, is_female: bool, names: Sequence[Name], size: int) -> Rows:
    """Return the feature rows of a pronoun with each of some names, shaped (names, templates).

    Args:
        a: The document.
        pronoun: Its token index.
        is_female: Whether it is she or her.
        names: The names in text order.
        size: How many rows the weight table has.
    """
    v = _view(a, pronoun, is_female, names)
    return to_rows([*_order(v), *_grammar(v), *_tree(v), *_words(v)], size)


def _view(a: Arrays, pronoun: int, is_female: bool, names: Sequence[Name]) -> View:
    head, start, end, key, gender = np.array(
        [(name.head, name.start, name.end, name.key, name.gender) for name in names], np.int64
    ).T
    cue = np.full(len(names), pronoun, np.int64)
    rank, subject_rank, name_rank = _ranks(a, pronoun, head, key)
    return View(
        a,
        cue,
        head,
        start,
        end,
        gender=np.where(gender == 0, 0, 1 + (gender == 2 - is_female)),
        path=make_paths(a, Pairs(cue, head, [])),
        role=_role(a, head),
        pronoun_role=_role(a, cue),
        sentences=np.minimum(a.sentence[cue] - a.sentence[head], 4),
        is_after=head > cue,
        rank=rank,
        subject_rank=subject_rank,
        name_rank=name_rank,
        count=np.minimum((key[:, None] == key).sum(1), MOST - 1),
    )


def _role(a: Arrays, token: Ints) -> Column:
    dep = a.dep[token]
    return np.where(np.isin(dep, [string_id(role) for role in ROLES]), dep, np.uint64(0))


def _ranks(a: Arrays, pronoun: int, head: Ints, key: Ints) -> tuple[Ints, Ints, Ints]:
    """Return how many mentions, subjects and names stand between each name and the pronoun."""
    ranks = np.full((3, len(head)), MOST + 3)
    is_subject = np.isin(a.dep[head], [string_id(role) for role in SUBJECTS])
    seen: list[int] = []
    subjects = 0
    before = [one for one in np.argsort(-head, kind="stable").tolist() if head[one] < pronoun]
    for number, one in enumerate(before):
        if key[one] not in seen:
            seen.append(int(key[one]))
        ranks[0, one] = min(number, MOST)
        ranks[2, one] = min(seen.index(int(key[one])), MOST - 1)
        if is_subject[one]:
            ranks[1, one] = min(subjects, 3)
            subjects += 1
    return ranks[0], ranks[1], ranks[2]


def _order(v: View) -> list[Template]:
    """Return the order of the names and how often they come."""
    before = np.abs(bucket(v.head - v.pronoun))
    is_earlier = (v.head[:, None] < v.head) & (v.sentences[:, None] == v.sentences)
    is_first = ~is_earlier.any(axis=0)
    return [
        (v.rank,),
        (v.rank, v.role, v.pronoun_role),
        (v.rank, v.sentences, v.subject_rank),
        (v.subject_rank, v.sentences),
        (v.subject_rank, v.pronoun_role, v.is_after),
        (v.name_rank,),
        (v.name_rank, v.sentences, v.role),
        (v.count,),
        (v.count, v.sentences),
        (before, v.is_after),
        (before, v.role, v.pronoun_role),
        (is_first, v.role, v.sentences),
        (v.end - v.start, v.sentences),
        (np.full(len(v.head), min(len(v.head), MOST + 2)),),
        (v.head < 15, v.count > 1),
        (v.gender,),
    ]


def _grammar(v: View) -> list[Template]:
    """Return the roles that the two have in their clauses."""
    a = v.a
    lower = a.lower[v.pronoun]
    return [
        (v.sentences, v.is_after, v.pronoun_role),
        (v.sentences, v.role, v.pronoun_role),
        (v.role, v.pronoun_role, v.is_after),
        (v.role, lower),
        (v.role == v.pronoun_role, v.sentences),
        (a.lemma[a.head[v.head]], v.role),
        (a.lemma[a.head[v.pronoun]], v.pronoun_role, v.role),
        (a.pos[a.head[v.head]], v.role, v.sentences),
        (a.dep[a.head[v.pronoun]], v.pronoun_role, v.role, v.sentences),
        (a.dep[a.head[v.head]], v.role, v.sentences, v.pronoun_role),
        (a.sentence[v.head] == 0, v.role),
    ]


def _tree(v: View) -> list[Template]:
    """Return how the parse joins the two, where they share a sentence."""
    a, p = v.a, v.path
    up, down = np.minimum(p.level, 4), np.minimum(p.depth, 4)
    label = np.where(p.level < APART, a.dep[p.branch], np.uint64(1))
    is_rival = (p.level == 1) & (p.depth == 1)  # both hang on one verb: "John saw him"
    return [
        (p.level, p.depth),
        (p.cue_side, label, down),
        (p.branch_path,),
        (label, v.role, v.is_after, v.pronoun_role),
        (is_rival, v.pronoun_role, v.role, v.is_after),
        (up, v.pronoun_role, v.role, v.sentences == 0, v.is_after),
    ]


def _words(v: View) -> list[Template]:
    """Return the words beside the name and between the two."""
    a = v.a
    before, after = at(a.lower, v.start - 1), at(a.lower, v.end)
    commas = np.cumsum(a.lower == string_id(","))
    between = np.minimum(np.abs(commas[v.pronoun] - commas[v.head]), 4)
    quoting = (a.quotation[v.pronoun] >= 0) + 2 * (a.quotation[v.head] >= 0)
    return [
        (before,),
        (after,),
        (after, v.role, v.sentences),
        (quoting, v.sentences),
        (between, v.sentences, v.role),
        (mix(0, a.child["poss"][v.head] >= 0, a.child["appos"][v.head] >= 0), v.role, v.sentences),
    ]
