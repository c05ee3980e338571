"""What the trained grader of factuality sees of a predicate: its own words, its neighbours, and its way to the root."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verify.extract.features.columns import Columns

GOVERNORS = 3  # words above the predicate
REACH = 3  # words to either side
LEFT = 12  # words before it, in any order
MOOD_WORDS = frozenset(
    {"if", "would", "could", "should", "will", "please", "can", "may", "might", "wish", "hope", "want", "need"}
)


def features(columns: Columns, index: int, head: int, rule: str, signature: str) -> Iterator[str]:
    """Yield the features of one predicate.

    Args:
        columns: The document.
        index: The token rated.
        head: The token that carries the clause: the copula of a predicative noun, else `index` itself.
        rule: What the rules say of the predicate, as one word.
        signature: What the embedding word says of the clause, as one word; empty where nothing embeds it.
    """
    auxiliaries = columns.auxiliaries(head)
    form = f"{columns.tag[index]} {columns.dep[index]} {auxiliaries}"
    yield f"rule {rule}"
    yield f"rule {rule} {columns.lemma[index]}"
    yield f"signature {signature} {rule}"
    yield from _own(columns, index, head, form, auxiliaries)
    yield from _governors(columns, head, form)
    yield from _window(columns, index)
    yield from _sentence(columns, index)


def _own(columns: Columns, index: int, head: int, form: str, auxiliaries: str) -> Iterator[str]:
    """Yield the word, its form and what hangs on it."""
    lemma, tag = columns.lemma[index], columns.tag[index]
    yield f"lemma {lemma}"
    yield f"form {form}"
    yield f"tag {tag} {auxiliaries}"
    yield f"tagdep {tag} {columns.dep[index]}"
    if head != index:
        yield f"carrier {columns.lemma[head]} {columns.tag[head]} {columns.dep[head]} {auxiliaries}"
    subject = columns.subject(head)
    if subject is None:
        yield f"subject none {form}"
    else:
        yield f"subject {columns.lower[subject]} {tag} {auxiliaries}"
        yield f"subject {columns.tag[subject]} {tag} {auxiliaries}"
    for child in columns.children[head]:
        if columns.dep[child] != "punct":
            yield f"child {columns.dep[child]} {columns.lemma[child]}"
            yield f"child {columns.dep[child]} {tag}"


def _governors(columns: Columns, head: int, form: str) -> Iterator[str]:
    """Yield the words above, with their auxiliaries, subjects and modifiers."""
    path, current = "", head
    for step in range(GOVERNORS):
        above = columns.head[current]
        if above == current:
            path += " root"
            break
        dep, lemma, auxiliaries = columns.dep[current], columns.lemma[above], columns.auxiliaries(above)
        path += f" {dep}"
        yield f"above {step} {dep} {lemma}"
        yield f"above {step} {lemma} {auxiliaries}"
        yield f"above {step} {dep} {columns.tag[above]} {auxiliaries}"
        yield f"above any {lemma}"
        if step == 0:
            subject = columns.subject(above)
            yield f"above {dep} {lemma} {form}"
            yield f"above subject {columns.lower[subject] if subject is not None else ''} {lemma}"
        for child in columns.children[above]:
            if child != current and columns.dep[child] in ("mark", "advmod"):
                yield f"beside {columns.lemma[child]}"
        current = above
    yield f"path {path}"
    yield f"path {path} {form}"


def _window(columns: Columns, index: int) -> Iterator[str]:
    """Yield the words around, alone and in pairs."""
    words = [columns.window(index + offset, columns.lower) for offset in range(-REACH, REACH + 1)]
    for offset, word in enumerate(words, -REACH):
        yield f"at {offset} {word}"
    for offset in range(-REACH, REACH):
        yield f"pair {offset} {words[offset + REACH]} {words[offset + REACH + 1]}"
    for offset in (-2, -1, 1, 2):
        yield f"tag at {offset} {columns.window(index + offset, columns.tag)}"
    yield f"before {words[REACH - 2]} {words[REACH - 1]} {columns.tag[index]}"


def _sentence(columns: Columns, index: int) -> Iterator[str]:
    """Yield what the sentence is like: its ends, its root and words of mood anywhere in it."""
    start, end = columns.sentence[index]
    last = columns.lower[end - 1]
    yield f"last {last}"
    yield f"last {last} {columns.tag[index]} {columns.dep[index]}"
    yield f"first {columns.lower[start]}"
    yield f"length {min(8, (end - start) // 5)}"
    for place in range(max(start, index - LEFT), index):
        yield f"left {columns.lower[place]}"
    for word in sorted(MOOD_WORDS.intersection(columns.lower[start:end])):
        yield f"mood {word}"
