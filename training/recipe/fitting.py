"""The training loop: batches of about as many words, a rate that falls to nothing, averaged weights.

The loops call the components directly instead of `spacy train`: that one copies every example at every step and
has the parser search for an oracle in long texts, which together cost as much time as the learning.
"""

from __future__ import annotations

import gc
import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from spacy import util
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Config, NumpyOps, fix_random_seed, set_current_ops, set_dropout_rate

from recipe.augment import recase, rename
from verify.ner import TokenEntityRecognizer

Item = TypeVar("Item")
REPORTS = 10
LAST_SHARE = 0.02

Report = Callable[[Language, int, dict[str, float]], None]


@dataclass(frozen=True)
class Plan:
    """How long and how fast a part learns; the keys of a table of `configs/plan.toml`.

    Attributes:
        steps: Batches.
        words: Tokens in a batch.
        rate: The highest learning rate.
        warmup: Steps until it is reached.
        dropout: Share of activations left out.
        recased: Share of texts written in another casing.
        copies: How often the treebanks are cut to pieces, each time in other places.
        renamed: Share of the proper nouns of treebanks that other names take the place of.
        written: Made-up texts in each pass.
        share: The weight of this run's weights in their average with those it went on from.
        silver: Whether texts that the model has labelled itself are learned from too.
    """

    steps: int
    words: int
    rate: float
    warmup: int
    dropout: float
    recased: float
    copies: int = 1
    renamed: float = 0.0
    written: int = 0
    share: float = 1.0
    silver: bool = False

    def rate_at(self, step: int) -> float:
        """Return the learning rate of a step: up to `rate` while warming up, then down in a straight line."""
        rise = min(1.0, (step + 1) / self.warmup)
        return self.rate * rise * max(LAST_SHARE, 1 - step / self.steps)


def use_openblas() -> None:
    """Multiply matrices with numpy's library, three to five times as fast here as the one thinc brings along."""
    set_current_ops(NumpyOps(use_blis=False))


def make_pipeline(config: Path, seed: int) -> Language:
    """Make an untrained pipeline from a config with a fixed seed."""
    use_openblas()
    fix_random_seed(seed)
    return util.load_model_from_config(Config().from_disk(config), auto_fill=True)


def example(nlp: Language, gold: Doc) -> Example:
    """Pair a Doc with its words alone, which is what the pipeline is to annotate."""
    words = [token.text for token in gold]
    return Example(Doc(nlp.vocab, words=words, spaces=[bool(token.whitespace_) for token in gold]), gold)


def sentence_chunks(doc: Doc, rng: random.Random, least: int = 20, most: int = 110) -> Iterator[Doc]:
    """Cut a parsed text into runs of whole sentences of a random length in tokens."""
    start, limit = 0, rng.randint(least, most)
    for sentence in doc.sents:
        if sentence.end - start > limit and sentence.start > start:
            yield doc[start : sentence.start].as_doc()
            start, limit = sentence.start, rng.randint(least, most)
    yield doc[start:].as_doc()


def batches(items: Iterable[Item], size: Callable[[Item], int], words: int, rng: random.Random) -> Iterator[list[Item]]:
    """Group items of about the same size to batches of about as many words, in random order."""
    ordered = sorted(items, key=lambda item: size(item) + rng.random() * 30)
    groups: list[list[Item]] = [[]]
    total = 0
    for item in ordered:
        groups[-1].append(item)
        total += size(item)
        if total >= words:
            groups.append([])
            total = 0
    groups = [group for group in groups if group]
    rng.shuffle(groups)
    return iter(groups)


