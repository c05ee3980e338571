"""What stands around a predicate and decides its factuality: mood, and the word it is embedded under."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from verify import lexicon
from verify.terms import Factuality, Polarity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

COMPLEMENTS = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "acl", "pcomp"})
PREDICATIVE = frozenset({"attr", "acomp", "oprd"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "agent", "dative", "pobj", "conj"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
MAX_CONJUNCTS = 50  # looked through upwards; a list in hostile text may have thousands
MARKS = frozenset({"mark", "npadvmod", "advmod", "dep"})  # what parsers call the "that" of a clause below a noun
BARE_FORMS = frozenset({"VB", "VBN", "VBG"})
IRREALIS_MARKS = frozenset({"if", "unless", "whether", "lest", "should"})


class Stance(NamedTuple):
    """What is left of a clause's factuality."""

    factuality: Factuality
    polarity: Polarity


CERTAIN = Stance(Factuality.CERTAIN, Polarity.POSITIVE)
OPEN = Stance(Factuality.UNKNOWN, Polarity.POSITIVE)
RANK = {Factuality.CERTAIN: 3, Factuality.PROBABLE: 2, Factuality.POSSIBLE: 1, Factuality.UNKNOWN: 0}


def weaker(one: Factuality, other: Factuality) -> Factuality:
    """Return the less certain of two."""
    return one if RANK[one] <= RANK[other] else other


def opposite(polarity: Polarity) -> Polarity:
    """Return the other polarity."""
    return Polarity.NEGATIVE if polarity is Polarity.POSITIVE else Polarity.POSITIVE


def clause_head(token: Token) -> Token:
    """Return the word that carries the tense of a predicate.

    It is the copula of a predicative noun or adjective, and the verb of an auxiliary.
    """
    if token.dep_ in ("aux", "auxpass", "neg") and token.head.pos_ in ("VERB", "AUX"):
        return token.head
    if token.dep_ in PREDICATIVE and token.head.lemma_ in ("be", "become", "remain", "seem", "appear"):
        return token.head
    return token.head if token.dep_ == "dobj" and token.head.lemma_ in ("seem", "appear") else token


def is_seeming(head: Token) -> bool:
    """Say whether a verb only says what something looks like: "appears ready", not "appeared in court"."""
    return head.lemma_ in ("seem", "appear") and any(c.dep_ in ("acomp", "oprd", "attr", "dobj") for c in head.children)


@cache
def _modals() -> Mapping[str, tuple[Factuality, Factuality, bool]]:
    """Return what each modal leaves of its clause, affirmed and denied, and whether it puts it in the future."""
    return {
        row["lemma"]: (Factuality(row["level"]), Factuality(row["denied"]), row["is_future"] == "1")
        for row in lexicon.load("modals")
    }


def modals_of(head: Token) -> list[Token]:
    """Return the modal auxiliaries of a clause; a bare conjunct shares those of the first verb."""
    head = first_sharing(head)
    return [child for child in head.children if child.dep_ == "aux" and child.tag_ == "MD"]


def shares_auxiliaries(head: Token) -> bool:
    """Say whether a conjunct has neither subject nor auxiliary of its own and the form of the first verb."""
    if head.dep_ != "conj" or head.head.i > head.i or head.tag_ != head.head.tag_ or head.tag_ not in BARE_FORMS:
        return False
    return not any(child.dep_ in SUBJECTS or child.dep_ in ("aux", "auxpass") for child in head.children)


def first_sharing(head: Token) -> Token:
    """Return the first verb of a coordination whose auxiliaries the word shares; the word itself if it shares none."""
    for _ in range(MAX_CONJUNCTS):
        if not shares_auxiliaries(head):
            break
        head = head.head
    return head


def modality_of(head: Token, *, is_denied: bool = False) -> tuple[Factuality, bool]:
    """Return the factuality that a clause's modals leave, and whether they put it in the future.

    What cannot be is certainly not so, while what may not be is only possibly not so.
    """
    level, is_future = Factuality.CERTAIN, False
    for modal in modals_of(head):
        affirmed, denied, future = _modals().get(modal.lower_, (Factuality.CERTAIN, Factuality.CERTAIN, False))
        level, is_future = weaker(level, denied if is_denied else affirmed), is_future or future
    return level, is_future


def is_irrealis(head: Token) -> bool:
    """Say whether a clause is a question, a condition, an order or a purpose, which commits nobody to it."""
    if any(
        child.dep_ in ("mark", "advmod") and child.lower_ in IRREALIS_MARKS and child.i < head.i
        for child in head.children
    ):
        return True
    if head.dep_ == "advcl" and _is_infinitive(head):
        return True
    first = first_conjunct(head)
    return first.dep_ == "ROOT" and (_is_question(head) or _is_order(head, first))


def first_conjunct(head: Token) -> Token:
    """Return the first verb of a coordination; the word itself outside of one."""
    for _ in range(MAX_CONJUNCTS):
        if head.dep_ != "conj" or head.head.i > head.i:
            break
        head = head.head
    return head


def _is_infinitive(head: Token) -> bool:
    return head.tag_ == "VB" and any(child.lower_ == "to" and child.dep_ == "aux" for child in head.children)


