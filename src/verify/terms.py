"""Every closed vocabulary of the dataset, once: a value and its meaning in one line.

Tables, schemas, expectations, pages and the data dictionary take their categories from here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A category: its value is what stands in the tables, `meaning` what the data dictionary says of it."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        """Make the member from its value and its meaning."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class BlockKind(Term):
    """What a stretch of an article is."""

    TITLE = "title", "the headline of the article"
    HEADING = "heading", "a heading inside the article"
    CONTENTS = "contents", "a line of a table of contents"
    PARAGRAPH = "paragraph", "running text"
    QUOTE = "quote", "a block quotation"
    BOILERPLATE = (
        "boilerplate",
        "text of the page, not of the article: links, calls to share, image addresses",
    )


class ClaimKind(Term):
    """What a claim is about, which says how it could be checked."""

    EVENT = "event", "something that happened or happens"
    STATE = "state", "something that holds"
    STATISTIC = "statistic", "a quantity of something"
    PREDICTION = "prediction", "something said about the future"
    OPINION = "opinion", "a judgement of value or of importance"
    META = "meta", "about the article itself, as in 'this paper examines'"


class Polarity(Term):
    """Whether the claim affirms or denies (FactBank)."""

    POSITIVE = "+", "affirmed"
    NEGATIVE = "-", "denied"


class Factuality(Term):
    """How certain the words make the claim (FactBank; Sauri and Pustejovsky 2009)."""

    CERTAIN = "CT", "presented as certain"
    PROBABLE = "PR", "presented as probable"
    POSSIBLE = "PS", "presented as possible"
    UNKNOWN = "Uu", "not committed to: a condition, a question, a wish, an order"


class HedgeClass(Term):
    """Why a word makes a claim less than certain (after Hyland 1998 and the CoNLL-2010 guidelines)."""

    EPISTEMIC = "epistemic", "a judgement of likelihood: may, probably, appears"
    EVIDENTIAL = "evidential", "a reference to evidence of others: alleged, reportedly"
    APPROXIMATOR = "approximator", "an approximate amount or degree: about, largely"
    CONDITION = "condition", "made to depend on something else: if, unless"
    VAGUE_PLURAL = "vague_plural", "an uncounted group: several, some experts, various reports"
    UNATTRIBUTED = "unattributed", "attributed to nobody: it is said, is believed to"


class Holder(Term):
    """Whose doubt a hedge expresses."""

    AUTHOR = "author", "the author of the article"
    SOURCE = "source", "the source that is quoted or reported"


class SourceKind(Term):
    """Who or what a claim is attributed to."""

    NAMED_PERSON = "named_person", "a person with a name"
    NAMED_ORGANISATION = "named_organisation", "an organisation with a name that is not a government"
    GOVERNMENT = "government", "a state, a government or an office of one"
    UNNAMED_PERSON = "unnamed_person", "one person without a name: 'a spokesman', 'an official'"
    UNNAMED_GROUP = "unnamed_group", "people without names: 'experts', 'officials', or nobody at all"
    DOCUMENT = "document", "a report, a law, a study, a statement"
    AUTHOR = "author", "the author of the article"


class CueClass(Term):
    """What the words of reporting do with the claim."""

    SAYS = "says", "reports without taking a side: say, tell, according to"
    ASSERTS = "asserts", "reports with emphasis: insist, stress, declare"
    CLAIMS = "claims", "reports at a distance: claim, contend, purport"
    CONFIRMS = "confirms", "presents the claim as true: confirm, reveal, show, acknowledge"
    DENIES = "denies", "presents the claim as false: deny, reject, dispute"
    ALLEGES = "alleges", "accuses without proof: allege, accuse"
    ESTIMATES = "estimates", "an amount or a likelihood: estimate, predict, expect"
    BELIEVES = "believes", "a state of mind: believe, think, fear, hope"
    ASKS = "asks", "a question, an order or a request: ask, urge, call for"
    PROMISES = "promises", "a commitment: promise, agree, pledge, threaten"


