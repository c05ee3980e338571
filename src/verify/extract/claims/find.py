"""Put claims together: each proposition with all that was found about its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.extract.claims.carriers import without_carriers
from verify.extract.claims.certainty import certainty_of
from verify.extract.claims.evidence import (
    Evidence,
    gather,
    hedges_of,
    named_in,
    predicators,
    rated_word,
    reports_of,
    says_something,
    without_frames,
    without_source,
)
from verify.extract.claims.kinds import is_call, kind_of
from verify.extract.claims.roles import find_participants
from verify.extract.coreference.pairs import find_pairs
from verify.extract.doc import BLOCKS, char_pieces, char_span
from verify.extract.factuality.rate import Rating, rate
from verify.extract.propositions.find import Proposition, read_propositions
from verify.extract.propositions.mend import mend
from verify.extract.propositions.phrases import find_phrases, is_controlled
from verify.extract.propositions.render import read_proposition, read_subject
from verify.extract.propositions.replacements import Replacements, find_replacements, unresolved
from verify.extract.propositions.tree import Tree
from verify.extract.sentences.check_worthiness import rate_sentences
from verify.extract.times.attach import attach
from verify.models import Attribution, Claim, Hedge, Mention, Quantity, Span, Time, cover, union
from verify.terms import BlockKind, ClaimKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORTH_DIGITS = 4  # what is behind them can differ between kinds of processors


@dataclass(frozen=True, slots=True)
class _Context:
    """What every claim of a document is put together from."""

    tree: Tree
    text: str  # of the document; spaCy builds it anew each time it is asked
    evidence: Evidence
    times: Mapping[int, Sequence[Time]]
    ratings: Mapping[int, Rating]
    replacements: Replacements
    sentences: Sequence[int]  # the index of each token's sentence
    sections: Sequence[str]  # of each sentence
    worth: Mapping[int, float]  # of each sentence with a claim, how far it is worth checking


def find_claims(
    doc: Doc,
    *,
    mentions: Sequence[Mention],
    resolved: Mapping[int, Mention | None],
    attributions: Sequence[Attribution],
    times: Sequence[Time],
    hedges: Sequence[Hedge],
    quantities: Sequence[Quantity],
) -> list[Claim]:
    """Find the claims of a document's running text, one a proposition.

    A clause that only reports ("the ministry said that ...") gives no claim of its own: what it reports does, with
    the attribution.

    Args:
        doc: A parsed document.
        mentions: Names, in text order.
        resolved: Pronouns and descriptions by token index, with the name each stands for, or None.
        attributions: Who is said to say what.
        times: Time expressions.
        hedges: With their scopes.
        quantities: Amounts.

    Returns:
        Claims in text order; all spans count characters of the `Doc`.
    """
    tree = mend(Tree(doc))
    pairs = find_pairs(doc, mentions)
    filled = [mention for mention in resolved.values() if mention is not None]
    filled += [mention for pair in pairs.values() for mention in pair or ()]
    evidence = gather(
        doc, mentions=[*mentions, *filled], attributions=attributions, hedges=hedges, quantities=quantities
    )
    stated = [p for p in read_propositions(tree) if says_something(tree, p) and not is_call(tree, p)]
    found = without_carriers(tree, without_frames(tree, stated, evidence))
    links = sorted({link for p in found for link in predicators(p)})
    sentences = [n for n, sent in enumerate(doc.sents) for _ in sent]
    context = _Context(
        tree=tree,
        text=doc.text,
        evidence=evidence,
        times=attach(doc, times, links),
        ratings=rate(doc, {rated_word(tree, p) for p in found}),
        replacements=find_replacements(tree, resolved, pairs),
        sentences=sentences,
        sections=_sections(doc),
        worth=rate_sentences(doc, {sentences[p.head] for p in found}),
    )
    return _distinct(_claim(context, proposition) for proposition in found)


def _claim(context: _Context, proposition: Proposition) -> Claim:
    """Make one claim."""
    doc, evidence = context.tree.doc, context.evidence
    reports = reports_of(evidence, proposition)
    proposition = without_source(proposition, reports)
    tokens = frozenset(proposition.tokens)
    hedges = hedges_of(evidence, proposition)
    quantities = named_in(evidence.quantities, tokens)
    mentions = named_in(evidence.mentions, tokens)
    times = _times(context, proposition)
    spans = _pieces(doc, proposition, hedges)
    whole = cover(spans)
    subject = read_subject(context.tree, proposition, context.replacements)
    reading = read_proposition(context.tree, proposition, context.replacements, subject)
    phrases = find_phrases(context.tree, proposition, context.replacements, subject)
    attributions = tuple(one.attribution for one in reports)
    kind = kind_of(context.tree, proposition, _amounts(quantities, times))
    is_open = kind is not ClaimKind.META and unresolved(context.tree, proposition, context.replacements)
    rating = context.ratings[rated_word(context.tree, proposition)]
    rating = certainty_of(context.tree, rating, proposition, hedges, attributions)
    sentence = context.sentences[proposition.head]
    return Claim(
        sentence=sentence,
        spans=spans,
        text=context.text[whole.start : whole.end],
        head=char_span(doc[proposition.head]),
        proposition=reading.text,
        subject=phrases.subject,
        predicate=phrases.predicate,
        object=phrases.object,
        kind=kind,
        polarity=rating.polarity,
        factuality=rating.factuality,
        score=rating.score,
        check_worthiness=round(context.worth[sentence], _WORTH_DIGITS),
        section=context.sections[sentence],
        is_inferred=reading.is_inferred or is_controlled(proposition),
        is_pronoun_unresolved=is_open,
        is_negation_unclear=rating.is_negation_unclear,
        negation=tuple(char_span(doc[token]) for token in rating.negation),
        hedges=hedges,
        attributions=attributions,
        times=times,
        mentions=mentions,
        quantities=quantities,
        participants=find_participants(context.tree, proposition, mentions, reports, evidence),
    )


def _pieces(doc: Doc, proposition: Proposition, hedges: Iterable[Hedge]) -> tuple[Span, ...]:
    """The proposition's own words, and those of the hedges that touch it, which may reach out of it."""
    return union([*char_pieces(doc, proposition.tokens), *(hedge.span for hedge in hedges)])


def _times(context: _Context, proposition: Proposition) -> tuple[Time, ...]:
    found = {time.span: time for link in predicators(proposition) for time in context.times.get(link, ())}
    return tuple(found[span] for span in sorted(found))


def _amounts(quantities: Iterable[Quantity], times: Sequence[Time]) -> list[Quantity]:
    """The quantities that are no dates or durations."""
    return [q for q in quantities if not any(time.span.overlaps(q.span) for time in times)]


def _sections(doc: Doc) -> list[str]:
    """The last heading above each sentence."""
    blocks = list(doc.spans[BLOCKS]) if BLOCKS in doc.spans else []
    headings = [block for block in blocks if block.label_ == BlockKind.HEADING]
    sections, current, index = [], "", 0
    for sent in doc.sents:
        while index < len(headings) and headings[index].start <= sent.start:
            current = headings[index].text.strip()
            index += 1
        sections.append(current)
    return sections


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    """Drop what was read twice, and the same office of the same person told again; sort by place."""
    found: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = (claim.spans, claim.proposition) if claim.predicate.spans else (claim.proposition,)
        found.setdefault(key, claim)
    return sorted(found.values(), key=lambda claim: (claim.span, claim.head, claim.proposition))
