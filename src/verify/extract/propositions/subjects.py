"""Who or what a clause is about: its own subject, one that it shares, or the phrase that it modifies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify import lexicon

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
RELATIVIZERS = frozenset({"WDT", "WP", "WP$", "WRB"})
_SETS_OFF = frozenset({",", ":", "–", "—"})
_INSIDE_OBJECTS = frozenset({"dobj", "dative", "attr", "pobj", "prep"})
_MOST_STEPS = 12  # from a verb up the words before it, in search of its subject


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what a clause is about: the phrase, its head, and how the clause comes by it."""

    tokens: tuple[int, ...]
    head: int | None
    gap: int | None = None  # the relative pronoun whose place it takes
    is_shared: bool = False
    is_clause: bool = False  # the whole clause before it
    whole: tuple[int, ...] = ()  # of "some of whom", the phrase that "whom" stands for


def find_subject(tree: Tree, head: int) -> Subject | None:
    """Return what a clause is about, or None where no word of the sentence says it.

    A clause without a subject of its own takes that of the verb it is coordinated with, or, as a participle, the
    phrase that it modifies or the subject of the clause that it is attached to.
    """
    own = next(reversed(subjects_of(tree, head)), None)  # of two, the one beside the verb
    dep = tree.deps[head]
    whose = None if own is None else next((c for c in tree.those(own, "poss") if tree.tags[c] == "WP$"), None)
    if own is not None and whose is not None and dep == "relcl":
        return _possessed(tree, head, own, whose)
    if own is not None and _is_stray_that(tree, own, head):
        noun = _agreeing_noun(tree, own - 1, head)
        return Subject(tree.tidy(t for t in tree.phrase(noun, without=[head]) if t < own), noun, own)
    if own is not None and (tree.tags[own] not in RELATIVIZERS and not _is_relative_that(tree, own, head)):
        words = {t for s in subjects_of(tree, head) if s < own for t in tree.phrase(s)}
        is_split = bool(words) and max(words) + 1 in tree.phrase(own)  # "a stronger" and "Iran", read as two
        return Subject(_without_opening(tree, tuple(sorted({*tree.phrase(own), *(words if is_split else ())}))), own)
    if dep == "relcl" and (own is not None or _is_participle(tree, head)):
        return _clause_before(tree, head, own) or _antecedent(tree, head, own)
    if dep == "ccomp" and tree.deps[tree.heads[head]] == "relcl":
        return _antecedent(tree, tree.heads[head], own)  # "a film which it said showed the attack"
    if own is not None:
        return None
    if tree.child(head, "expl") is not None:
        return _existential(tree, head)
    if dep in {"acl", "advcl"} and (told := _told_clause(tree, head)) is not None:
        return told
    if dep == "acl":
        return _supplemented(tree, head) or _antecedent(tree, head, None)
    if dep == "advcl" and _describes_noun_beside(tree, head):
        return _antecedent_at(tree, head, tree.left_edge(head) - 1, None)
    if dep in {"conj", "advcl"} and tree.is_verb(tree.heads[head]):
        above = find_subject(tree, _clause_above(tree, head))
        return above and Subject(above.tokens, above.head, above.gap, is_shared=True)
    return _misplaced(tree, head) if dep in {"ROOT", "ccomp", "parataxis"} and is_finite(tree, head) else None


def _without_opening(tree: Tree, words: tuple[int, ...]) -> tuple[int, ...]:
    """Drop what was read into the subject: an adverb with its comma ("Historically, arms sales ..."), or "where"."""
    if len(words) > 1 and tree.tags[words[0]] == "WRB":
        return words[1:]
    opens = len(words) > 2 and tree.tags[words[0]] == "RB" and tree.words[words[1]] == ","
    return words[2:] if opens else words


def subjects_of(tree: Tree, head: int) -> list[int]:
    """Return the heads of a verb's own subjects, which the parser may hang on its auxiliary."""
    return tree.those(head, *SUBJECTS) or [s for a in tree.those(head, "aux") for s in tree.those(a, *SUBJECTS)]


def is_finite(tree: Tree, index: int) -> bool:
    """Say whether a verb or one of its auxiliaries carries tense."""
    group = [index, *tree.those(index, "aux", "auxpass")]
    is_tagged = any(tree.tags[t] in {"VBD", "VBP", "VBZ", "MD"} for t in group)
    return is_tagged or (len(group) == 1 and not tree.tags[index].startswith("VB"))  # a verb taken for a noun


