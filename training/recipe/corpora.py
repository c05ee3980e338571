"""The corpora a pipeline is trained on, read from a folder in their published form.

| file or folder | corpus | licence |
|---|---|---|
| `en_ewt-ud-train.conllu`, `en_ewt-ud-dev.conllu` | UD English EWT (Silveira et al. 2014) | CC BY-SA 4.0 |
| `en_gum-ud-train.conllu`, `en_gum-ud-dev.conllu` | UD English GUM (Zeldes 2017) | CC BY 4.0; texts CC BY, CC BY-SA |
| `en_pud-ud-*.conllu` | UD English PUD (Zeman et al. 2017) | CC BY-SA 3.0 |
| `uner_en_ewt-dev.iob2`, `uner_en_pud-*.iob2` | Universal NER (Mayhew et al. 2024) | CC BY-SA 4.0 |
| `crossner/DOMAIN/*.txt` or `crossner.tar.gz` | CrossNER (Liu et al. 2021) | MIT, text CC BY-SA 3.0 |
| `wikigold.conll.txt` | WikiGold (Balasuriya et al. 2009) | CC BY 4.0 |
| `NAME.ner.jsonl` | any texts with entities, in the form of `recipe.converted` | - |

Any of them may be compressed with gzip. Every second text of EWT's development part, and all of GUM's, are kept
for evaluation. Genres of GUM whose texts are licensed for non-commercial use alone are left out.
"""

from __future__ import annotations

import random
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import spacy
from spacy.tokens import Doc

from recipe.augment import Labelled, join
from recipe.conllu import Sentence, read_sentences
from recipe.converted import read_converted
from recipe.entities import gum
from recipe.entities.columns import CROSSNER, CROSSNER_OUTSIDE, UNER, WIKIGOLD, label, read_columns
from recipe.texts import Names, parsed_texts, set_entities

NON_COMMERCIAL = ("fiction", "whow", "essay", "letter", "podcast", "reddit")
DOMAINS = ("politics", "literature", "music", "science", "ai")
SENTENCES_TOGETHER = 4
_nlp = spacy.blank("en")


@dataclass
class Corpora:
    """Training texts by corpus, and texts kept for evaluation by the name of their set."""

    parsed: dict[str, list[Doc]] = field(default_factory=dict)
    labelled: dict[str, list[Doc]] = field(default_factory=dict)
    dev: dict[str, list[Doc]] = field(default_factory=dict)

    def all_parsed(self) -> list[Doc]:
        """Return the texts with trees."""
        return [doc for docs in self.parsed.values() for doc in docs]


def find(folder: Path, pattern: str) -> Path | None:
    """Return the file of a corpus, compressed or not; None where it is not there."""
    return next(iter(sorted([*folder.glob(pattern), *folder.glob(f"{pattern}.gz")])), None)


def genre(document: str) -> str:
    """Return the genre that the id of a document of GUM names."""
    return document.split("_")[1] if document.count("_") > 1 else ""


def uner_names(path: Path) -> Names:
    """Make a function that looks up the names of a sentence in a file of Universal NER by its words."""
    by_words = {"".join(sentence.words): sentence for sentence in read_columns(path, word=1, tag=2)}

    def names(sentence: Sentence) -> tuple[list[tuple[int, int, str]], list[tuple[int, int]]] | None:
        tagged = by_words.get("".join(sentence.text.split()))
        item = label(replace(tagged, text=sentence.text), UNER) if tagged else None
        return (list(item.entities), list(item.unknown)) if item else None

    return names


def _entity_texts(path: Path, types: dict[str, str], outside: frozenset[str], rng: random.Random) -> Iterator[Doc]:
    sentences = [item for item in (label(tagged, types, outside) for tagged in read_columns(path)) if item]
    for start in range(0, len(sentences), SENTENCES_TOGETHER):
        item = join(sentences[start : start + SENTENCES_TOGETHER], rng.choice(["\n\n", "\n", " ", " "]))
        yield _with_numbers(item)


def _with_numbers(item: Labelled) -> Doc:
    doc = _nlp.make_doc(item.text)
    set_entities(doc, list(item.entities), list(item.unknown))
    return doc


def _crossner(folder: Path, rng: random.Random) -> Iterator[Doc]:
    for domain in DOMAINS:
        for part in sorted((folder / domain).glob("*.txt")):
            # The test part of the domain nearest to news is left for evaluation.
            if (domain, part.stem) != ("politics", "test"):
                yield from _entity_texts(part, CROSSNER, CROSSNER_OUTSIDE, rng)


def _unpacked_crossner(folder: Path, rng: random.Random) -> list[Doc]:
    archive = folder / "crossner.tar.gz"
    if not archive.exists():
        return list(_crossner(folder / "crossner", rng))
    with tempfile.TemporaryDirectory() as target, tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
        return list(_crossner(Path(target) / "crossner", rng))


def read_corpora(folder: Path, seed: int) -> Corpora:
    """Read every corpus that is in the folder.

    Args:
        folder: Holds the files named at the top of this module.
        seed: Decides how texts are set.

    Raises:
        FileNotFoundError: No treebank is there.
    """
    rng = random.Random(seed)
    corpora = Corpora()
    _read_ewt(folder, corpora, rng)
    _read_gum(folder, corpora, rng)
    pud, pud_names = find(folder, "en_pud-ud-*.conllu"), find(folder, "uner_en_pud-*.iob2")
    if pud:
        names = uner_names(pud_names) if pud_names else None
        corpora.parsed["pud"] = list(parsed_texts(read_sentences(pud), names, rng))
    if not corpora.parsed:
        raise FileNotFoundError(f"{folder}: no treebank such as en_ewt-ud-train.conllu; see docs/pipeline.md")
    corpora.labelled["crossner"] = _unpacked_crossner(folder, rng)
    if wikigold := find(folder, "wikigold.conll.txt"):
        corpora.labelled["wikigold"] = list(_entity_texts(wikigold, WIKIGOLD, frozenset(), rng))
    for path in sorted([*folder.glob("*.ner.jsonl"), *folder.glob("*.ner.jsonl.gz")]):
        corpora.labelled[path.name.split(".")[0]] = list(read_converted(path))
    corpora.labelled = {name: docs for name, docs in corpora.labelled.items() if docs}
    return corpora


def _read_ewt(folder: Path, corpora: Corpora, rng: random.Random) -> None:
    if train := find(folder, "en_ewt-ud-train.conllu"):
        corpora.parsed["ewt"] = list(parsed_texts(read_sentences(train), None, rng))
    dev, dev_names = find(folder, "en_ewt-ud-dev.conllu"), find(folder, "uner_en_ewt-dev.iob2")
    if dev and dev_names:
        names = uner_names(dev_names)
        texts = list(parsed_texts(read_sentences(dev), names, rng))
        corpora.parsed["ewt_named"], corpora.dev["ewt_dev"] = texts[0::2], texts[1::2]


def _read_gum(folder: Path, corpora: Corpora, rng: random.Random) -> None:
    readable: Callable[[Sentence], bool] = lambda sentence: genre(sentence.document) not in NON_COMMERCIAL  # noqa: E731
    if train := find(folder, "en_gum-ud-train.conllu"):
        corpora.parsed["gum"] = list(parsed_texts(filter(readable, read_sentences(train)), gum.names, rng))
    if dev := find(folder, "en_gum-ud-dev.conllu"):
        corpora.dev["gum_dev"] = list(parsed_texts(filter(readable, read_sentences(dev)), gum.names, None))
