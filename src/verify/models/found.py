"""What is found in the words of a text: one record for each stretch of words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from verify.models.base import Span, content_id
from verify.terms import (
    ActorKind,
    CueClass,
    Factivity,
    HedgeClass,
    Holder,
    SourceKind,
    TimeAnchor,
    TimePrecision,
    TimeType,
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression (TIMEX3) and its calendar value (EDTF, ISO 8601-2)."""

    span: Span
    text: str
    type: TimeType
    value: str  # TIMEX3 value: 2024-03-11, P3D, PAST_REF, XXXX-WXX-1; an interval is begin/end
    edtf: str = ""  # empty where the words give no place on a calendar
    start: date | None = None  # the first day
    end: date | None = None  # the last day, inclusive
    precision: TimePrecision = TimePrecision.VAGUE
    anchor: TimeAnchor = TimeAnchor.NONE
    mod: str = ""  # TIMEX3 mod: APPROX, START, MID, END, BEFORE, AFTER, LESS_THAN, MORE_THAN
    is_inferred: bool = False  # a part of the value stands in an earlier full date, not in the words
    is_ambiguous: bool = False  # can be read in two ways, as 03/04/2024
    is_vague: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured or counted amount."""

    span: Span
    text: str
    value: float | None  # in `unit`; of a range, its lower end
    value_high: float | None = None  # the upper end of a range
    unit: str = ""  # normalised: USD, percent, kilometer; empty for a bare count
    counted: str = ""  # what is counted: "warships"
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, or a pronoun or description that stands for one."""

    span: Span
    text: str
    label: str  # the entity label of the spaCy pipeline, or PRON
    kind: ActorKind
    name: str  # the fullest form of the name in the article, or the country's short name
    code: str = ""  # ISO 3166-1 alpha-3 of a country
    is_inferred: bool = False  # a pronoun or description resolved to the name
    is_ambiguous: bool = False

    @property
    def actor_id(self) -> str:
        """The same name or country has the same id in every article."""
        return _actor_id(self.kind, self.code or self.name.casefold())


@lru_cache(maxsize=50_000)  # a name is asked for its id a hundred times, and a hash costs a microsecond
def _actor_id(kind: ActorKind, name: str) -> str:
    return content_id("a", kind, name)


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word or phrase that makes a claim less than certain."""

    span: Span
    text: str
    hedge_class: HedgeClass
    scope: tuple[Span, ...] = ()  # the words that it touches
    holder: Holder = Holder.AUTHOR
    low: float | None = None  # the band of a word of estimative probability (ICD 203), 0 to 1
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content (PARC; Pareti 2012): who is said to say what, and with which words.

    Each role is a tuple of spans in text order; source may be empty ("it is said that ...").
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    source_text: str = ""
    cue_text: str = ""
    source_name: str = ""  # the name that the source stands for, resolved where the text supports it
    source_kind: SourceKind = SourceKind.UNNAMED_GROUP
    cue_class: CueClass = CueClass.SAYS
    factivity: Factivity = Factivity.NONFACTIVE
    is_hedge: bool = False  # the cue leaves the reader less than certain: alleged, believes
    is_inferred: bool = False  # the name comes from resolving a pronoun or description
    is_direct: bool = False  # the content is in quotation marks
    score: float = 1.0  # of the model; 1 where a rule found it

    @property
    def is_named(self) -> bool:
        """Whether somebody with a name can be asked: "Reuters" can, "a report" and "officials" cannot."""
        return self.source_kind not in (SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP) and bool(self.source_name)