def _is_participle(tree: Tree, head: int) -> bool:
    return tree.tags[head] in {"VBG", "VBN"} and not is_finite(tree, head)


def _is_relative_that(tree: Tree, subject: int, head: int) -> bool:
    return tree.deps[head] == "relcl" and tree.lower[subject] == "that"


def _is_stray_that(tree: Tree, subject: int, head: int) -> bool:
    """Whether "that" right behind a noun is the subject of a clause that the parser did not take for a relative one."""
    is_alone = tree.lower[subject] == "that" and not tree.children[subject] and tree.deps[head] != "relcl"
    return is_alone and not tree.doc[subject].is_sent_start and tree.is_noun(subject - 1)


def _clause_above(tree: Tree, head: int) -> int:
    above = tree.heads[head]
    while tree.deps[above] == "xcomp" and tree.child(above, *SUBJECTS) is None:
        above = tree.heads[above]
    return above


def _clause_before(tree: Tree, head: int, gap: int | None) -> Subject | None:
    """The clause that ", which ..." speaks of (sentential relative clause, Quirk et al. 1985, 15.57).

    It does where its verb is one of consequence, or is singular after a plural noun.
    """
    edge = tree.left_edge(head)
    if gap != edge or tree.lower[gap] != "which" or edge < 2 or tree.words[edge - 1] not in _SETS_OFF:
        return None
    first = min([head, *tree.those(head, "aux", "auxpass")])
    is_singular = tree.tags[first] == "VBZ" or tree.lower[first] == "was"
    is_consequence = tree.lemmas[head] in lexicon.words_for("clause_words", "consequence")
    if not is_consequence and not (is_singular and tree.tags[edge - 2] in {"NNS", "NNPS"}):
        return None
    return _clause_above_as_subject(tree, head, gap)


def _told_clause(tree: Tree, head: int) -> Subject | None:
    """The clause before a participle that says what it shows: "exports fell, reflecting a shift"."""
    edge = tree.left_edge(head)
    is_sign = tree.tags[head] == "VBG" and tree.lemmas[head] in lexicon.words_for("clause_words", "sign")
    is_set_off = edge > 0 and tree.words[edge - 1] in _SETS_OFF
    return _clause_above_as_subject(tree, head, None) if is_sign and is_set_off else None


def _clause_above_as_subject(tree: Tree, head: int, gap: int | None) -> Subject | None:
    """The words before a clause of the finite clause that it hangs on, with that clause's subject."""
    edge, above = tree.left_edge(head), tree.heads[head]
    while tree.heads[above] != above and (
        not tree.is_verb(above) or tree.deps[above] == "relcl" or not is_finite(tree, above)
    ):
        above = tree.heads[above]
    subject = find_subject(tree, above) if tree.is_verb(above) and is_finite(tree, above) else None
    if subject is None or subject.is_clause:
        return None
    links = [c for c in tree.those(above, "advmod") if tree.lower[c] in lexicon.words_for("clause_words", "link")]
    words = {*subject.tokens, *(t for t in tree.phrase(above, without=[head, *links]) if t < edge)}
    return Subject(tree.tidy(t for t in words if t < edge), above, gap, is_clause=True)


def _antecedent(tree: Tree, head: int, gap: int | None) -> Subject:
    """The phrase that a relative or participial clause modifies: its words before the clause."""
    edge = tree.left_edge(head)
    noun = _agreeing_noun(tree, tree.heads[head], head if gap is not None else None)
    beside = edge - 2 if edge > 1 and tree.words[edge - 1] in _SETS_OFF else edge - 1
    if tree.is_verb(noun) and beside >= 0 and tree.is_noun(beside):
        noun = beside  # the parser hung it on the verb; it modifies the noun beside it
    return _antecedent_at(tree, head, _measured(tree, noun) if gap is None else noun, gap)


def _antecedent_at(tree: Tree, head: int, noun: int, gap: int | None) -> Subject:
    """The phrase of a noun before a clause, without the "only" that belongs to the verb above."""
    edge = tree.left_edge(head)
    words = tree.tidy(t for t in tree.phrase(noun, without=[head]) if t < edge)
    opens = len(words) > 1 and tree.lower[words[0]] in lexicon.words_for("clause_words", "limiter")
    return Subject(words[1:] if opens else words, noun, gap)


