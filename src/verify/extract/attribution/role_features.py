"""What the model sees of a word and a cue when it judges whether the word is part of the cue's source or content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verify.extract.attribution.pairs import APART, Pairs, Paths, make_paths
from verify.extract.features.arrays import Arrays, QuoteContext, quote_context, string_id
from verify.extract.features.hashing import Column, Ints, Rows, Template, at, bucket, mix, to_rows

MOST_BETWEEN: Final = 4
UNQUOTED: Final = 9  # the quotation distance of a word outside quotations


@dataclass(frozen=True, slots=True)
class View:
    """What several groups of features share, one value a pair."""

    a: Arrays
    cue: Ints
    word: Ints
    path: Paths
    quote: QuoteContext
    distance: Ints
    side: Ints
    commas: Ints  # how many commas stand between, with the side as sign
    verbs: Ints
    sentences: Ints  # how many sentences on
    quotations: Ints  # how many quotations on, or UNQUOTED
    quoting: Ints  # whether the word, the cue or both lie in quotations


def role_rows(arrays: Arrays, pairs: Pairs, size: int) -> Rows:
    """Return the feature rows of every pair, shaped (pairs, templates).

    Args:
        arrays: The document.
        pairs: Cues and words.
        size: How many rows the weight table has.
    """
    view = _view(arrays, pairs)
    parts = (_words(view), _paths(view), _quotes(view), _between(view), _edges(view), _near(view), _boundary(view))
    return to_rows([template for part in parts for template in part], size)


def _view(a: Arrays, pairs: Pairs) -> View:
    cue, word = pairs.cue, pairs.word
    distance = word - cue
    side = np.sign(distance)
    inside = a.quotation >= 0
    begins = inside & (a.quotation != np.append(-1, a.quotation[:-1]))
    on = np.cumsum(begins)
    quoted = inside[word]
    together = quoted & (a.quotation[cue] == a.quotation[word])
    return View(
        a,
        cue,
        word,
        make_paths(a, pairs),
        quote_context(a),
        distance,
        side,
        commas=_count(a.lower == string_id(","), cue, word) * side,
        verbs=_count(a.pos == string_id("VERB"), cue, word) * side,
        sentences=np.clip(a.sentence[word] - a.sentence[cue], -2, 3),
        quotations=np.clip(np.where(quoted, on[word] - on[cue], UNQUOTED), -3, UNQUOTED),
        quoting=quoted + 2 * together + 4 * inside[cue],
    )


def _count(mark: Column, cue: Ints, word: Ints) -> Ints:
    """Count, up to a limit, the tokens of a kind between cue and word."""
    total = np.cumsum(mark)
    return np.asarray(np.minimum(np.abs(total[word] - total[cue]), MOST_BETWEEN))


def _words(v: View) -> list[Template]:
    """Return the word and the cue apart."""
    a, lemma, tag, dep = v.a, v.a.lemma[v.word], v.a.tag[v.word], v.a.dep[v.word]
    head = a.head[v.word]
    return [
        (a.lemma[v.cue],),
        (lemma,),
        (tag, dep),
        (a.lower[v.word],),
        (a.entity[v.word], tag),
        (a.suffix[v.word], dep),
        (dep, a.dep[head], np.sign(head - v.word)),
        (head == v.cue, dep, a.lemma[v.cue]),
        (head == v.cue, dep, a.tag[v.cue]),
        (a.lemma[head], dep, v.path.level == 0),
    ]


def _paths(v: View) -> list[Template]:
    """Return how the parse joins the word to the cue."""
    a, p, cue = v.a, v.path, v.a.lemma[v.cue]
    lemma, tag, signature = a.lemma[v.word], a.tag[v.word], a.signature[v.cue]
    label, where, clause_mark = a.dep[p.branch], np.sign(p.branch - v.cue), _mark(v)
    return [
        (p.branch_path,),
        (p.second_path,),
        (p.third_path,),
        (p.branch_path, cue),
        (p.second_path, cue),
        (p.branch_path, lemma),
        (p.branch_path, tag),
        (p.branch_path, signature),
        (p.second_path, signature),
        (label, where, p.level, a.tag[v.cue], signature),
        (p.level, p.depth, where),
        (p.depth, p.branch_path),
        (p.branch_path, np.minimum(p.clauses, 3)),
        (a.lemma[p.branch], where, p.level),
        (a.lemma[p.branch], cue),
        (label, a.tag[p.branch], where, p.level, cue),
        (clause_mark, p.branch_path),
        (clause_mark, p.branch_path, cue),
        (a.lower[v.word], label, p.level),
        (v.word == p.branch, p.branch_path),
        (a.entity[p.branch], p.branch_path),
    ]


def _mark(v: View) -> Column:
    """Return the word that introduces the branch's clause, as "that"."""
    return np.where(v.path.level < APART, at(v.a.lower, v.a.child["mark"][v.path.branch]), 0)


