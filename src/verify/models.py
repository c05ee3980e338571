"""The records that flow through the house: frozen, with character offsets and content-derived ids.

Offsets are half-open. While a text is analysed they count characters of the spaCy `Doc`; what leaves
`verify.analysis` counts characters of the article's raw text, and `raw[start:end] == text` holds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

from verify.terms import (
    ActorKind,
    ActorRole,
    BlockKind,
    ClaimKind,
    CueClass,
    Factivity,
    Factuality,
    Flag,
    HedgeClass,
    Holder,
    IssueReason,
    IssueSeverity,
    MatchKind,
    Polarity,
    SourceKind,
    TimeAnchor,
    TimePrecision,
    TimeType,
)


def content_id(prefix: str, *parts: object) -> str:
    """Return an id that depends on nothing but the parts: the same input, the same id, on any machine.

    Args:
        prefix: One letter that tells the kind of thing, as `c` for a claim.
        parts: What identifies the thing; their `str` forms are hashed with their lengths, so that
            ("ab", "c") and ("a", "bc") differ.
    """
    digest = hashlib.sha256()
    for part in parts:
        data = str(part).encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data) + data)
    return f"{prefix}_{digest.hexdigest()[:16]}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Say whether the other lies inside this one."""
        return self.start <= other.start and other.end <= self.end


def cover(spans: tuple[Span, ...]) -> Span:
    """Return the smallest span that holds all of them; there must be one at least."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read, before any language work.

    `text` is the raw text that every offset counts in: the file's own text without its front matter,
    the value of the text field of a record, or the main text taken out of an HTML page.
    """

    article_id: str
    path: str  # relative to the input folder, with forward slashes
    text: str
    row: int | None = None  # of a jsonl or csv file, counted from 1
    url: str | None = None
    title: str | None = None
    publisher_id: str | None = None
    byline: str | None = None
    published_at: date | datetime | None = None
    language: str = "en"
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something about an input that a person should know; a row of `issues`."""

    path: str
    reason: IssueReason
    severity: IssueSeverity
    detail: str  # the value found and what was expected
    row: int | None = None  # of a jsonl or csv file, counted from 1
    position: int | None = None  # byte or character offset, where there is one
    article_id: str | None = None
    claim_id: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article of one kind, without the white space around it."""

    kind: BlockKind
    span: Span
    section: str = ""  # the text of the last heading above, empty before the first


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
        return content_id("a", self.kind, self.code or self.name.casefold())


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


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a claim's subject, predicate or object."""

    spans: tuple[Span, ...]  # the words themselves, in text order
    text: str  # readable: pronouns and ellipses filled in
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Participant:
    """A mention and what it does in one claim."""

    mention: Mention
    role: ActorRole


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition and all that was found about it."""

    sentence: int  # index in the article
    spans: tuple[Span, ...]  # the exact pieces, in text order
    text: str  # the smallest contiguous stretch that holds the pieces
    head: Span  # the word that carries the predicate
    proposition: str  # readable on its own
    subject: Phrase | None
    predicate: Phrase
    object: Phrase | None
    kind: ClaimKind
    polarity: Polarity = Polarity.POSITIVE
    factuality: Factuality = Factuality.CERTAIN
    score: float = 3.0  # graded factuality, -3 (certainly not) to 3 (certainly)
    section: str = ""
    is_inferred: bool = False
    is_pronoun_unresolved: bool = False
    is_negation_unclear: bool = False
    negation: tuple[Span, ...] = ()  # the words of negation, if any
    hedges: tuple[Hedge, ...] = ()
    attributions: tuple[Attribution, ...] = ()  # innermost first
    times: tuple[Time, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    participants: tuple[Participant, ...] = ()  # the mentions with their roles, then the sources

    @property
    def span(self) -> Span:
        """The smallest contiguous span that holds the claim's own words."""
        return cover(self.spans)

    @property
    def source(self) -> Attribution | None:
        """The innermost attribution to anybody but the author, which says who vouches for the words."""
        return next((found for found in self.attributions if found.source_kind is not SourceKind.AUTHOR), None)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in one text."""

    text: str  # raw
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Span, ...] = ()
    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    times: tuple[Time, ...] = ()
    mentions: tuple[Mention, ...] = ()
    hedges: tuple[Hedge, ...] = ()
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class AnalysedArticle:
    """An article with its analysis, which is what tables are made of."""

    article: Article
    analysis: Analysis
    syndicated_from: str | None = None  # the article_id of the text that this one copies


@dataclass(frozen=True, slots=True)
class Publisher:
    """A row of the publishers table, which the user owns."""

    publisher_id: str
    name: str
    domains: tuple[str, ...] = field(default=())
    kind: str = ""
    country: str = ""  # ISO 3166-1 alpha-3; decides the day-month order of 03/04/2024
    reliability: str = ""  # A to F, left empty where nobody has graded it


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A flag on one claim with its evidence."""

    claim_id: str
    flag: Flag
    detail: str  # the words, or what is missing
    span: Span | None = None  # where the words stand in the raw text, if the evidence is words


@dataclass(frozen=True, slots=True)
class Match:
    """Two claims of different articles that speak of the same thing; `claim_id` < `other_claim_id`."""

    claim_id: str
    other_claim_id: str
    kind: MatchKind
    score: float  # 0 to 1


def claim_ids(analysed: AnalysedArticle) -> tuple[str, ...]:
    """Return the id of each claim of an article, in order.

    An id hashes the article, the claim's words, its proposition and the occurrence number of that pair in the
    article, never offsets: a claim keeps its id when another paragraph changes.
    """
    seen: dict[tuple[str, str], int] = {}
    ids = []
    for claim in analysed.analysis.claims:
        key = (claim.text, claim.proposition)
        seen[key] = seen.get(key, 0) + 1
        ids.append(content_id("c", analysed.article.article_id, *key, seen[key]))
    return tuple(ids)