class Factivity(Term):
    """How far the words of reporting commit the reporter to the content (Kiparsky and Kiparsky 1970)."""

    FACTIVE = "factive", "the content is presented as true: reveal, know, acknowledge"
    NONFACTIVE = "nonfactive", "the content is left open: say, believe, claim"
    COUNTERFACTIVE = "counterfactive", "the content is presented as false: deny, refute"


class TimeType(Term):
    """What a time expression denotes (TIMEX3, ISO 24617-1)."""

    DATE = "DATE", "a calendar date of any granularity"
    TIME = "TIME", "a time of the day"
    DURATION = "DURATION", "a length of time"
    SET = "SET", "something that recurs"


class TimePrecision(Term):
    """The smallest calendar unit that the words give."""

    SECOND = "second", "to the second"
    MINUTE = "minute", "to the minute"
    HOUR = "hour", "to the hour"
    PART_OF_DAY = "part_of_day", "morning, afternoon, evening or night of a day"
    DAY = "day", "to the day"
    WEEK = "week", "to the week"
    MONTH = "month", "to the month"
    SEASON = "season", "to the season"
    QUARTER = "quarter", "to the quarter"
    HALF = "half", "to the half-year"
    YEAR = "year", "to the year"
    DECADE = "decade", "to the decade"
    CENTURY = "century", "to the century"
    VAGUE = "vague", "no calendar unit: recently, for decades"


class TimeAnchor(Term):
    """Where the parts of a time's value that its own words do not give come from."""

    NONE = "none", "everything stands in the words, or the value stays open"
    PUBLICATION = "publication", "from the publication date"
    MENTIONED = "mentioned", "from a date mentioned before in the same article"


class ActorKind(Term):
    """What a named actor is."""

    COUNTRY = (
        "country",
        "a state, by its ISO 3166 code; its capital, government, armed forces and demonym count as the state",
    )
    PERSON = "person", "a person"
    ORGANISATION = "organisation", "a company, party, agency, militia or other body"
    GROUP = "group", "a nationality of no state, a religion or a political group"
    PLACE = "place", "a town, a region, a sea, a building"
    OTHER = "other", "anything else with a name: an event, a law, a work, a product"


class ActorRole(Term):
    """What a named actor does in a claim."""

    ACTOR = "actor", "who or what acts, or is described"
    TARGET = "target", "who or what the act is directed at or concerns"
    PLACE = "place", "where it happens"
    SOURCE = "source", "who is said to say it"
    MENTIONED = "mentioned", "named in a part of the claim that is none of these"


class Severity(Term):
    """How much a flag weighs on a claim."""

    INFO = "info", "worth knowing; the claim stands as it is"
    WARN = "warn", "something that a checker needs is missing or vague"
    STRONG = "strong", "do not use the claim without looking at it"


class Flag(Term):
    """What a reader should know before using a claim; each is shown with its evidence."""

    severity: Severity

    def __new__(cls, value: str, severity: Severity = Severity.INFO, meaning: str = "") -> Self:
        """Make the member from its value, its severity and its meaning."""
        member = str.__new__(cls, value)
        member._value_, member.meaning = value, meaning
        member.severity = severity
        return member

    AUTHOR_VOICE = "author_voice", Severity.INFO, "no source is given: the article itself says it"
    UNDATED = "undated", Severity.INFO, "no time expression belongs to the claim"
    PREDICTION = "prediction", Severity.INFO, "about the future"
    OPINION = "opinion", Severity.INFO, "a judgement, not something that can be checked"
    SINGLE_PUBLISHER = "single_publisher", Severity.INFO, "no other publisher in the dataset makes the claim"
    QUANTITY_WITHOUT_UNIT = (
        "quantity_without_unit",
        Severity.INFO,
        "a number without a unit or a thing counted",
    )
    DUPLICATE = "duplicate", Severity.INFO, "the same words stand in another article of the same publisher"
    SYNDICATED = "syndicated", Severity.INFO, "the article is a copy of another publisher's"
    INFERRED = "inferred", Severity.INFO, "a pronoun or an ellipsis was filled in"
    HEDGED = "hedged", Severity.WARN, "the words make it less than certain"
    UNNAMED_SOURCE = "unnamed_source", Severity.WARN, "attributed, but to nobody with a name"
    NO_NAMED_ACTOR = "no_named_actor", Severity.WARN, "nobody and nothing with a name takes part"
    AMBIGUOUS_ACTOR = "ambiguous_actor", Severity.WARN, "a name can stand for more than one person, body or place"
    PRONOUN_UNRESOLVED = (
        "pronoun_unresolved",
        Severity.WARN,
        "a pronoun stands for somebody the text does not settle",
    )
    VAGUE_DATE = "vague_date", Severity.WARN, "the time is vague or cannot be placed on a calendar"
    AMBIGUOUS_DATE = "ambiguous_date", Severity.WARN, "the date can be read in two ways, as 03/04/2024"
    NEGATION_SCOPE_UNCLEAR = (
        "negation_scope_unclear",
        Severity.WARN,
        "a negation may or may not touch the claim",
    )
    ALLEGED = "alleged", Severity.STRONG, "presented as an allegation"
    CONTRADICTED = "contradicted", Severity.STRONG, "another article says the opposite"
    DATE_AFTER_PUBLICATION = (
        "date_after_publication",
        Severity.STRONG,
        "dated after publication, yet no prediction",
    )
    CONFLICTING_NUMBERS = "conflicting_numbers", Severity.STRONG, "another article gives another number"


