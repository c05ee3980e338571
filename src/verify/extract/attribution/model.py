"""Attribution by a trained model: which words are cues, and which words are each one's source and content.

Two small networks over hashed features of words and parse: the first judges every word, the second every pair of
a cue and a word near it. How they are trained is in `training/attribution.py`, on what in `weights/attribution.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from verify.extract.attribution.cue_features import cue_rows
from verify.extract.attribution.frames import Frame, trimmed
from verify.extract.attribution.pairs import Pairs, make_pairs, near_quotations
from verify.extract.attribution.role_features import role_rows
from verify.extract.attribution.role_sequences import Role, Roles, best_roles, make_batch
from verify.extract.features.arrays import NONE, Arrays, quoted_arrays, string_id
from verify.extract.features.hashed_model import Floats, HashedModel, unpack
from verify.extract.features.hashing import Ints
from verify.extract.plain import once

if TYPE_CHECKING:
    from spacy.tokens import Doc

CUE_POS: Final = ("VERB", "NOUN", "PROPN", "AUX", "ADJ", "ADP", "ADV", "PART")
CUE_MARKS: Final = (":", "―", "—", "--")
QUOTING: Final = 0.2  # how likely the cue of a whole quotation must be
CUES_AT_ONCE: Final = 64  # cues decoded together, which bounds the memory that a long document needs


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """The two networks, and how likely a cue must be to be reported."""

    cue: HashedModel
    role: HashedModel
    threshold: float


@cache
def bundled() -> AttributionModel:
    """Load the weights that the package ships, once."""
    with (files("verify") / "weights" / "attribution.npz").open("rb") as file, np.load(file) as arrays:
        return AttributionModel(unpack("cue", arrays), unpack("role", arrays), float(arrays["threshold"]))


def find_frames(doc: Doc, model: AttributionModel | None = None) -> list[Frame]:
    """Return what the model finds, in order of the cue's main word.

    Args:
        doc: A parsed document.
        model: Other weights than the bundled ones.
    """
    if len(doc) == 0:
        return []
    model = model or bundled()
    arrays = once(quoted_arrays, doc)
    likely = cue_probabilities(arrays, model.cue)
    heads = _worth_decoding(arrays, likely, model.threshold)
    frames = []
    for start in range(0, len(heads), CUES_AT_ONCE):
        frames += _decode(doc, arrays, heads[start : start + CUES_AT_ONCE], likely, model.role)
    return [frame for frame in frames if frame.content and _is_likely(frame, arrays, model.threshold)]


def _worth_decoding(arrays: Arrays, likely: Floats, threshold: float) -> list[int]:
    """Return the cues that can be reported: likely ones, and less likely ones that may be those of a quotation."""
    heads: list[int] = np.flatnonzero(likely > min(QUOTING, threshold)).tolist()
    near = near_quotations(arrays, heads)
    return [head for head, is_near in zip(heads, near, strict=True) if is_near or _rounded(likely[head]) > threshold]


def _rounded(likely: np.float32) -> float:
    return round(float(likely), 4)


def _is_likely(frame: Frame, arrays: Arrays, threshold: float) -> bool:
    """Say whether a frame is likely enough; what it reports in quotation marks speaks for it."""
    return frame.score > threshold or bool((arrays.quotation[list(frame.content)] != NONE).all())


def possible_cues(arrays: Arrays) -> Ints:
    """Return the tokens of a kind that can be the main word of a cue, by index."""
    of_kind = np.isin(arrays.pos, [string_id(pos) for pos in CUE_POS])
    return np.flatnonzero(of_kind | np.isin(arrays.lower, [string_id(mark) for mark in CUE_MARKS]))


def cue_probabilities(arrays: Arrays, model: HashedModel) -> Floats:
    """Return how likely each token is the main word of a cue."""
    possible = possible_cues(arrays)
    likely = np.zeros(len(arrays), np.float32)
    if len(possible):
        likely[possible] = 1 / (1 + np.exp(-model.scores(cue_rows(arrays, model.size, possible))[:, 0]))
    return likely


def _decode(doc: Doc, arrays: Arrays, heads: list[int], likely: Floats, model: HashedModel) -> list[Frame]:
    """Return the frames of some cues: the best roles of the words near each."""
    pairs = make_pairs(arrays, heads)
    batch = make_batch(model.scores(role_rows(arrays, pairs, model.size)), pairs.lengths, pairs.cue == pairs.word)
    return [
        _frame(doc, head, words, roles, _rounded(likely[head]))
        for head, words, roles in zip(heads, _split(pairs), best_roles(batch), strict=True)
    ]


def _split(pairs: Pairs) -> list[Ints]:
    return np.split(pairs.word, np.cumsum(pairs.lengths)[:-1])


def _frame(doc: Doc, head: int, words: Ints, roles: Roles, score: float) -> Frame:
    source, content = (trimmed(doc, words[roles == role].tolist()) for role in (Role.SOURCE, Role.CONTENT))
    return Frame(head, source, tuple(words[roles == Role.CUE].tolist()), content, score)