def _is_question(head: Token) -> bool:
    """A sentence that ends in a question mark, or begins with an auxiliary before its subject."""
    last = head.sent[-1]
    while last.i > head.sent.start and (last.is_space or last.is_quote or last.is_bracket):
        last = last.nbor(-1)
    return last.lower_ == "?"


def _is_order(head: Token, first: Token) -> bool:
    """A base form without subject or auxiliary at the root, or coordinated with such a form."""
    return all(word.tag_ == "VB" and not _is_finite(word) for word in (head, first))


def _is_finite(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS or (c.dep_ == "aux" and c.lower_ not in ("do", "let")) for c in verb.children)


@cache
def _signatures() -> Mapping[tuple[str, str, str], tuple[Stance, Stance]]:
    def stance(cell: str) -> Stance:
        return OPEN if cell == "Uu" else Stance(Factuality(cell[:2]), Polarity(cell[2]))

    return {
        (row["lemma"], row["pos"], row["frame"]): (stance(row["affirmed"]), stance(row["negated"]))
        for row in lexicon.load("signatures")
    }


DEFAULTS = {
    "that": (CERTAIN, OPEN),
    "to": (OPEN, Stance(Factuality.CERTAIN, Polarity.NEGATIVE)),
    "ing": (CERTAIN, Stance(Factuality.CERTAIN, Polarity.NEGATIVE)),
}


def frame_of(clause: Token) -> str:
    """Return the form of a complement clause: that (finite), to (infinitive) or ing (gerund or participle)."""
    if any(child.lower_ == "to" and child.tag_ == "TO" for child in clause.children):
        return "to"
    if clause.tag_ in ("VBG", "VBN") and not any(c.dep_ in ("aux", "auxpass") for c in clause.children):
        return "ing"
    if clause.tag_ == "VB" and not any(c.dep_ == "aux" for c in clause.children):
        return "to"
    return "that"


def embedding_of(clause: Token) -> tuple[Token, Stance, Stance] | None:
    """Return the word a clause is embedded under, and what it says of the clause when affirmed and when negated.

    A conjunct that shares the first verb's auxiliaries shares its embedding ("sought to stop and punish"). None
    for a clause that stands by itself: the root, any other conjunct, a relative or adverbial clause, and a gerund
    after a preposition that no listed word governs ("after leaving").
    """
    clause = first_sharing(clause)
    noun = _noun_of_that(clause)
    judged = _judgement_of(noun) if noun is not None else None
    if noun is not None:
        return judged or (noun, *(lookup(noun, "that") or DEFAULTS["that"]))
    if clause.dep_ not in COMPLEMENTS:
        return None
    frame = frame_of(clause)
    if clause.dep_ == "pcomp":
        signature = lookup(clause.head.head, frame)
        return (clause.head.head, *signature) if signature else None
    if clause.dep_ == "acl" and frame == "ing":
        return None
    governor = clause.head if clause.dep_ == "acl" else _predicative_of(clause.head)
    return governor, *(lookup(governor, frame) or DEFAULTS[frame])


def _noun_of_that(clause: Token) -> Token | None:
    """Return the listed noun right before the "that" of a clause, wherever the parser hung it: "no evidence that"."""
    mark = next((child for child in clause.children if child.lower_ == "that" and child.dep_ in MARKS), None)
    noun = clause.doc[mark.i - 1] if mark is not None and mark.i > 0 else None
    return noun if noun is not None and noun.pos_ == "NOUN" and lookup(noun, "that") else None


def _judgement_of(noun: Token) -> tuple[Token, Stance, Stance] | None:
    """Return the adjective that says of a noun with a clause whether it is so: "the report that ... is false"."""
    if noun.dep_ != "nsubj" or noun.head.lemma_ not in ("be", "prove"):
        return None
    adjective = next((c for c in noun.head.children if c.dep_ in PREDICATIVE and c.pos_ == "ADJ"), None)
    signature = lookup(adjective, "that") if adjective is not None else None
    return (adjective, *signature) if adjective is not None and signature is not None else None


def lookup(governor: Token, frame: str) -> tuple[Stance, Stance] | None:
    """Return the signature of a word over a frame, with its particle or adjective first ("turn out"), if listed."""
    pos = "VERB" if governor.pos_ == "AUX" else governor.pos_
    lemma = governor.lemma_.lower()
    particle = next((c.lower_ for c in governor.children if c.dep_ == "prt"), None)
    names = ([f"{lemma} {particle}"] if particle else []) + [lemma]
    if pos == "NOUN" and governor.i > 0:
        names.insert(0, f"{governor.nbor(-1).lower_} {lemma}")  # "a remote chance that"
    for name in names:
        if (name, pos, frame) in _signatures():
            return _signatures()[name, pos, frame]
    return None


def _predicative_of(governor: Token) -> Token:
    """Return the adjective or noun that "be" only carries ("is likely to", "is possible that")."""
    if governor.lemma_ != "be":
        return governor
    return next((child for child in governor.children if child.dep_ in ("acomp", "attr", "oprd")), governor)