class Confidence(Term):
    """How far a claim can be used as it stands; follows from its flags alone."""

    HIGH = "high", "no strong flag, no warn flag, at most one info flag"
    MEDIUM = "medium", "one warn flag, or two or more info flags"
    LOW = "low", "any strong flag, or two or more warn flags"


class MatchKind(Term):
    """How two claims of different articles stand to each other."""

    SAME = "same", "the same claim in other words"
    NEAR = "near", "the same actors, predicate and time; the rest differs"
    CONTRADICTS = "contradicts", "the same claim with the opposite polarity"
    CONFLICTING_NUMBERS = "conflicting_numbers", "the same claim with another number"
    SYNDICATED = "syndicated", "one text published twice"


class IssueSeverity(Term):
    """Whether an input was lost."""

    ERROR = "error", "the input could not be read and is not in the dataset"
    NOTICE = "notice", "the input was read or left out on purpose; something about it is worth knowing"


class IssueReason(Term):
    """What was wrong with an input."""

    EMPTY = "empty", "nothing but white space"
    BINARY = "binary", "not text"
    UNDECODABLE = "undecodable", "not UTF-8, nor another encoding that it declares"
    TOO_LONG = "too_long", "more bytes, characters or HTML elements than the limit"
    TOO_MANY_SENTENCES = "too_many_sentences", "more sentences than the limit in the settings"
    TOO_SLOW = "too_slow", "the extraction took more seconds than the limit in the settings"
    NOT_ENGLISH = "not_english", "the language identified is not English"
    NO_SENTENCE = "no_sentence", "no sentence of running text was found"
    DUPLICATE = "duplicate", "the same text as another article of the same input"
    REPLACED_CHARACTERS = "replaced_characters", "characters that no table can hold were replaced by U+FFFD"
    MALFORMED_JSON = "malformed_json", "not JSON, or not an object"
    MALFORMED_CSV = "malformed_csv", "not a CSV table that can be read"
    MALFORMED_METADATA = "malformed_metadata", "front matter or a metadata file that cannot be read"
    MISSING_FIELD = "missing_field", "a record without the field that holds the text"
    UNPARSABLE_DATE = "unparsable_date", "a publication date that cannot be read"
    OUTSIDE_FOLDER = "outside_folder", "a symbolic link that leads out of the input folder"
    UNREADABLE = "unreadable", "the operating system refused to open or read it"
    UNSUPPORTED = "unsupported", "a file type that is not read"
    EXTRACTION_FAILED = "extraction_failed", "the language analysis raised an error on this article"
    FAILED_EXPECTATION = "failed_expectation", "rows of a table that failed an expectation"


class ExpectationSeverity(Term):
    """What a failed expectation means for publication."""

    CRITICAL = "critical", "nothing is published"
    WARNING = "warning", "published, and counted in the summary"
    INFO = "info", "published; worth knowing"