def _describes_noun_beside(tree: Tree, head: int) -> bool:
    """Whether a past participle stands right behind a noun, with no comma: "helped civilians besieged in the city"."""
    edge = tree.left_edge(head)
    is_bare = tree.tags[head] == "VBN" and not tree.those(head, "aux", "auxpass", "mark", "agent")
    is_beside = is_bare and edge > tree.heads[head] and tree.tags[edge - 1] in {"NNS", "NN"}
    return is_beside and tree.doc[edge - 1].ent_type_ not in {"DATE", "TIME"}


def _measured(tree: Tree, noun: int) -> int:
    """What a noun of measure counts: it is the flights that carry, not "the frequency of flights"."""
    if tree.lemmas[noun] not in lexicon.words_for("clause_words", "measure"):
        return noun
    inner = next((c for p in tree.those(noun, "prep") if tree.lower[p] == "of" for c in tree.those(p, "pobj")), noun)
    return inner if _is_plural(tree, inner) else noun


def _supplemented(tree: Tree, head: int) -> Subject | None:
    """The subject of the clause, of a participle set off from the object before it: "sold oil, earning billions".

    A parser hangs such a clause on the object; set off by punctuation it is about the subject (Quirk et al. 1985,
    15.60, supplementive clauses).
    """
    edge, above = tree.left_edge(head), tree.heads[head]
    is_perfect = any(tree.lower[c] == "having" for c in tree.those(head, "aux"))  # never said of a noun beside it
    is_set_off = tree.tags[head] == "VBG" and edge > 0 and tree.words[edge - 1] in _SETS_OFF
    if not (is_perfect or is_set_off):
        return None
    while tree.deps[above] in _INSIDE_OBJECTS and not tree.is_verb(above):
        above = tree.heads[above]
    while is_perfect and not (tree.is_verb(above) and is_finite(tree, above)) and tree.heads[above] != above:
        above = tree.heads[above]
    if not tree.is_verb(above):
        return None
    subject = find_subject(tree, _clause_above(tree, above))
    return subject and Subject(subject.tokens, subject.head, subject.gap, is_shared=True)


def _agreeing_noun(tree: Tree, noun: int, verb: int | None) -> int:
    """Climb from "Syria" to "attacks" in "attacks in Syria that have killed": the verb tells which one it is."""
    if verb is None:
        return noun
    group = (verb, *tree.those(verb, "aux", "auxpass"))
    wants_plural = any(tree.tags[t] == "VBP" or tree.lower[t] == "were" for t in group)
    if not wants_plural or _is_plural(tree, noun):
        return noun
    above = noun
    while tree.deps[above] == "pobj" and tree.deps[tree.heads[above]] in {"prep", "agent"}:
        above = tree.heads[tree.heads[above]]
        if tree.deps[above] == "acl" and tree.is_verb(above):
            above = tree.heads[above]
        if _is_plural(tree, above):
            return above
    beside = (t for t in range(noun - 1, above, -1) if tree.tags[t] in {"NNS", "NNPS"} and tree.deps[t] == "pobj")
    return next(beside, noun)  # "a group of villagers from the valley who were"


def _is_plural(tree: Tree, noun: int) -> bool:
    return tree.tags[noun] in {"NNS", "NNPS"} or bool(tree.those(noun, "conj"))


def _possessed(tree: Tree, head: int, own: int, whose: int) -> Subject:
    """Of "a man whose house burned", the man's house."""
    owner = _antecedent(tree, head, whose)
    return Subject(tuple(sorted({*owner.tokens, *tree.phrase(own)})), own, whose)


def _misplaced(tree: Tree, head: int) -> Subject | None:
    """The noun phrase beside the verb that the parser took for a second object of a preposition.

    In "At first glance the idea seems odd", "the idea"; in "About 80 have fled", with an adverb over the number, all.
    """
    first = min([head, *tree.those(head, "aux", "auxpass")])
    token = first - 1
    for _ in range(_MOST_STEPS):
        above = tree.heads[token] if token >= 0 else head
        if above in {token, head} or max(tree.subtree(token)) >= first:
            return None
        if tree.deps[token] == "pobj" and tree.those(above, "pobj")[0] < token:
            return Subject(tree.phrase(token), token)
        if tree.deps[token] == "pobj" and tree.deps[above] == "advmod":
            return Subject(tree.phrase(above), token)
        token = above
    return None


def _existential(tree: Tree, head: int) -> Subject | None:
    """What there is, of "there is"."""
    link: int | None = head
    while link is not None:  # "there seems to be no link"
        pivot = tree.child(link, "attr", "dobj")
        if pivot is not None:
            return Subject(tree.phrase(pivot), pivot)
        link = tree.child(link, "xcomp")
    return None
