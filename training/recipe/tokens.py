"""Carry the annotation of a treebank's words over to spaCy's tokens, which cut some words otherwise."""

from __future__ import annotations

from dataclasses import dataclass

import spacy
from spacy.tokens import Doc

from recipe.conllu import ROOT, Word
from recipe.words import words

_nlp = spacy.blank("en")
TAGS = {
    "GW": "NN",
    "_": "XX",
    "SP": "_SP",
    "#": "NN",
    **dict.fromkeys(("-LSB-", "-LCB-"), "-LRB-"),
    **dict.fromkeys(("-RSB-", "-RCB-"), "-RRB-"),
}
MARKS = {
    **dict.fromkeys("-–", "HYPH"),
    **dict.fromkeys("—:;…", ":"),
    **dict.fromkeys(".!?", "."),
    **dict.fromkeys("([", "-LRB-"),
    **dict.fromkeys(")]", "-RRB-"),
    **dict.fromkeys("“‘", "``"),
    **dict.fromkeys("\"”’'", "''"),
    "/": "SYM",
    ",": ",",
    "&": "CC",
}
ADVERBS = words("word_parts", "adverbs")
AFFIXES = words("word_parts", "affixes")
JOINERS = ("-", "–", "—", "/")


@dataclass
class Annotation:
    """What one token gets; `head` is the number of a token."""

    tag: str = ""
    pos: str = ""
    morph: str = ""
    lemma: str = ""
    head: int = ROOT
    dep: str = ""


@dataclass(frozen=True)
class Gold:
    """The words of a text with offsets in it, and their CLEAR heads (numbers of words of the text) and labels."""

    words: list[Word]
    heads: list[int]
    deps: list[str]


class Projection:
    """Words on one side, tokens on the other, and which stands for which."""

    def __init__(self, text: str, gold: Gold) -> None:
        self.gold = gold
        self.doc = _nlp.make_doc(text)
        self.words_of: list[list[int]] = [[] for _ in self.doc]
        self.tokens_of: list[list[int]] = [[] for _ in gold.words]
        self._align()
        self.main = [self._main_token(number) for number in range(len(gold.words))]

    def _align(self) -> None:
        number = 0
        words = self.gold.words
        for token in self.doc:
            if token.is_space:
                continue
            start, end = token.idx, token.idx + len(token)
            while number < len(words) and words[number].end <= start:
                number += 1
            k = number
            while k < len(words) and words[k].start < end:
                self.tokens_of[k].append(token.i)
                self.words_of[token.i].append(k)
                k += 1

    def _main_token(self, number: int) -> int | None:
        """Choose the token that stands for a word: the last one of a compound, else the longest."""
        tokens = self.tokens_of[number]
        if not tokens:
            return None
        with_letters = [i for i in tokens if any(c.isalnum() for c in self.doc[i].text)]
        if not with_letters:
            return tokens[-1]
        if any(self.doc[i].text in JOINERS for i in tokens):
            return with_letters[-1]
        if self.gold.words[number].form.lower().startswith(("gonna", "wanna", "gotta")):
            return with_letters[0]
        return max(with_letters, key=lambda i: len(self.doc[i]))

    def word_for(self, i: int) -> int | None:
        """Return the word that a token stands for; None where it is a part that another token stands for."""
        own = [k for k in self.words_of[i] if self.main[k] == i]
        outward = [k for k in own if self.gold.heads[k] < 0 or self.main[self.gold.heads[k]] != i]
        return (outward or own or [None])[0]  # type: ignore[list-item]

    def annotate(self, i: int) -> Annotation | None:
        """Annotate one token; None where no word covers it."""
        token = self.doc[i]
        if token.is_space:
            return Annotation("_SP", "SPACE", "", token.text, i - 1 if i else min(1, len(self.doc) - 1), "dep")
        if not self.words_of[i]:
            return None
        number = self.word_for(i)
        return self._part(i, self.words_of[i][0]) if number is None else self._whole(i, number)

    def _whole(self, i: int, number: int) -> Annotation:
        word, head = self.gold.words[number], self.gold.heads[number]
        while head >= 0 and self.main[head] == i:
            head = self.gold.heads[head]
        tag = TAGS.get(word.xpos, word.xpos)
        same = len(self.words_of[i]) == 1 and len(self.tokens_of[number]) == 1
        token = self.doc[i]
        lemma = word.lemma if same and word.lemma != "_" else token.text if tag.startswith("NNP") else token.lower_
        at = self.main[head] if head >= 0 else i
        dep = self.gold.deps[number] if at != i else "ROOT"
        feats = "" if word.feats == "_" else word.feats
        return _with_pos(Annotation(tag, word.upos, feats, lemma, i if at is None else at, dep))

    def _part(self, i: int, number: int) -> Annotation:
        """Annotate a token that is a part of a word: the "well" and the hyphen of "well-known"."""
        main = self.main[number]
        form, tag = self.doc[i].text, self.gold.words[number].xpos
        head = i if main is None else main
        lower = form.lower()
        if not any(c.isalnum() for c in form):
            return Annotation(MARKS.get(form, "NFP"), "PUNCT", "", lower, head, "punct")
        if form.replace(",", "").replace(".", "").isdigit():
            return Annotation("CD", "NUM", "", lower, head, "nummod")
        if tag.startswith("NNP"):
            return Annotation("NNP", "PROPN", "", form, head, "compound")
        if lower in ADVERBS:
            return Annotation("RB", "ADV", "", lower, head, "advmod")
        if lower in AFFIXES:
            return Annotation("AFX", "X", "", lower, head, "amod")
        proper = form[:1].isupper() and not tag.startswith("NN") and i > 0
        kind = ("NNP", "PROPN") if proper else ("NN", "NOUN")
        return Annotation(*kind, "", lower, head, "compound" if tag.startswith("NN") else "npadvmod")


