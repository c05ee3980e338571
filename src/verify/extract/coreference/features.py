"""What the model sees of a pronoun and a name when it judges whether the one stands for the other."""

from __future__ import annotations

from collections import Counter
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
FARTHEST: Final = 4  # sentences between a name and a pronoun; more are as many
_ROLE_IDS: Final = np.array([string_id(role) for role in ROLES])
_SUBJECT_IDS: Final = frozenset(int(string_id(role)) for role in ("nsubj", "nsubjpass"))


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a pronoun could stand for, in tokens."""

    start: int
    end: int
    head: int  # its main word
    key: int  # the same for all mentions of one name
    gender: int  # of its given name or title: 1 female, 2 male, 0 unknown


@dataclass(frozen=True, slots=True)
class Choice:
    """A pronoun, by its token, and the names in text order that it could stand for, at least one."""

    pronoun: int
    is_female: bool  # she or her
    names: Sequence[Name]


@dataclass(frozen=True, slots=True)
class View:
    """Pronouns with each of their names, one value a pair."""

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
    count: Ints  # mentions of the name among those
    is_first: Column  # whether no other of the names stands before it in its sentence
    names: Ints  # how many names the pronoun has


def pair_rows(a: Arrays, choices: Sequence[Choice], size: int) -> Rows:
    """Return the feature rows of pronouns with each of their names, shaped (names of all pronouns, templates).

    Args:
        a: The document.
        choices: At least one; those of a document together cost little more than a single one.
        size: How many rows the weight table has.
    """
    v = _view(a, choices)
    return to_rows([*_order(v), *_grammar(v), *_tree(v), *_words(v)], size)


def _view(a: Arrays, choices: Sequence[Choice]) -> View:
    head, start, end, gender, same = np.array(
        [(name.head, name.start, name.end, name.gender, 2 - one.is_female) for one in choices for name in one.names],
        np.int64,
    ).T
    lengths = [len(one.names) for one in choices]
    cue = np.repeat(np.array([one.pronoun for one in choices], np.int64), lengths)
    order = np.array([place for one in choices for place in _places(a, one)], np.int64)
    rank, subject_rank, name_rank, count, is_first = order.T
    return View(
        a,
        cue,
        head,
        start,
        end,
        gender=np.where(gender == 0, 0, 1 + (gender == same)),
        path=make_paths(a, Pairs(cue, head, [])),
        role=_role(a, head),
        pronoun_role=_role(a, cue),
        sentences=np.minimum(a.sentence[cue] - a.sentence[head], FARTHEST),
        is_after=head > cue,
        rank=rank,
        subject_rank=subject_rank,
        name_rank=name_rank,
        count=count,
        is_first=is_first.astype(bool),
        names=np.repeat(np.array(lengths), lengths),
    )


def _role(a: Arrays, token: Ints) -> Column:
    dep = a.dep[token]
    return np.where(np.isin(dep, _ROLE_IDS), dep, np.uint64(0))


def _places(a: Arrays, choice: Choice) -> list[tuple[int, int, int, int, bool]]:
    """Return how each name of a pronoun stands among the others: three ranks, a count, whether it is the first."""
    counts = Counter(name.key for name in choice.names)
    first: dict[int, int] = {}
    for name in choice.names:
        sentence = min(int(a.sentence[choice.pronoun] - a.sentence[name.head]), FARTHEST)
        first[sentence] = min(name.head, first.get(sentence, name.head))
    firsts = set(first.values())
    return [
        (*ranks, min(counts[name.key], MOST - 1), name.head in firsts)
        for name, ranks in zip(choice.names, _ranks(a, choice), strict=True)
    ]


def _ranks(a: Arrays, choice: Choice) -> list[tuple[int, int, int]]:
    """Return how many mentions, subjects and names stand between each name and the pronoun."""
    ranks = [(MOST + 3,) * 3] * len(choice.names)
    seen: dict[int, int] = {}
    subjects = 0
    before = [place for place, name in enumerate(choice.names) if name.head < choice.pronoun]
    before.sort(key=lambda place: -choice.names[place].head)
    for number, place in enumerate(before):
        name = choice.names[place]
        name_rank = seen.setdefault(name.key, len(seen))
        is_subject = int(a.dep[name.head]) in _SUBJECT_IDS
        subject_rank = min(subjects, 3) if is_subject else MOST + 3
        subjects += is_subject
        ranks[place] = (min(number, MOST), subject_rank, min(name_rank, MOST - 1))
    return ranks


def _order(v: View) -> list[Template]:
    """Return the order of the names and how often they come."""
    before = np.abs(bucket(v.head - v.pronoun))
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
        (v.is_first, v.role, v.sentences),
        (v.end - v.start, v.sentences),
        (np.minimum(v.names, MOST + 2),),
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
