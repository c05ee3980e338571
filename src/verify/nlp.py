"""Load and check the spaCy pipeline, and make the `Doc` that it reads.

The extraction is written for the label scheme of spaCy's `en_core_web_*`: Penn Treebank tags, CLEAR
dependencies and OntoNotes entity types. Any pipeline of that scheme can take the bundled one's place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from verify.errors import ModelError
from verify.extract.doc import BLOCKS
from verify.threads import one_thread

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from verify.reading import Reading

BUNDLED = "en_news_sm"
MAX_RUN = 300  # characters without white space that are tokenized at once; addresses are shorter
_LONG_RUN = re.compile(rf"\S{{{MAX_RUN + 1},}}")
PARSED_TOGETHER = 40_000  # characters of texts whose matrices are made at once
MAX_SENTENCE = 400  # tokens; those of news have 20 to 30, and lists in reports up to 300
NEEDED = {
    "parser": {"nsubj", "dobj", "ccomp", "prep", "pobj"},
    "tagger": {"VBD", "NNP", "MD"},
    "ner": {"PERSON", "ORG", "GPE", "NORP", "DATE"},
}


def load(name: str | Path = "") -> Language:
    """Load a spaCy pipeline and check that the extraction can work with it.

    Args:
        name: An installed package such as "en_core_web_sm", or a folder; empty for the bundled pipeline.

    Returns:
        The pipeline, ready for `nlp.pipe`.

    Raises:
        ModelError: It is not there, cannot be read, or lacks labels of the `en_core_web_*` scheme.
    """
    import spacy

    target = str(name) or str(locate())
    try:
        nlp = spacy.load(target)
    except OSError:
        raise _not_found(target) from None
    except Exception as error:
        reason = f"cannot be read ({type(error).__name__}: {error})"
        raise ModelError(target, reason, "It may be made for another spaCy version; run `verify info`.") from error
    check(nlp, target)
    _multiply_with_numpy(nlp)
    return nlp


def _multiply_with_numpy(nlp: Language) -> None:
    """Let the models of a pipeline, and no others, multiply matrices with numpy's library instead of spaCy's own.

    The one that comes with spaCy (BLIS, built for any processor of the last fifteen years) takes half of the time of a
    parse; numpy's has code for the processor at hand and takes a fifth of that.
    """
    from thinc.api import Model, NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        if isinstance(model := getattr(component, "model", None), Model):
            for layer in model.walk():
                layer.ops = ops


def locate(name: str | Path = "") -> Path:
    """Return the folder of a pipeline without loading it.

    Args:
        name: As for `load`.

    Raises:
        ModelError: It is neither an installed package nor a folder.
    """
    if not str(name):
        return Path(str(files("verify") / "pipelines" / BUNDLED))
    spec = find_spec(str(name)) if str(name).isidentifier() else None
    if spec is not None and spec.origin:
        return Path(spec.origin).parent
    if not Path(name).is_dir():
        raise _not_found(str(name))
    return Path(name)


def _not_found(name: str) -> ModelError:
    reason = "not found, neither as an installed package nor as a folder"
    return ModelError(name, reason, f"Install it with: python -m spacy download {name}")


def check(nlp: Language, name: str) -> None:
    """Raise a ModelError that lists every component and label the extraction needs and the pipeline lacks."""
    lacking = []
    for pipe, labels in NEEDED.items():
        if pipe not in nlp.pipe_names:
            lacking.append(f"component '{pipe}'")
        elif missing := sorted(labels - set(nlp.pipe_labels.get(pipe, ()))):
            lacking.append(f"labels {', '.join(missing)} of '{pipe}'")
    if "lemmatizer" not in nlp.pipe_names and "trainable_lemmatizer" not in nlp.pipe_names:
        lacking.append("a lemmatizer")
    if lacking:
        hint = "Use a pipeline with the labels of en_core_web_*, or leave --model out for the bundled one."
        raise ModelError(name, f"lacks {'; '.join(lacking)}", hint)


def describe(folder: Path) -> dict[str, str]:
    """Return the name and version that stand in a dataset's provenance, without loading the pipeline.

    Args:
        folder: Of the pipeline; see `locate`.

    Raises:
        ModelError: It has no `meta.json` that says so.
    """
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
        return {"name": f"{meta['lang']}_{meta['name']}", "version": str(meta["version"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = f"has no meta.json with lang, name and version ({type(error).__name__}: {error})"
        raise ModelError(str(folder), reason, "Install the pipeline again, or save it with `to_disk`.") from error


def make_doc(nlp: Language, reading: Reading) -> Doc:
    """Tokenize a reading, mark its blocks and let a sentence begin with each of them.

    Sentence starts set here bind the parser, so a heading never runs into the paragraph below it, whatever
    pipeline is used.

    Args:
        nlp: Any spaCy pipeline.
        reading: The text to analyse with its blocks, in the reading's own offsets.
    """
    from spacy.tokens import SpanGroup

    doc = _tokenize(nlp, reading.text)
    group = SpanGroup(doc, name=BLOCKS)
    for block in reading.blocks:
        span = doc.char_span(block.span.start, block.span.end, label=block.kind.value, alignment_mode="expand")
        if span is not None and len(span):
            group.append(span)
            doc[span.start].is_sent_start = True
    doc.spans[BLOCKS] = group
    return doc


def _tokenize(nlp: Language, text: str) -> Doc:
    """Tokenize a text in time that grows with its length, whatever it holds.

    spaCy's tokenizer takes punctuation off a stretch without white space one mark at a time and looks at the whole
    rest after each: the time grows with the square, 30 seconds for 20,000 brackets. Such stretches are cut.
    """
    from spacy.tokens import Doc

    cuts = [cut for run in _LONG_RUN.finditer(text) for cut in range(run.start(), run.end(), MAX_RUN)]
    if not cuts:
        return nlp.make_doc(text)
    bounds = pairwise(sorted({0, *cuts, len(text)}))
    return Doc.from_docs([nlp.make_doc(text[start:end]) for start, end in bounds], ensure_whitespace=False)


def annotate(nlp: Language, readings: Iterable[Reading]) -> Iterator[Doc]:
    """Run the pipeline over readings, in order, one Doc for each, no sentence of it longer than `MAX_SENTENCE`.

    The extraction looks at pairs of clauses of a sentence, so its time grows with the square of a sentence's length. A
    text with a longer sentence is parsed again with a sentence start after every `MAX_SENTENCE` tokens of it.
    """
    with one_thread():
        for together in _parsed_together(readings):
            made = [(make_doc(nlp, reading), reading) for reading in together]
            for doc, reading in nlp.pipe(made, as_tuples=True, batch_size=len(made)):
                yield _with_starts(nlp, reading, doc)


def _parsed_together(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Group readings so that the matrices of a group take some tens of megabytes, however long the texts are."""
    group: list[Reading] = []
    length = 0
    for reading in readings:
        if group and length + len(reading.text) > PARSED_TOGETHER:
            yield group
            group, length = [], 0
        group.append(reading)
        length += len(reading.text)
    if group:
        yield group


def _with_starts(nlp: Language, reading: Reading, doc: Doc) -> Doc:
    starts = [i for sent in doc.sents for i in range(sent.start + MAX_SENTENCE, sent.end, MAX_SENTENCE)]
    if not starts:
        return doc
    again = make_doc(nlp, reading)
    for index in starts:
        again[index].is_sent_start = True
    return nlp(again)