def _quotes(v: View) -> list[Template]:
    """Return how the quotations lie to the two."""
    q, cue, word = v.quote, v.cue, v.word
    a, path = v.a, v.path.branch_path
    around_cue = mix(0, q.inside[cue], q.before[cue], q.after[cue])
    ends = (word == a.sentence_start[word]) + 2 * (word == a.sentence_end[word] - 1)
    has_clause, is_inverted = a.child["ccomp"][cue] >= 0, a.child["nsubj"][cue] > cue
    return [
        (v.quoting, v.quotations, v.sentences),
        (v.quoting, v.quotations, a.lemma[cue]),
        (v.quoting, v.sentences, around_cue),
        (v.quoting, path),
        (v.quoting, around_cue, v.side),
        (v.sentences, ends, v.quoting),
        (v.quoting, v.quotations, has_clause, is_inverted, v.side),
        (a.lemma[cue], v.sentences, v.quoting, v.side),
        (has_clause, is_inverted, path),
        (has_clause, is_inverted, v.commas, v.quoting),
    ]


def _between(v: View) -> list[Template]:
    """Return how far apart the two stand and what stands between them."""
    a, path, far = v.a, v.path.branch_path, bucket(v.distance)
    return [
        (v.path.cue_side, far),
        (far, a.dep[v.word]),
        (far, a.tag[v.word], a.lower[v.word]),
        (far, a.tag[v.cue]),
        (v.commas, v.verbs, v.sentences),
        (v.commas, a.lemma[v.cue]),
        (v.verbs, path),
        (v.commas, v.quoting, v.side),
        (v.commas, path),
    ]


def _edges(v: View) -> list[Template]:
    """Return the words beside the word."""
    a, word, path = v.a, v.word, v.path.branch_path
    before, after = at(a.lower, word - 1), at(a.lower, word + 1)
    return [
        (at(a.tag, word - 1), a.tag[word]),
        (before, a.lower[word]),
        (after, a.tag[word]),
        (at(a.tag, word + 1), a.tag[word], a.dep[word]),
        (at(a.lower, word - 2), before),
        (before, path),
        (after, path),
        (a.shape[word], at(a.shape, word - 1)),
    ]


def _near(v: View) -> list[Template]:
    """Return the place of words that touch the cue, and the headline's words."""
    a, word, near, step = v.a, v.word, np.abs(v.distance), v.distance
    is_first = a.sentence[v.cue] == 0
    return [
        (step == -1, step == 1, a.lower[word], a.lemma[v.cue]),
        (step == 1, step == 2, a.lower[word], a.signature[v.cue]),
        (near <= 3, a.tag[word], a.dep[word], np.clip(step, -4, 4)),
        (near <= 2, a.lower[word], np.clip(step, -3, 3)),
        (is_first, a.lower[word], v.side),
        (is_first, v.path.branch_path),
    ]


def _boundary(v: View) -> list[Template]:
    """Return what changes between the word before and the word, which is where a role can begin or end."""
    a, p, word = v.a, v.path, v.word
    same_branch = _previous(v, p.branch) == p.branch
    same_second = _previous(v, p.second) == p.second
    crossing = (at(a.quotation, word - 1, -1) != a.quotation[word]) + 2 * (a.quotation[word] >= 0)
    return [
        (same_branch, same_second, p.branch_path),
        (same_branch, p.branch_path, _previous(v, p.branch_path)),
        (same_branch, a.tag[word], at(a.tag, word - 1)),
        (same_branch, a.dep[word], at(a.dep, word - 1)),
        (crossing, same_branch, at(a.tag, word - 1)),
        (crossing, at(a.lower, word - 1), a.lower[word]),
    ]


def _previous(v: View, column: Column) -> Column:
    """Return each pair's value of the pair before, 0 for the first word of a cue."""
    shifted = np.roll(column, 1)
    shifted[np.append(True, v.cue[1:] != v.cue[:-1])] = 0
    return shifted
