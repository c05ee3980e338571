"""What makes a model better than a single run of training does.

Its weights are averaged with those it has after further training, and it learns from texts it has labelled itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from verify.extract import gazetteer
from verify.ner import Scores, TokenEntityRecognizer, decode

CERTAIN = 0.75
TEXTS_TOGETHER = 64


def mix(base: Language, tuned: Language, share: float) -> Language:
    """Average the weights of a model and of the one that was trained on from it (Wortsman et al. 2022, "Model soups").

    Args:
        base: Its components get the averaged weights.
        tuned: A pipeline of the same config, trained on from `base`.
        share: The weight of `tuned`, between 0 and 1.
    """
    for name, pipe in base.pipeline:
        ours, theirs = pipe.model, tuned.get_pipe(name).model  # type: ignore[attr-defined]
        for node, other in zip(ours.walk(), theirs.walk(), strict=True):
            for param in node.param_names:
                if node.has_param(param):
                    node.set_param(param, (1 - share) * node.get_param(param) + share * other.get_param(param))
    return base


def certainty(scores: Scores) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return the probability of the best label of each token."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    best: np.ndarray[tuple[int, ...], np.dtype[np.float32]] = powers.max(axis=1) / powers.sum(axis=1)
    return best


def label_texts(nlp: Language, docs: Iterable[Doc]) -> Iterator[Doc]:
    """Label texts with a model of our own, for it to learn from: tokens it is not certain of become unknown.

    Args:
        nlp: The pipeline with "ner".
        docs: Openly licensed texts; their annotation is not used.
    """
    ner: TokenEntityRecognizer = nlp.get_pipe("ner")  # type: ignore[assignment]
    texts = [doc.text for doc in docs]
    for start in range(0, len(texts), TEXTS_TOGETHER):
        batch = [nlp.make_doc(text) for text in texts[start : start + TEXTS_TOGETHER]]
        for doc, scores in zip(batch, ner.model.predict(batch), strict=True):
            _label(doc, scores, ner)
            yield doc


def _label(doc: Doc, scores: Scores, ner: TokenEntityRecognizer) -> None:
    """Keep what the model is certain of, and what the gazetteer corrected."""
    doubtful = set(np.flatnonzero(certainty(scores) < CERTAIN).tolist())
    guessed = decode(scores, ner.labels, ner.follows)
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in guessed])
    kept = []
    for entity in gazetteer.correct(doc):
        tokens = set(range(entity.start, entity.end))
        if (entity.start, entity.end, entity.label) in guessed and tokens & doubtful:
            doubtful |= tokens
        else:
            kept.append(Span(doc, entity.start, entity.end, label=entity.label))
            doubtful -= tokens
    doc.set_ents(kept, missing=[doc[i : i + 1] for i in sorted(doubtful)], default="outside")
