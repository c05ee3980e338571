"""Measure what each rule of the gazetteer gains and loses: exact F of entities with the rules added one by one.

    python training/gazetteer_rules.py --sets DEV_DIR [--model PATH]

DEV_DIR holds files NAME.clear.conllu.gz with entities (see recipe/converted.py); the model's own stay the same.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example

from evaluate import BUNDLED, TYPES, table
from recipe.converted import read_converted
from verify.extract import gazetteer
from verify.extract.gazetteer.entity import Rule

COMPONENT = "verify_gazetteer"


def found_by_model(nlp: Language, gold: Sequence[Doc]) -> list[Doc]:
    """Return the texts of gold Docs with the entities that the model alone finds."""
    with nlp.select_pipes(disable=[COMPONENT]):
        return list(nlp.pipe([doc.text for doc in gold]))


def corrected(doc: Doc, rules: Sequence[Rule]) -> Doc:
    """Return a copy of a Doc with its entities after some rules."""
    copy = doc.copy()
    copy.set_ents(
        [Span(copy, entity.start, entity.end, label=entity.label) for entity in gazetteer.correct(doc, rules)]
    )
    return copy


def score(guesses: Sequence[Doc], gold: Sequence[Doc]) -> dict[str, str]:
    """Score entities as exact spans with types, all together and by type."""
    figures = get_ner_prf([Example(guess, truth) for guess, truth in zip(guesses, gold, strict=True)])
    by_type = figures["ents_per_type"] or {}
    row = {"all": figures["ents_f"] or 0.0, **{kind: by_type[kind]["f"] for kind in TYPES if kind in by_type}}
    return {name: f"{100 * value:.1f}" for name, value in row.items()}


def gains(nlp: Language, gold: Sequence[Doc]) -> dict[str, dict[str, str]]:
    """Score the model alone, then with the first rule, the first two, and so on."""
    guesses = found_by_model(nlp, gold)
    rows = {"none": score(guesses, gold)}
    for count, rule in enumerate(gazetteer.RULES, start=1):
        rows[f"`{rule.__name__}`"] = score([corrected(doc, gazetteer.RULES[:count]) for doc in guesses], gold)
    return rows


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description="Measure what each rule of the gazetteer gains and loses.")
    parser.add_argument("--sets", type=Path, required=True, help="folder of NAME.clear.conllu.gz files")
    parser.add_argument("--model", type=Path, default=BUNDLED, help="pipeline (default: the bundled one)")
    arguments = parser.parse_args()
    nlp = spacy.load(arguments.model)
    for file in sorted(arguments.sets.glob("*.clear.conllu*")):
        print(f"\n## {file.name.split('.')[0]}\n\n{table(gains(nlp, list(read_converted(file))), 'rule')}", flush=True)


if __name__ == "__main__":
    main()
