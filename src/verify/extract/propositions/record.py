"""The working record between a parse and a claim: one proposition, by token index."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Construction(StrEnum):
    """The grammar that a proposition was read from."""

    CLAUSE = "clause"  # a verb with its subject
    RELATIVE = "relative"  # "drills that the navy held"
    PARTICIPIAL = "participial"  # "drills held in May", ", sending a signal"
    APPOSITIVE = "appositive"  # "Ann Lee, the mayor", "President Lee"
    POSSESSIVE = "possessive"  # "Norway's fleet": Norway has a fleet
    NOMINAL = "nominal"  # "the seizure of the ship by Norway": Norway seized the ship
    PRESUPPOSED = "presupposed"  # the X of "extends beyond X to Y"


class Role(StrEnum):
    """What an argument does in its clause."""

    OBJECT = "object"
    RECIPIENT = "recipient"
    ATTRIBUTE = "attribute"  # what the subject is, after a copula
    OBLIQUE = "oblique"  # with a preposition
    AGENT = "agent"  # who does it, in a passive
    COMPLEMENT = "complement"  # a clause that the verb governs
    ADVERB = "adverb"  # an adverb, or a noun phrase used as one
    SUBORDINATE = "subordinate"  # a condition, purpose or reason, as a clause


@dataclass(frozen=True, slots=True)
class Argument:
    """The words of one argument.

    `tokens` holds all of them in text order, `marker` those among them that introduce it: its preposition or
    conjunction. A moved one stands before a relative clause that leaves its place after the verb open.
    """

    head: int
    role: Role
    tokens: tuple[int, ...]
    marker: tuple[int, ...] = ()
    is_moved: bool = False

    @property
    def content(self) -> tuple[int, ...]:
        """The tokens without the marker."""
        return tuple([token for token in self.tokens if token not in self.marker]) if self.marker else self.tokens


@dataclass(frozen=True, slots=True)
class Proposition:
    """Who or what (subject) does or is (predicate) what, to whom, where, when (arguments).

    All numbers are token indices of the `Doc`; tuples are in text order. The subject of a relative or
    participial clause is the phrase that it modifies; `gap` is the relative pronoun that this phrase or an
    argument takes the place of.
    """

    head: int  # the verb, or the noun of a construction without a verb
    construction: Construction
    subject: tuple[int, ...]
    predicate: tuple[int, ...]
    chain: tuple[int, ...] = ()  # the verbs and adjectives of the predicate, outermost first
    arguments: tuple[Argument, ...] = ()
    subject_head: int | None = None
    gap: int | None = None
    whole: tuple[int, ...] = ()  # what "whom" stands for in a subject such as "some of whom"
    implied: str = ""  # the predicate where no word carries it: "is", "has", "includes"
    is_subject_clause: bool = False  # the subject is a whole clause: "..., which angered the union"
    is_subject_shared: bool = False  # the subject stands in another clause of the sentence
    is_passive: bool = False
    is_negation_lifted: bool = False  # the B of "not A but B": the negation of the verb stops before it
    is_denied: bool = False  # the A of "sold not A but B", whose negation stands beside it and not by the verb
    embedded: frozenset[int] = frozenset()  # its tokens that belong to a clause inside it
    confidence: float = 1.0
    tokens: tuple[int, ...] = field(init=False, repr=False, compare=False)  # all its words
    own: frozenset[int] = field(init=False, repr=False, compare=False)  # those of no clause inside it

    def __post_init__(self) -> None:
        """Gather the words once: every step of making a claim asks for them."""
        words = {*self.subject, *self.predicate, *self.whole}
        for argument in self.arguments:
            words.update(argument.tokens)
        object.__setattr__(self, "tokens", tuple(sorted(words)))
        object.__setattr__(self, "own", frozenset(words - self.embedded))

    @property
    def object(self) -> Argument | None:
        """The argument that names what the predicate is about, if there is one."""
        order = (Role.OBJECT, Role.ATTRIBUTE, Role.COMPLEMENT, Role.AGENT, Role.OBLIQUE, Role.RECIPIENT)
        after = [a for a in self.arguments if a.is_moved or not self.predicate or a.tokens[-1] > self.predicate[0]]
        return next((argument for role in order for argument in after if argument.role is role), None)
