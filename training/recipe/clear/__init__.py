"""Universal Dependencies trees turned into the CLEAR dependencies of spaCy's English pipelines, rule by rule.

UD (de Marneffe et al. 2021) lets content words govern and hangs prepositions, copulas and complementizers on
them; CLEAR (Choi and Palmer 2012, "Guidelines for the CLEAR Style Constituent to Dependency Conversion") lets
prepositions and copulas govern. `RULES` are applied in order, each to the tree that the last one left; the
labels that have no rule of their own are renamed at the end.
"""

from __future__ import annotations

from recipe.clear.clauses import free_relatives, raised_subjects, there_and_it
from recipe.clear.coordination import conjunct_chains
from recipe.clear.copulas import copulas
from recipe.clear.labels import rename
from recipe.clear.names import currencies, flat_names, magnitudes, negations
from recipe.clear.prepositions import fixed_expressions, markers, prepositions
from recipe.clear.punctuation import hyphens, inner_punctuation, last_punctuation
from recipe.clear.tree import Tree
from recipe.conllu import Word

RULES = (
    negations,
    currencies,
    magnitudes,
    flat_names,
    copulas,
    free_relatives,
    raised_subjects,
    there_and_it,
    conjunct_chains,
    prepositions,
    markers,
    fixed_expressions,
    rename,
    last_punctuation,
    hyphens,
    inner_punctuation,
)


def convert(words: list[Word]) -> tuple[list[int], list[str]] | None:
    """Convert one sentence.

    Args:
        words: The words of a UD tree; they are not changed.

    Returns:
        For each word the number of its head (-1 for the root) and its CLEAR label; None where the rules do not
        end in a tree, which happens to fewer than one sentence in five hundred.
    """
    tree = Tree(words)
    for rule in RULES:
        rule(tree)
    return (tree.head, tree.dep) if tree.is_tree() else None