def _with_pos(annotation: Annotation) -> Annotation:
    """Bring the part of speech in line with the tag, as spaCy's pipelines have them."""
    if annotation.tag in ("NNP", "NNPS") and annotation.pos != "PROPN":
        annotation.pos = "PROPN"
        annotation.morph = "Number=Sing" if annotation.tag == "NNP" else "Number=Plur"
    elif annotation.tag == "HYPH":
        annotation.pos = "PUNCT"
    elif annotation.tag == "IN" and annotation.dep in ("prep", "agent"):
        annotation.pos = "ADP"
    elif annotation.tag == "IN" and annotation.dep == "mark":
        annotation.pos = "SCONJ"
    return annotation


def project(text: str, gold: Gold) -> Doc | None:
    """Make a Doc of a text whose words are annotated.

    Args:
        text: The text.
        gold: Its words, whose offsets are those of this text.

    Returns:
        A Doc with spaCy's tokens, or None where these and the words cannot be brought together to a tree.
    """
    projection = Projection(text, gold)
    if any(main is None for main in projection.main):
        return None
    rows = [projection.annotate(i) for i in range(len(projection.doc))]
    known = [row for row in rows if row is not None]
    if len(known) < len(rows) or not _is_forest([row.head for row in known]):
        return None
    return Doc(
        _nlp.vocab,
        words=[token.text for token in projection.doc],
        spaces=[bool(token.whitespace_) for token in projection.doc],
        tags=[row.tag for row in known],
        pos=[row.pos for row in known],
        morphs=[row.morph for row in known],
        lemmas=[row.lemma for row in known],
        heads=[row.head for row in known],
        deps=[row.dep for row in known],
    )


def _is_forest(heads: list[int]) -> bool:
    for i in range(len(heads)):
        at, steps = i, 0
        while heads[at] != at:
            at, steps = heads[at], steps + 1
            if steps > len(heads):
                return False
    return True