def fit(
    nlp: Language,
    passes: Iterable[Iterable[Item]],
    size: Callable[[Item], int],
    plan: Plan,
    rng: random.Random,
    update: Callable[[list[Item], Any, dict[str, float]], None],
    report: Report,
) -> None:
    """Train until the plan's steps are done; the averaged weights stay in the pipeline.

    Args:
        nlp: The pipeline, initialized.
        passes: The training items of one pass after the other, without end.
        size: An item's number of words.
        plan: Steps, batch size and rates.
        rng: Where the order comes from.
        update: One step on a batch: items, optimizer, losses to add to.
        report: Called a few times with the averaged weights in place, to score them and keep a checkpoint.
    """
    optimizer = Adam(learn_rate=plan.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    losses: dict[str, float] = {}
    endless = itertools.chain.from_iterable(batches(items, size, plan.words, rng) for items in passes)
    for step, batch in enumerate(itertools.islice(endless, plan.steps), start=1):
        optimizer.learn_rate = plan.rate_at(step - 1)
        update(batch, optimizer, losses)
        if step % max(1, plan.steps // REPORTS) == 0 or step == plan.steps:
            with nlp.use_params(optimizer.averages):
                report(nlp, step, losses)
            losses.clear()
            gc.collect()


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep Python from searching the corpora for garbage, which takes half of the time if it may."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def fit_parser(nlp: Language, docs: Sequence[Doc], names: list[str], plan: Plan, seed: int, report: Report) -> None:
    """Train the components that share a tok2vec on parsed texts.

    Args:
        nlp: The pipeline, trained before or not.
        docs: Texts with trees.
        names: Single words to put in the place of proper nouns.
        plan: Steps, rates, and how the texts are changed.
        seed: Decides how texts are cut and changed.
        report: See `fit`.
    """
    rng = random.Random(seed)

    def changed(chunk: Doc, copy: int) -> Doc:
        chunk = rename(chunk, names, rng, plan.renamed) if plan.renamed else chunk
        return recase(chunk, rng, plan.recased) if copy else chunk

    pipes: list[TrainablePipe] = [pipe for _, pipe in nlp.pipeline]

    def update(batch: list[Example], optimizer: Any, losses: dict[str, float]) -> None:
        for pipe in pipes:
            pipe.update(batch, drop=plan.dropout, sgd=None, losses=losses)
        for pipe in pipes:
            pipe.finish_update(optimizer)

    with no_collection():
        copies = [
            [example(nlp, changed(chunk, copy)) for doc in docs for chunk in sentence_chunks(doc, rng)]
            for copy in range(plan.copies)
        ]
        if not nlp.get_pipe("tagger").labels:  # type: ignore[attr-defined]
            nlp.initialize(lambda: [example(nlp, doc) for doc in docs])
        fit(nlp, itertools.cycle(copies), lambda eg: len(eg.predicted), plan, rng, update, report)


def fit_entities(
    nlp: Language, passes: Iterable[Sequence[Doc]], plan: Plan, seed: int, report: Report, sample: Sequence[Doc]
) -> None:
    """Train the entity component on labelled texts.

    Args:
        nlp: The pipeline with "ner" alone.
        passes: The texts of one pass after the other, without end; other names each time teach most.
        plan: Steps, batch size and rates.
        seed: Decides order and casing.
        report: See `fit`.
        sample: Texts that have all entity types.
    """
    rng = random.Random(seed)
    ner: TokenEntityRecognizer = nlp.get_pipe("ner")  # type: ignore[assignment]

    def update(batch: list[Doc], optimizer: Any, losses: dict[str, float]) -> None:
        set_dropout_rate(ner.model, plan.dropout)
        scores, backpropagate = ner.model.begin_update(batch)
        loss, gradients = ner.gradients([ner.truth(doc) for doc in batch], scores)
        backpropagate(gradients)
        ner.finish_update(optimizer)
        losses["ner"] = losses.get("ner", 0.0) + loss

    with no_collection():
        if not ner.labels:
            nlp.initialize(lambda: [example(nlp, doc) for doc in sample])
        recased = ([recase(doc, rng, plan.recased) for doc in docs] for docs in passes)
        fit(nlp, recased, len, plan, rng, update, report)
