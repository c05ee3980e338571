"""A parse as plain lists, with the few walks that reading propositions needs.

spaCy's `Token` is pleasant to read and slow to walk; a sentence here is walked many times. Labels are those of
CLEAR (Choi and Palmer 2012) with Penn Treebank tags.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract.plain import parse_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Doc

CLAUSE_MODIFIERS = frozenset({"relcl", "acl", "appos", "advcl", "parataxis"})
DETACHING = frozenset({",", "(", "-LRB-", "--", "-", "–", "—", ":", ";"})
_LONGEST_BRACKET = 20  # tokens; what is longer has no partner rather than so much inside
_OUTSIDE_PHRASE = frozenset({"mark", "intj", "meta"})


class Tree:
    """Words, lemmas, tags, dependency labels, heads and children of a `Doc`, by token index."""

    __slots__ = (
        "_blank", "_bracketed", "_edges", "_loose", "_phrases", "_subtrees", "_verbs", "children",
        "deps", "doc", "entities", "heads", "is_opening", "lemmas", "lower", "spaces", "tags", "words",
    )  # fmt: skip

    def __init__(self, doc: Doc) -> None:
        """Read the parse once."""
        self.doc = doc
        parse = parse_of(doc)
        self.words, self.lower, self.lemmas, self.tags = parse.texts, parse.lower, parse.lower_lemmas, [*parse.tags]
        self.entities, self.spaces = parse.entities, parse.spaces
        self.is_opening = [start == 1 for start in parse.sentence_starts]  # the first word of a sentence
        self.heads = [*parse.heads]
        self.deps = [
            "ROOT" if head == i else dep for i, (head, dep) in enumerate(zip(parse.heads, parse.deps, strict=True))
        ]
        self.children = [[*below] for below in parse.children]
        self._bracketed = self._find_bracketed()
        self._blank = frozenset(index for index, is_space in enumerate(parse.is_space) if is_space)
        self._forget()
        self._verbs = [self._is_verb(index, pos) for index, pos in enumerate(parse.pos)]

    def rehang(self, index: int, head: int, dep: str) -> None:
        """Give a token another head and label; nothing where that would close a circle.

        Args:
            index: The token; it must not be a root.
            head: Its new head.
            dep: Its new label.
        """
        if head in self.subtree(index):
            return
        self._leave(index)
        self.children[head] = sorted([*self.children[head], index])
        self.heads[index], self.deps[index] = head, dep
        self._forget()

    def relabel(self, index: int, dep: str) -> None:
        """Give a token another label where it hangs."""
        self.deps[index] = dep
        self._forget()

    def make_verb(self, index: int, tag: str) -> None:
        """Take a word for a verb, with the tag of one."""
        self._verbs[index], self.tags[index] = True, tag

    def raise_to_root(self, index: int) -> None:
        """Make a token the head of its own tree."""
        self._leave(index)
        self.heads[index], self.deps[index] = index, "ROOT"
        self._forget()

    def _forget(self) -> None:
        """Drop what was kept of the walks: a word hangs elsewhere now."""
        self._subtrees: dict[int, frozenset[int]] = {}
        self._edges: dict[int, int] = {}
        self._phrases: dict[tuple[int, bool], tuple[int, ...]] = {}
        self._loose: tuple[frozenset[int], frozenset[int]] | None = None

    def _leave(self, index: int) -> None:
        if self.heads[index] != index:
            self.children[self.heads[index]].remove(index)

    def child(self, index: int, *deps: str) -> int | None:
        """Return the first child with one of the labels, or None."""
        return next((c for c in self.children[index] if self.deps[c] in deps), None)

    def those(self, index: int, *deps: str) -> list[int]:
        """Return the children with one of the labels, in text order."""
        below = self.children[index]
        return [c for c in below if self.deps[c] in deps] if below else []

    def is_verb(self, index: int) -> bool:
        """Say whether the token is a verb or an auxiliary."""
        return self._verbs[index]

    def _is_verb(self, index: int, pos: str) -> bool:
        """What the tagger, the morphologizer or the parser takes for a verb; no acronym ("IS"), no foreign letters."""
        is_verb = self.tags[index].startswith("VB") or self.tags[index] == "MD" or pos in {"VERB", "AUX"}
        if not is_verb and not self._has_clause(index):
            return False
        is_acronym = self.words[index].isupper() and len(self.words[index]) > 1
        return not is_acronym and any("a" <= letter <= "z" for letter in self.lower[index])

    def _has_clause(self, index: int) -> bool:
        """Whether a subject hangs on the token with an object or an auxiliary, or on a plural noun at the root."""
        if not self.children[index]:
            return False
        below = [self.deps[child] for child in self.children[index]]
        is_main = self.tags[index] == "NNS" and self.deps[index] == "ROOT"  # "the port lies in Peru"
        return "nsubj" in below and ("dobj" in below or "aux" in below or is_main)

    def is_noun(self, index: int) -> bool:
        """Say whether the token is a noun, a name or a number."""
        return self.tags[index].startswith(("NN", "CD"))

    def below_to(self, index: int) -> int | None:
        """Return the bare verb right after a "to" that the parser took for a preposition, or None."""
        inner = self.child(index, "pobj") if self.lower[index] == "to" else None
        return inner if inner == index + 1 and self.tags[inner] == "VB" else None

    def subtree(self, index: int, without: Collection[int] = ()) -> AbstractSet[int]:
        """Return the token and all below it, leaving out the branches at `without`."""
        if without:
            return self._walk(index, set(without))
        if index not in self._subtrees:
            self._subtrees[index] = frozenset(self._walk(index, set()))
        return self._subtrees[index]

    def _walk(self, index: int, barred: set[int]) -> set[int]:
        found, todo = set(), [index]
        while todo:
            current = todo.pop()
            if current not in barred:
                barred.add(current)
                found.add(current)
                todo += self.children[current]
        return found

    def left_edge(self, index: int) -> int:
        """Return the leftmost token at or below the token."""
        if index not in self._edges:
            self._edges[index] = min(self.subtree(index)) if self.children[index] else index
        return self._edges[index]

    def conjuncts(self, index: int) -> list[int]:
        """Return the token and what is coordinated with it, in text order."""
        found, todo = [index], [index]
        while todo:
            below = [c for c in self.children[todo.pop()] if self.deps[c] == "conj" or self.is_listed(c)]
            found += below
            todo += below
        return sorted(found)

    def is_listed(self, index: int) -> bool:
        """Say whether what was read as an apposition is a member of a list: "a truck, a bridge and a tank"."""
        head = self.heads[index]
        if self.deps[index] != "appos" or not self.is_detached(index):
            return False
        same_article = self._article(index) == self._article(head) != ""
        is_alike = same_article or self.tags[index].startswith("NNP") == self.tags[head].startswith("NNP")
        joined = (t for c in (index, *self.those(index, "conj")) for t in self.children[c])
        return is_alike and any(self.deps[t] == "cc" for t in joined)

    def _article(self, index: int) -> str:
        return next((self.lower[c] for c in self.those(index, "det")), "")

    def is_detached(self, index: int) -> bool:
        """Say whether a comma, bracket or dash opens the words at or below the token, or stands before them."""
        edge = self.left_edge(index)
        return self.words[edge] in DETACHING or (edge > 0 and self.words[edge - 1] in DETACHING)

    def loose_modifiers(self, index: int) -> list[int]:
        """Return the clauses and appositions below a phrase that add to it and do not restrict it."""
        loose, todo = [], [index]
        while todo:
            for child in self.children[todo.pop()]:
                if self.deps[child] in CLAUSE_MODIFIERS and self.is_detached(child) and not self.is_listed(child):
                    loose.append(child)
                else:
                    todo.append(child)
        return loose

    def phrase(self, index: int, *, alone: bool = False, without: Collection[int] = ()) -> tuple[int, ...]:
        """Return the words of the phrase headed by a token, without what is only added to it.

        Args:
            index: The head.
            alone: Leave out what is coordinated with the head.
            without: Branches to leave out.
        """
        if without:
            return self._phrase(index, without, alone=alone)
        if (index, alone) not in self._phrases:
            self._phrases[index, alone] = self._phrase(index, (), alone=alone)
        return self._phrases[index, alone]

    def _phrase(self, index: int, without: Collection[int], *, alone: bool) -> tuple[int, ...]:
        if not self.children[index] and not without:
            return self.tidy((index,))
        barred = {*without, *self.loose_modifiers(index)}
        barred.update(c for c in self.children[index] if self.deps[c] in _OUTSIDE_PHRASE)
        if alone:
            barred.update(self.those(index, "cc", "conj", "preconj"))
            barred.update(c for c in self.those(index, "appos") if self.is_listed(c))
        words = self._walk(index, barred)
        return self.tidy(words if index in self._bracketed else words - self._bracketed)

    def _find_bracketed(self) -> frozenset[int]:
        """The tokens between brackets, which explain a phrase and are no part of it."""
        found: set[int] = set()
        opened = None
        for index, word in enumerate(self.words):
            if word in {"(", "-LRB-", "["}:
                opened = index
            elif word in {")", "-RRB-", "]"} and opened is not None:
                found.update(range(opened, index + 1) if index - opened <= _LONGEST_BRACKET else ())
                opened = None
        return frozenset(found)

    def tidy(self, tokens: Iterable[int]) -> tuple[int, ...]:
        """Sort tokens and drop the punctuation and conjunctions left hanging at an edge or beside a gap.

        One pass to the right and one to the left are enough: what a pass drops has nothing kept on that side.
        """
        kept = set(tokens).difference(self._blank)
        marks, conjunctions = self._may_hang()
        if kept.isdisjoint(marks) and kept.isdisjoint(conjunctions):
            return tuple(sorted(kept))
        for token in sorted(kept):
            if token in marks and token - 1 not in kept:
                kept.remove(token)
        for token in sorted(kept, reverse=True):
            if token + 1 not in kept and (token in marks or token in conjunctions):
                kept.remove(token)
        return tuple(sorted(kept))

    def _may_hang(self) -> tuple[frozenset[int], frozenset[int]]:
        """The punctuation and the conjunctions of the document."""
        if self._loose is None:
            marks = (
                t for t, dep in enumerate(self.deps) if dep == "punct" and not any(map(str.isalnum, self.words[t]))
            )
            self._loose = frozenset(marks), frozenset(t for t, dep in enumerate(self.deps) if dep == "cc")
        return self._loose
