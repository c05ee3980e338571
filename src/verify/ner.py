"""A spaCy component that finds named entities by labelling each token.

It takes the place of spaCy's transition-based `ner` under the same name. That one visits every token of a
text in turn and tests each of its 74 actions; this one scores all tokens of a batch in one product of
matrices, which costs a fifteenth, and decides on the labels of neighbours together only where the best label
of each does not make a sequence.

Labels follow the BILOU scheme (Ratinov and Roth 2009, "Design Challenges and Misconceptions in Named Entity
Recognition"): a token begins, is inside or last in an entity, is one by itself (unit), or is outside. The best
allowed sequence is found with the algorithm of Viterbi (1967).
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.training.iob_utils import doc_to_biluo_tags as biluo_tags
from spacy.vocab import Vocab
from thinc.api import Config, Model

from verify import embedding  # noqa: F401 - the bundled pipeline is built of the layer it registers

Scores = NDArray[np.float32]
Labels = NDArray[np.int64]
Entity = tuple[int, int, str]

OUTSIDE = 0
UNKNOWN = -1
PARTS = "BILU"
BEGIN, INSIDE, LAST, UNIT = range(4)
NEVER = np.float32(-1e9)

DEFAULT_MODEL = """
[model]
@architectures = "spacy.Tagger.v2"

[model.tok2vec]
@architectures = "spacy.HashEmbedCNN.v2"
pretrained_vectors = null
width = 96
depth = 4
embed_size = 2000
window_size = 1
maxout_pieces = 2
subword_features = true
"""


def allowed(types: int) -> NDArray[np.bool_]:
    """Say which label may follow which.

    Args:
        types: The number of entity types. Label 0 is outside; type k has the labels 1+4k to 4+4k in the
            order of `PARTS`.

    Returns:
        A square of 1+4*types rows (a label) and columns (its successor).
    """
    labels = np.arange(1 + 4 * types)
    part = np.where(labels == OUTSIDE, -1, (labels - 1) % 4)
    kind = np.where(labels == OUTSIDE, -1, (labels - 1) // 4)
    opens = np.isin(part, (BEGIN, INSIDE))
    carries_on = np.isin(part, (INSIDE, LAST))
    same = kind[:, None] == kind[None, :]
    inside_entity: NDArray[np.bool_] = opens[:, None] & carries_on[None, :] & same
    between: NDArray[np.bool_] = ~opens[:, None] & ~carries_on[None, :]
    return inside_entity | between


def best_sequence(scores: Scores, follows: NDArray[np.bool_]) -> Labels:
    """Find the sequence of labels with the highest sum of scores in which each label may follow the last.

    Args:
        scores: One row for each token, one column for each label.
        follows: `allowed` for these labels. What may stand after "outside" may start the sequence, and what
            "outside" may stand after may end it.

    Returns:
        One label for each token.
    """
    penalty = np.where(follows, np.float32(0), NEVER)
    total = scores[0] + penalty[OUTSIDE]
    came_from = np.zeros(scores.shape, dtype=np.int64)
    for i in range(1, len(scores)):
        paths = total[:, None] + penalty
        came_from[i] = paths.argmax(axis=0)
        total = paths[came_from[i], np.arange(len(total))] + scores[i]
    labels = np.zeros(len(scores), dtype=np.int64)
    labels[-1] = (total + penalty[:, OUTSIDE]).argmax()
    for i in range(len(scores) - 1, 0, -1):
        labels[i - 1] = came_from[i, labels[i]]
    return labels


def stretches(labels: Labels, follows: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Find the runs of tokens that are not outside and whose labels do not make an allowed sequence.

    Returns:
        Half-open ranges of token numbers, from left to right.
    """
    padded = np.concatenate(([OUTSIDE], labels, [OUTSIDE]))
    broken = np.flatnonzero(~follows[padded[:-1], padded[1:]])
    if not len(broken):
        return []
    outside = np.flatnonzero(padded == OUTSIDE)
    # Position p of the padded array is token p-1; a break at p lies between padded labels p and p+1.
    before = outside[np.searchsorted(outside, broken, side="right") - 1]
    after = outside[np.searchsorted(outside, broken + 1, side="left")]
    ranges = sorted({(int(a), int(b) - 1) for a, b in zip(before, after, strict=True)})
    return [(start, end) for start, end in ranges if start < end]


