"""A parse as plain lists, with the few walks that reading propositions needs.

spaCy's `Token` is pleasant to read and slow to walk; a sentence here is walked many times. Labels are those of
CLEAR (Choi and Palmer 2012) with Penn Treebank tags.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

CLAUSE_MODIFIERS = frozenset({"relcl", "acl", "appos", "advcl", "parataxis"})
DETACHING = frozenset({",", "(", "-LRB-", "--", "-", "–", "—", ":", ";"})
_OUTSIDE_PHRASE = frozenset({"mark", "intj", "meta"})


class Tree:
    """Words, lemmas, tags, dependency labels, heads and children of a `Doc`, by token index."""

    __slots__ = ("children", "deps", "doc", "heads", "lemmas", "lower", "tags", "words")

    def __init__(self, doc: Doc) -> None:
        """Read the parse once."""
        self.doc = doc
        self.words = [token.text for token in doc]
        self.lower = [word.lower() for word in self.words]
        self.lemmas = [token.lemma_.lower() for token in doc]
        self.tags = [token.tag_ for token in doc]
        self.deps = [token.dep_ for token in doc]
        self.heads = [token.head.i for token in doc]
        self.children: list[list[int]] = [[] for _ in self.words]
        for index, head in enumerate(self.heads):
            if head != index:
                self.children[head].append(index)

    def child(self, index: int, *deps: str) -> int | None:
        """Return the first child with one of the labels, or None."""
        return next((c for c in self.children[index] if self.deps[c] in deps), None)

    def those(self, index: int, *deps: str) -> list[int]:
        """Return the children with one of the labels, in text order."""
        return [c for c in self.children[index] if self.deps[c] in deps]

    def is_verb(self, index: int) -> bool:
        """Say whether the token is a verb or an auxiliary; an acronym read as one ("IS", "US") is not."""
        is_verb = self.tags[index].startswith("VB") or self.tags[index] == "MD"
        return is_verb and not (self.words[index].isupper() and len(self.words[index]) > 1)

    def is_noun(self, index: int) -> bool:
        """Say whether the token is a noun, a name or a number."""
        return self.tags[index].startswith(("NN", "CD"))

    def subtree(self, index: int, without: Iterable[int] = ()) -> set[int]:
        """Return the token and all below it, leaving out the branches at `without`."""
        barred, found, todo = set(without), set(), [index]
        while todo:
            current = todo.pop()
            if current in barred or current in found:
                continue
            found.add(current)
            todo += self.children[current]
        return found

    def left_edge(self, index: int) -> int:
        """Return the leftmost token at or below the token."""
        return min(self.subtree(index))

    def conjuncts(self, index: int) -> list[int]:
        """Return the token and what is coordinated with it, in text order."""
        found, todo = [index], [index]
        while todo:
            below = self.those(todo.pop(), "conj")
            found += below
            todo += below
        return sorted(found)

    def is_detached(self, index: int) -> bool:
        """Say whether a comma, bracket or dash opens the words at or below the token, or stands before them."""
        edge = self.left_edge(index)
        return self.words[edge] in DETACHING or (edge > 0 and self.words[edge - 1] in DETACHING)

    def loose_modifiers(self, index: int) -> list[int]:
        """Return the clauses and appositions below a phrase that add to it and do not restrict it."""
        loose, todo = [], [index]
        while todo:
            for child in self.children[todo.pop()]:
                if self.deps[child] in CLAUSE_MODIFIERS and self.is_detached(child):
                    loose.append(child)
                else:
                    todo.append(child)
        return loose

    def phrase(self, index: int, *, alone: bool = False, without: Iterable[int] = ()) -> tuple[int, ...]:
        """Return the words of the phrase headed by a token, without what is only added to it.

        Args:
            index: The head.
            alone: Leave out what is coordinated with the head.
            without: Branches to leave out.
        """
        barred = {*without, *self.loose_modifiers(index)}
        barred.update(c for c in self.children[index] if self.deps[c] in _OUTSIDE_PHRASE)
        if alone:
            barred.update(self.those(index, "cc", "conj", "preconj"))
        return self.tidy(self.subtree(index, barred))

    def tidy(self, tokens: Iterable[int]) -> tuple[int, ...]:
        """Sort tokens and drop the punctuation and conjunctions left hanging at an edge or beside a gap.

        One pass to the right and one to the left are enough: what a pass drops has nothing kept on that side.
        """
        kept = {t for t in tokens if not self.words[t].isspace()}
        for token in sorted(kept):
            if self._is_mark(token) and token - 1 not in kept:
                kept.remove(token)
        for token in sorted(kept, reverse=True):
            if token + 1 not in kept and (self._is_mark(token) or self.deps[token] == "cc"):
                kept.remove(token)
        return tuple(sorted(kept))

    def _is_mark(self, token: int) -> bool:
        return self.deps[token] == "punct" and not any(map(str.isalnum, self.words[token]))
