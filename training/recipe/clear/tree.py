"""A dependency tree that rules can change."""

from __future__ import annotations

from recipe.conllu import ROOT, Word

VERB_TAGS = ("VB", "MD")


class Tree:
    """Heads and labels over a sentence's words, with the questions that rules ask.

    `head` and `dep` are what the rules change; the words keep what the treebank says.
    """

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.head = [word.head for word in words]
        self.dep = [word.dep for word in words]
        self.lower = [word.form.lower().replace("’", "'") for word in words]
        self.lemma = [(word.lemma or word.form).lower() for word in words]
        self.xpos = [word.xpos for word in words]
        self.upos = [word.upos for word in words]

    def __len__(self) -> int:
        return len(self.words)

    def kids(self, i: int) -> list[int]:
        """Return the dependents of a word from left to right."""
        return [k for k, head in enumerate(self.head) if head == i]

    def base(self, i: int) -> str:
        """Return a word's relation without its subtype."""
        return self.dep[i].split(":")[0]

    def has(self, i: int, *deps: str) -> bool:
        """Say whether a word has a dependent with one of these relations, subtypes included."""
        return any(self.dep[k] in deps for k in self.kids(i))

    def is_verb(self, i: int) -> bool:
        """Say whether a word is a verb or an auxiliary."""
        return self.upos[i] in ("VERB", "AUX") or self.xpos[i].startswith(VERB_TAGS)

    def is_adjective(self, i: int) -> bool:
        """Say whether a word is an adjective by either tag."""
        return self.upos[i] == "ADJ" or self.xpos[i].startswith("JJ")

    def attach(self, i: int, head: int, dep: str | None = None) -> None:
        """Hang a word on another head, under a new label where one is given."""
        self.head[i] = head
        if dep is not None:
            self.dep[i] = dep

    def take_place(self, new: int, old: int) -> None:
        """Let `new` stand where `old` stood; `old` itself is left for the caller to attach."""
        self.head[new], self.dep[new] = self.head[old], self.dep[old]

    def edges(self, i: int) -> tuple[int, int]:
        """Return the first and last word of a word's subtree."""
        first = last = i
        seen: set[int] = set()
        rest = [i]
        while rest:
            at = rest.pop()
            if at in seen:
                continue
            seen.add(at)
            first, last = min(first, at), max(last, at)
            rest.extend(self.kids(at))
        return first, last

    def is_tree(self) -> bool:
        """Say whether there is one root and no cycle."""
        if self.head.count(ROOT) != 1:
            return False
        for i in range(len(self)):
            at, steps = i, 0
            while at != ROOT:
                at, steps = self.head[at], steps + 1
                if steps > len(self):
                    return False
        return True
