"""Attribution by a trained model: which words are cues, and which words are each one's source and content.

Two small networks over hashed features of words and parse: the first judges every word, the second every pair of
a cue and a word near it. How they are trained is in `training/attribution.py`, on what in `weights/attribution.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from verify.extract.attribution_cue_features import cue_rows
from verify.extract.attribution_frames import Frame, trimmed
from verify.extract.attribution_pairs import Pairs, make_pairs
from verify.extract.attribution_role_features import role_rows
from verify.extract.doc_arrays import Arrays, make_arrays, string_id
from verify.extract.feature_hashing import Ints
from verify.extract.hashed_model import Floats, HashedModel, unpack
from verify.extract.quotations import Quotation
from verify.extract.role_sequences import Bools, Role, Roles, best_roles, make_batch, marginals

if TYPE_CHECKING:
    from spacy.tokens import Doc

CUE_POS: Final = ("VERB", "NOUN", "PROPN", "AUX", "ADJ", "ADP", "ADV", "PART")
CUE_MARKS: Final = (":", "―", "—", "--")
CANDIDATE: Final = 0.25  # words that are less likely cues are not looked at further
CUES_AT_ONCE: Final = 64  # cues decoded together, which bounds the memory that a long document needs


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """The two networks, and how likely an attribution must be to be reported."""

    cue: HashedModel
    role: HashedModel
    threshold: float


@cache
def bundled() -> AttributionModel:
    """Load the weights that the package ships, once."""
    with (files("verify") / "weights" / "attribution.npz").open("rb") as file, np.load(file) as arrays:
        return AttributionModel(unpack("cue", arrays), unpack("role", arrays), float(arrays["threshold"]))


def find_frames(doc: Doc, quotations: Sequence[Quotation], model: AttributionModel | None = None) -> list[Frame]:
    """Return what the model finds, in order of the cue's main word.

    Args:
        doc: A parsed document.
        quotations: Its quotations, as `find_quotations` gives them.
        model: Other weights than the bundled ones.
    """
    if len(doc) == 0:
        return []
    model = model or bundled()
    arrays = make_arrays(doc, quotations)
    likely = cue_probabilities(arrays, model.cue)
    heads = np.flatnonzero(likely > CANDIDATE).tolist()
    frames = []
    for start in range(0, len(heads), CUES_AT_ONCE):
        frames += _decode(doc, arrays, heads[start : start + CUES_AT_ONCE], likely, model.role)
    return [frame for frame in frames if frame.content and frame.score > model.threshold]


def can_be_cue(arrays: Arrays) -> Bools:
    """Say of each token whether it is of a kind that can be the main word of a cue."""
    of_kind = np.isin(arrays.pos, [string_id(pos) for pos in CUE_POS])
    return np.asarray(of_kind | np.isin(arrays.lower, [string_id(mark) for mark in CUE_MARKS]))


def cue_probabilities(arrays: Arrays, model: HashedModel) -> Floats:
    """Return how likely each token is the main word of a cue."""
    scores = model.scores(cue_rows(arrays, model.size))[:, 0]
    return np.where(can_be_cue(arrays), 1 / (1 + np.exp(-scores)), 0).astype(np.float32)


def _decode(doc: Doc, arrays: Arrays, heads: list[int], likely: Floats, model: HashedModel) -> list[Frame]:
    """Return the frames of some cues: the best roles of the words near each.

    A frame's score is how likely its cue is, times how likely its content's words are content on average.
    """
    pairs = make_pairs(arrays, heads)
    batch = make_batch(model.scores(role_rows(arrays, pairs, model.size)), pairs.lengths, pairs.cue == pairs.word)
    sure, _, _ = marginals(batch)
    frames = []
    for number, (words, roles) in enumerate(zip(_split(pairs), best_roles(batch), strict=True)):
        is_content = roles == Role.CONTENT
        certain = sure[number, : len(words), Role.CONTENT][is_content].mean() if is_content.any() else 0
        score = float(likely[heads[number]] * certain)
        frames.append(_frame(doc, heads[number], words, roles, score))
    return frames


def _split(pairs: Pairs) -> list[Ints]:
    return np.split(pairs.word, np.cumsum(pairs.lengths)[:-1])


def _frame(doc: Doc, head: int, words: Ints, roles: Roles, score: float) -> Frame:
    source, content = (trimmed(doc, words[roles == role].tolist()) for role in (Role.SOURCE, Role.CONTENT))
    return Frame(head, source, tuple(words[roles == Role.CUE].tolist()), content, round(score, 4))
