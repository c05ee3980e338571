"""What the trained grader of factuality sees of a predicate: its own words, its neighbours, and its way to the root."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verify.extract.features.columns import Columns

GOVERNORS = 3  # words above the predicate
REACH = 3  # words to either side
LEFT = 12  # words before it, in any order
MOOD_WORDS = frozenset(
    {"if", "would", "could", "should", "will", "please", "can", "may", "might", "wish", "hope", "want", "need"}
)


def features(columns: Columns, index: int, head: int, rule: str, signature: str) -> list[str]:
    """Return the features of one predicate.

    Args:
        columns: The document.
        index: The token rated.
        head: The token that carries the clause: the copula of a predicative noun, else `index` itself.
        rule: What the rules say of the predicate, as one word.
        signature: What the embedding word says of the clause, as one word; empty where nothing embeds it.
    """
    auxiliaries = columns.auxiliaries(head)
    form = f"{columns.tag[index]} {columns.dep[index]} {auxiliaries}"
    return [
        f"rule {rule}",
        f"rule {rule} {columns.lemma[index]}",
        f"signature {signature} {rule}",
        *_own(columns, index, head, form, auxiliaries),
        *_governors(columns, head, form),
        *_window(columns, index),
        *_sentence(columns, index),
    ]


def _own(columns: Columns, index: int, head: int, form: str, auxiliaries: str) -> list[str]:
    """Return the word, its form and what hangs on it."""
    lemma, tag = columns.lemma[index], columns.tag[index]
    found = [f"lemma {lemma}", f"form {form}", f"tag {tag} {auxiliaries}", f"tagdep {tag} {columns.dep[index]}"]
    if head != index:
        found.append(f"carrier {columns.lemma[head]} {columns.tag[head]} {columns.dep[head]} {auxiliaries}")
    subject = columns.subject(head)
    if subject is None:
        found.append(f"subject none {form}")
    else:
        found.append(f"subject {columns.lower[subject]} {tag} {auxiliaries}")
        found.append(f"subject {columns.tag[subject]} {tag} {auxiliaries}")
    for child in columns.children[head]:
        dep = columns.dep[child]
        if dep != "punct":
            found += (f"child {dep} {columns.lemma[child]}", f"child {dep} {tag}")
    return found


def _governors(columns: Columns, head: int, form: str) -> list[str]:
    """Return the words above, with their auxiliaries, subjects and modifiers."""
    found: list[str] = []
    path, current = "", head
    for step in range(GOVERNORS):
        above = columns.head[current]
        if above == current:
            path += " root"
            break
        dep, lemma, auxiliaries = columns.dep[current], columns.lemma[above], columns.auxiliaries(above)
        path += f" {dep}"
        found += (
            f"above {step} {dep} {lemma}",
            f"above {step} {lemma} {auxiliaries}",
            f"above {step} {dep} {columns.tag[above]} {auxiliaries}",
            f"above any {lemma}",
        )
        if step == 0:
            subject = columns.subject(above)
            found.append(f"above {dep} {lemma} {form}")
            found.append(f"above subject {columns.lower[subject] if subject is not None else ''} {lemma}")
        for child in columns.children[above]:
            if child != current and columns.dep[child] in ("mark", "advmod"):
                found.append(f"beside {columns.lemma[child]}")
        current = above
    return [*found, f"path {path}", f"path {path} {form}"]


def _window(columns: Columns, index: int) -> list[str]:
    """Return the words around, alone and in pairs."""
    words = [columns.window(index + offset, columns.lower) for offset in range(-REACH, REACH + 1)]
    found = [f"at {offset} {word}" for offset, word in enumerate(words, -REACH)]
    found += [f"pair {offset} {one} {other}" for offset, (one, other) in enumerate(pairwise(words), -REACH)]
    found += [f"tag at {offset} {columns.window(index + offset, columns.tag)}" for offset in (-2, -1, 1, 2)]
    return [*found, f"before {words[REACH - 2]} {words[REACH - 1]} {columns.tag[index]}"]


def _sentence(columns: Columns, index: int) -> list[str]:
    """Return what the sentence is like: its ends, its root and words of mood anywhere in it."""
    start, end = columns.sentence[index]
    last = columns.lower[end - 1]
    return [
        f"last {last}",
        f"last {last} {columns.tag[index]} {columns.dep[index]}",
        f"first {columns.lower[start]}",
        f"length {min(8, (end - start) // 5)}",
        *[f"left {word}" for word in columns.lower[max(start, index - LEFT) : index]],
        *[f"mood {word}" for word in sorted(MOOD_WORDS.intersection(columns.lower[start:end]))],
    ]
