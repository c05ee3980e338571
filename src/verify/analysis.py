"""Put the extraction together: from a text or a `Doc` to all its records, and from reading offsets to raw ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

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
from verify.models import Analysis, Block, Span
from verify.nlp import annotate, load
from verify.reading import Reading, make_reading
from verify.threads import one_thread

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


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
    mover = _Mover(reading.mover(), raw)
    return dataclasses.replace(analysis, **mover.changes(analysis) | {"text": raw, "blocks": blocks})


class _Mover:
    """Moves records to raw offsets, each once, so that what several hold stays one object.

    Args:
        to_raw: Moves a span.
        raw: The article's raw text.
    """

    def __init__(self, to_raw: Callable[[Span], Span], raw: str) -> None:
        self.to_raw, self.raw = to_raw, raw
        self.done: dict[int, Any] = {}

    def changes(self, record: Any) -> dict[str, Any]:
        """Return the fields that hold spans, or records that do, as they are in the raw text."""
        kind: Any = type(record)
        changed: dict[str, Any] = {}
        for name, is_span, is_many in _moving(kind):
            value, move = getattr(record, name), self.to_raw if is_span else self.moved
            if is_many:
                changed[name] = tuple([move(item) for item in value])
            elif value is not None:
                changed[name] = move(value)
        return changed

    def moved(self, record: Any) -> Any:
        """Move the spans of one record and read `text` again where the record has a span of its own."""
        kind: Any = type(record)
        if id(record) not in self.done:
            values = {name: getattr(record, name) for name in _field_names(kind)} | self.changes(record)
            span = values.get("span") or (values["spans"] and _cover(values["spans"]) if "head" in values else None)
            if span and "text" in values:
                values["text"] = self.raw[span.start : span.end]
            self.done[id(record)] = kind(**values)
        return self.done[id(record)]


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    """Return the fields of a kind of record."""
    return tuple(f.name for f in dataclasses.fields(kind))


@cache
def _moving(kind: type) -> tuple[tuple[str, bool, bool], ...]:
    """Return the fields of a kind of record that have offsets in them: the name, whether it is spans, and many."""
    found = []
    for name, hint in get_type_hints(kind).items():
        inner = next((part for part in get_args(hint) or (hint,) if dataclasses.is_dataclass(part)), None)
        if isinstance(inner, type) and (inner is Span or _moving(inner)):
            found.append((name, inner is Span, get_origin(hint) is tuple))
    return tuple(found)


def _cover(spans: tuple[Span, ...]) -> Span:
    """Return the smallest span that holds all pieces of a claim."""
    return Span(spans[0].start, max(span.end for span in spans))


@cache
def _bundled() -> Language:
    """Load the bundled pipeline once in a process."""
    return load()
