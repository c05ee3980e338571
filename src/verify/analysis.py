"""Put the extraction together: from a text or a `Doc` to all its records, and from reading offsets to raw ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from verify.clean import find_blocks
from verify.extract.attribution.find import find_attributions
from verify.extract.claims.find import find_claims
from verify.extract.coreference.resolve import resolve
from verify.extract.hedges.find import find_hedges
from verify.extract.mentions.find import find_mentions
from verify.extract.plain import copied
from verify.extract.quantities.find import find_quantities
from verify.extract.times.find import find_times
from verify.garbage import collected_rarely
from verify.limits import Watch
from verify.models import Analysis, Block, Span, cover
from verify.nlp import annotate, load
from verify.reading import Reading, make_reading
from verify.threads import one_thread

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of an article besides its words."""

    published_at: date | datetime | None = None
    country: str = ""  # of the publisher, ISO 3166-1 alpha-3
    use_model: bool = True  # the trained attribution model, or rules alone
    max_sentences: int = 0  # no limit
    max_seconds: float = 0  # of processor time; no limit


def analyze(
    text: str,
    published_at: date | datetime | None = None,
    nlp: Language | None = None,
    *,
    title: str | None = None,
    country: str = "",
    use_model: bool = True,
) -> Analysis:
    """Analyse one text.

    Args:
        text: Raw text of an article, with or without markup.
        published_at: Anchors "yesterday" and the like; without it they stay open.
        nlp: A pipeline from `verify.load`; the bundled one by default, loaded once.
        title: The headline, where it is known apart from the text.
        country: The publisher's country (ISO 3166-1 alpha-3), which decides the order of day and month.
        use_model: Whether attribution uses the trained model, or rules alone.

    Returns:
        Blocks, claims, attributions, times, mentions, hedges and quantities; every span counts characters of
        `text`, half-open, and `text[start:end]` is the record's text.
    """
    blocks = find_blocks(text, title)
    reading = make_reading(text, blocks)
    pipeline = nlp or _bundled()
    doc = next(annotate(pipeline, [reading]))
    return to_raw(extract(doc, Context(published_at, country, use_model)), reading, text, blocks)


def extract(doc: Doc, context: Context) -> Analysis:
    """Find every kind of record in a parsed document.

    Args:
        doc: Parsed by a pipeline that `verify.nlp.check` accepts.
        context: What the words do not say.

    Returns:
        The records, with offsets in characters of `doc.text`.

    Raises:
        LimitExceeded: The document is beyond a limit of the context; time is looked at after each step.
    """
    watch = Watch(context.max_sentences, context.max_seconds)
    with one_thread(), collected_rarely(), copied(doc) as plain:
        return _extract(plain, context, watch)


def _extract(doc: Doc, context: Context, watch: Watch) -> Analysis:
    """Find every kind of record in a document that is cheap to read."""
    sentences = tuple([Span(sent.start_char, sent.end_char) for sent in doc.sents])
    watch.count(len(sentences))
    mentions = watch.after(find_mentions(doc))
    resolved = watch.after(resolve(doc, mentions))
    times = watch.after(find_times(doc, published_at=context.published_at, country=context.country))
    quantities = watch.after(find_quantities(doc, times))
    attributions = watch.after(find_attributions(doc, mentions, resolved, use_model=context.use_model, nested=True))
    hedges = watch.after(find_hedges(doc, attributions))
    claims = find_claims(
        doc,
        mentions=mentions,
        resolved=resolved,
        attributions=attributions,
        times=times,
        hedges=hedges,
        quantities=quantities,
    )
    watch.after(claims)
    inferred = [mention for mention in resolved.values() if mention is not None]
    return Analysis(
        text=doc.text,
        sentences=sentences,
        claims=tuple(claims),
        attributions=tuple(attributions),
        times=tuple(times),
        mentions=tuple(sorted([*mentions, *inferred], key=lambda mention: mention.span)),
        hedges=tuple(hedges),
        quantities=tuple(quantities),
    )


def to_raw(analysis: Analysis, reading: Reading, raw: str, blocks: tuple[Block, ...]) -> Analysis:
    """Count every offset in the raw text, and take every record's words from there.

    A record that stands in several places (a time of a claim is also one of the article's times) is moved
    once and stays one object.

    Args:
        analysis: Records in offsets of the reading.
        reading: The map from the reading to the raw text.
        raw: The article's raw text.
        blocks: The article's blocks, in raw offsets already.
    """
    return dataclasses.replace(_Mover(reading.mover(), raw).moved(analysis), text=raw, blocks=blocks)


class _Mover:
    """Moves records to raw offsets, each once, so that what several hold stays one object.

    Args:
        to_raw: Moves a span.
        raw: The article's raw text.
    """

    def __init__(self, to_raw: Callable[[Span], Span], raw: str) -> None:
        self.to_raw, self.raw = to_raw, raw
        self.done: dict[int, Any] = {}

    def moved(self, record: T) -> T:
        """Move the spans of a record and of those that it holds, and read `text` again where it has a span."""
        done: T | None = self.done.get(id(record))
        if done is not None:
            return done
        kind: Any = type(record)
        plan = _plan(kind)
        values = list(plan.values(record))
        for place, is_span, is_many in plan.moving:
            value, move = values[place], self.to_raw if is_span else self.moved
            if is_many:
                values[place] = tuple([move(item) for item in value]) if value else value
            elif value is not None:
                values[place] = move(value)
        if plan.text is not None and (own := values[plan.own]):
            whole = own if isinstance(own, Span) else cover(own)
            values[plan.text] = self.raw[whole.start : whole.end]
        made: T = kind(*values)
        self.done[id(record)] = made
        return made


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the records of a class are moved: fields are told by their place among all of them."""

    values: Callable[[Any], tuple[Any, ...]]  # of all fields
    moving: tuple[tuple[int, bool, bool], ...]  # fields with offsets in them: which, whether they are spans, and many
    text: int | None  # the words at the record's own place
    own: int  # that place: a span, or the pieces of a claim; of no meaning where there are no words


@cache
def _plan(kind: type) -> _Plan:
    names = [field.name for field in dataclasses.fields(kind)]
    places = {name: place for place, name in enumerate(names)}
    has_own = "span" in places or {"spans", "head"} <= places.keys()
    return _Plan(
        attrgetter(*names),
        tuple((places[name], is_span, is_many) for name, is_span, is_many in _moving(kind)),
        places.get("text") if has_own else None,
        places.get("span", places.get("spans", 0)),
    )


@cache
def _moving(kind: type) -> tuple[tuple[str, bool, bool], ...]:
    """Return the fields of a kind of record that have offsets in them: the name, whether it is spans, and many."""
    found = []
    for name, hint in get_type_hints(kind).items():
        inner = next((part for part in get_args(hint) or (hint,) if dataclasses.is_dataclass(part)), None)
        if isinstance(inner, type) and (inner is Span or _moving(inner)):
            found.append((name, inner is Span, get_origin(hint) is tuple))
    return tuple(found)


@cache
def _bundled() -> Language:
    """Load the bundled pipeline once in a process."""
    return load()