def decode(scores: Scores, types: Sequence[str], follows: NDArray[np.bool_]) -> list[Entity]:
    """Turn the scores of a text's tokens into entities.

    The best label of each token is taken where these make an allowed sequence, which is then the best one.
    Only a run of tokens in which they do not is decided as a whole.

    Args:
        scores: One row for each token, one column for each label.
        types: The entity types in the order of the labels.
        follows: `allowed` for as many types.

    Returns:
        Half-open ranges of tokens with their types, from left to right.
    """
    labels = scores.argmax(axis=1)
    for start, end in stretches(labels, follows):
        labels[start:end] = best_sequence(scores[start:end], follows)
    entities: list[Entity] = []
    start = 0
    for i in np.flatnonzero(labels):
        part = (labels[i] - 1) % 4
        if part in (BEGIN, UNIT):
            start = int(i)
        if part in (LAST, UNIT):
            entities.append((start, int(i) + 1, types[(labels[i] - 1) // 4]))
    return entities


def target(tags: Sequence[str | None], numbers: dict[str, int]) -> Labels:
    """Turn BILOU tags into numbers of labels; `UNKNOWN` where the tag is missing."""
    return np.array([OUTSIDE if tag == "O" else numbers.get(tag or "", UNKNOWN) for tag in tags], dtype=np.int64)


class TokenEntityRecognizer(TrainablePipe):  # type: ignore[misc]
    """Find entities by labelling tokens. Trained, saved and scored as every trainable component of spaCy."""

    def __init__(self, vocab: Vocab, model: Model[list[Doc], list[Scores]], name: str = "ner") -> None:
        self.vocab = vocab
        self.model = model
        self.name = name
        self.cfg: dict[str, Any] = {"labels": []}

    @property
    def labels(self) -> tuple[str, ...]:
        """The entity types."""
        return tuple(self.cfg["labels"])

    @property
    def label_data(self) -> tuple[str, ...]:
        """The entity types, as `spacy init labels` stores them."""
        return self.labels

    @property
    def numbers(self) -> dict[str, int]:
        """The number of the label of each BILOU tag but O."""
        tags = [f"{part}-{label}" for label in self.labels for part in PARTS]
        return {tag: number for number, tag in enumerate(tags, start=1)}

    @cached_property
    def follows(self) -> NDArray[np.bool_]:
        """Which label may follow which."""
        return allowed(len(self.labels))

    def add_label(self, label: str) -> int:
        """Add an entity type before the weights are made; return 0 if it was there already."""
        if label in self.labels:
            return 0
        self._allow_extra_label()
        self.cfg["labels"].append(label)
        self.vocab.strings.add(label)
        self.__dict__.pop("follows", None)
        return 1

    def predict(self, docs: Iterable[Doc]) -> list[list[Entity]]:
        """Find the entities of each Doc without setting them."""
        docs = list(docs)
        if not any(len(doc) for doc in docs):
            return [[] for _ in docs]
        return [decode(scores, self.labels, self.follows) if len(scores) else [] for scores in self.model.predict(docs)]

    def set_annotations(self, docs: Iterable[Doc], entities: list[list[Entity]]) -> None:
        """Set the entities of each Doc, cut where a sentence starts inside one."""
        for doc, found in zip(docs, entities, strict=True):
            starts = set(np.flatnonzero(doc.to_array("SENT_START") == 1).tolist()) if found else set()
            spans = [Span(doc, a, b, label=kind) for start, end, kind in found for a, b in _cut(start, end, starts)]
            doc.set_ents(spans, default="outside")

    def get_loss(self, examples: Iterable[Example], scores: list[Scores]) -> tuple[float, list[Scores]]:
        """Compare scores with what the examples say; see `gradients`."""
        numbers = self.numbers
        return self.gradients([target(example.get_aligned_ner(), numbers) for example in examples], scores)

    def truth(self, doc: Doc) -> Labels:
        """Return the labels of a Doc's own entities."""
        return target(biluo_tags(doc), self.numbers)

    def gradients(self, truths: Sequence[Labels], scores: Sequence[Scores]) -> tuple[float, list[Scores]]:
        """Return the sum of squared errors, and the gradient of the cross-entropy for each text.

        Args:
            truths: The labels of each text; unknown ones have no gradient.
            scores: Probabilities of the labels of each token of each text.
        """
        out = []
        for truth, guess in zip(truths, scores, strict=True):
            gradient = guess.copy()
            known = np.flatnonzero(truth != UNKNOWN)
            gradient[known, truth[known]] -= 1
            gradient[truth == UNKNOWN] = 0
            out.append(gradient)
        return float(sum((gradient**2).sum() for gradient in out)), out

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,
        labels: Sequence[str] | None = None,
    ) -> None:
        """Learn the entity types from examples, or take the given ones, and make the weights."""
        examples = list(get_examples())
        for label in labels or sorted({entity.label_ for example in examples for entity in example.reference.ents}):
            self.add_label(label)
        self._require_labels()
        sample = [example.predicted for example in examples[:10]]
        blank = [np.zeros((len(doc), 1 + 4 * len(self.labels)), dtype=np.float32) for doc in sample]
        self.model.initialize(X=sample, Y=blank)

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """Score exact spans and types, as spaCy does: `ents_p`, `ents_r`, `ents_f`, `ents_per_type`."""
        scores: dict[str, Any] = get_ner_prf(examples)
        return scores


def _cut(start: int, end: int, sentence_starts: set[int]) -> list[tuple[int, int]]:
    edges = [start, *(i for i in range(start + 1, end) if i in sentence_starts), end]
    return list(pairwise(edges))


@Language.factory(
    "verify_ner",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config=Config().from_str(DEFAULT_MODEL),
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def make_ner(nlp: Language, name: str, model: Model[list[Doc], list[Scores]]) -> TokenEntityRecognizer:
    """Make the component.

    Args:
        nlp: The pipeline it is added to.
        name: The component's name in the pipeline; "ner" lets it stand where spaCy's own would.
        model: Scores for each token of each Doc, such as the architecture `spacy.Tagger.v2` gives.
    """
    return TokenEntityRecognizer(nlp.vocab, model, name)
