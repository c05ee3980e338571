"""Put the trained parts and the rules around them together to one pipeline."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.tokens import Doc

from verify.extract import gazetteer  # noqa: F401 - registers the component

TRAINED = ("tok2vec", "tagger", "morphologizer", "parser")
LEMMATIZED = ("VERB", "AUX", "NOUN", "ADJ", "ADV", "PRON", "DET", "PART")
LEAST_SEEN = 2
# Texts in one batch: small enough for the matrices of a batch to stay in the processor's cache.
BATCH_SIZE = 16
LEAST_SHARE = 0.6
MOST_LETTERS_CHANGED = 6
# Forms that corpora split in more ways than one, or that are too rare in them.
AUXILIARIES = {
    "be": ["is", "was", "are", "were", "been", "being", "am", "'s", "'re", "'m", "ai"],
    "have": ["has", "had", "having", "'ve"],
    "do": ["did", "does", "doing", "done"],
    "will": ["'ll", "wo"],
    "can": ["ca"],
    "would": ["'d"],
    "shall": ["sha"],
    "get": ["got", "gets", "getting"],
}
PRONOUNS = {"I": ["me", "i"], "we": ["us"], "he": ["him"], "they": ["them"]}
DETERMINERS = {"a": ["an"], "this": ["these"], "that": ["those"]}
PARTICLES = {"not": ["n't"], "'s": ["'s"], "to": ["na"]}
CLOSED = {"aux": AUXILIARIES, "pron": PRONOUNS, "det": DETERMINERS, "part": PARTICLES}

Exceptions = dict[str, dict[str, list[str]]]


def add_breaks(nlp: Language) -> None:
    """Add the rules that start a sentence before the parser reads the text."""
    ruler: Any = nlp.add_pipe("attribute_ruler", name="par_breaks", first=True)
    empty_line = {"IS_SPACE": True, "TEXT": {"REGEX": r"\n\s*\n"}}
    ruler.add([[empty_line, {"IS_SPACE": False}]], {"SENT_START": 1}, index=1)
    glued = [{"TEXT": {"REGEX": "[a-z]$"}, "SPACY": False}, {"ORTH": {"IN": [".", "?", "!"]}, "SPACY": False}]
    ruler.add([[*glued, {"TEXT": {"REGEX": "^[A-Z]"}}]], {"SENT_START": 1}, index=2)


def add_attribute_rules(nlp: Language) -> None:
    """Add the rules that bring tags and parts of speech together after the parser."""
    ruler: Any = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"IS_SPACE": True}]], {"TAG": "_SP", "POS": "SPACE"})
    for tag, number in (("NNP", "Sing"), ("NNPS", "Plur")):
        pattern = {"TAG": tag, "POS": {"NOT_IN": ["PROPN"]}}
        ruler.add([[pattern]], {"POS": "PROPN", "MORPH": f"Number={number}"})
    ruler.add([[{"TAG": "HYPH"}]], {"POS": "PUNCT"})
    ruler.add([[{"TAG": "IN", "DEP": {"IN": ["prep", "agent"]}}]], {"POS": "ADP"})
    ruler.add([[{"TAG": "IN", "DEP": "mark"}]], {"POS": "SCONJ"})


def count_lemmas(docs: Iterable[Doc]) -> dict[tuple[str, str], Counter[str]]:
    """Count the lemmas of each word form and part of speech in gold texts."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for doc in docs:
        for token in doc:
            form = token.lower_.replace("’", "'")
            if token.pos_ in LEMMATIZED and token.lemma_ and form.replace("'", "").isalpha():
                lemma = token.lemma_ if token.lemma_ == "I" else token.lemma_.lower()
                counts[form, token.pos_][lemma] += 1
    return counts


def find_exceptions(lemmatizer: Any, docs: Iterable[Doc]) -> Exceptions:
    """Find the word forms for which the rules say another lemma than most gold texts do."""
    counts = count_lemmas(docs)
    forms = list(counts)
    by_rule = Doc(lemmatizer.vocab, words=[form for form, _ in forms], pos=[pos for _, pos in forms])
    lemmatizer(by_rule)
    found: Exceptions = defaultdict(dict)
    for token, key in zip(by_rule, forms, strict=True):
        lemma, seen = counts[key].most_common(1)[0]
        settled = seen >= LEAST_SEEN and seen / counts[key].total() > LEAST_SHARE
        if settled and token.lemma_ != lemma and abs(len(lemma) - len(key[0])) <= MOST_LETTERS_CHANGED:
            found[key[1].lower()][key[0]] = [lemma]
    for pos, lemmas in CLOSED.items():
        found[pos].update({form: [lemma] for lemma, forms in lemmas.items() for form in forms})
    for words in found.values():
        words.update({form.replace("'", "’"): lemma for form, lemma in list(words.items()) if "'" in form})
    return found


def add_lemmatizer(nlp: Language, docs: Iterable[Doc], tables: Lookups | None) -> None:
    """Add spaCy's lemmatizer with the exceptions of gold texts.

    Args:
        nlp: The pipeline.
        docs: Gold texts with lemmas.
        tables: Rules, word lists and exceptions; those of spacy-lookups-data (MIT) if there are none.
    """
    lemmatizer: Any = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lookups=tables)
    exceptions = find_exceptions(lemmatizer, docs)
    table = lemmatizer.lookups.get_table("lemma_exc")
    rules = lemmatizer.lookups.get_table("lemma_rules")
    for pos, words in exceptions.items():
        table[pos] = {**table.get(pos, {}), **words}
        if pos not in rules:
            rules[pos] = [["", ""]]
    lemmatizer.cache = {}


def assemble(parser: Language, entities: Language, docs: Iterable[Doc], tables: Lookups | None = None) -> Language:
    """Join the two trained pipelines and the rules.

    Args:
        parser: Holds the components `TRAINED`.
        entities: Holds "ner".
        docs: Gold texts with lemmas.
        tables: See `add_lemmatizer`.
    """
    nlp = spacy.blank("en", config={"nlp": {"batch_size": BATCH_SIZE}})
    for name in TRAINED:
        nlp.add_pipe(name, source=parser)
    add_breaks(nlp)
    add_attribute_rules(nlp)
    add_lemmatizer(nlp, docs, tables)
    nlp.add_pipe("ner", source=entities)
    nlp.add_pipe("verify_gazetteer")
    return nlp


def save(nlp: Language, target: Path, meta: dict[str, Any]) -> None:
    """Write a pipeline without the strings of its training texts, which nothing in it needs.

    Args:
        nlp: The assembled pipeline.
        target: The folder; one that is there is replaced, except for its README.md.
        meta: Name, version, description, licence and sources.
    """
    nlp.meta.update(meta)
    with tempfile.TemporaryDirectory() as folder:
        nlp.to_disk(folder, exclude=["vocab"])
        fresh = spacy.util.load_model_from_config(nlp.config, auto_fill=True)
        for label in itertools.chain.from_iterable(nlp.pipe_labels.values()):
            fresh.vocab.strings.add(label)
            fresh.vocab.morphology.add(label if "=" in label else "")
        fresh.from_disk(folder, exclude=["vocab"])
        fresh.meta.update(meta)
        card = target / "README.md"
        text = card.read_text("utf-8") if card.exists() else ""
        shutil.rmtree(target, ignore_errors=True)
        fresh.to_disk(target)
        if text:
            card.write_text(text, "utf-8")
