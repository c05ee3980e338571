"""Which of a document's findings belong to which proposition, decided word by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from verify import lexicon
from verify.extract.propositions.clauses import words_for
from verify.extract.propositions.record import Construction, Proposition, Role
from verify.models import Attribution, Hedge, Mention, Quantity, Span
from verify.terms import HedgeClass

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from verify.extract.propositions.tree import Tree

Tokens = frozenset[int]
MODIFIERS = frozenset({Construction.RELATIVE, Construction.PARTICIPIAL})
Named = TypeVar("Named", Mention, Quantity)
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Reported:
    """An attribution by token index."""

    attribution: Attribution
    source: Tokens
    cue: Tokens
    content: Tokens


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document's findings, looked up by token."""

    mentions: Mapping[int, Sequence[tuple[Tokens, Mention]]]  # by first token
    quantities: Mapping[int, Sequence[tuple[Tokens, Quantity]]]  # by first token
    cues: Mapping[int, Sequence[Hedge]]  # by each token of the hedge
    scopes: Mapping[int, Sequence[Hedge]]  # by each token that the hedge touches
    contents: Mapping[int, Sequence[Reported]]  # by each token of the content
    reporting: Mapping[int, Sequence[Reported]]  # by each token of the cue
    words: Mapping[Span, Tokens]  # of each mention


def gather(
    doc: Doc,
    *,
    mentions: Iterable[Mention],
    attributions: Iterable[Attribution],
    hedges: Sequence[Hedge],
    quantities: Iterable[Quantity],
) -> Evidence:
    """Look up once which tokens each finding covers."""
    reported = [_reported(doc, attribution) for attribution in attributions]
    named = _by_first_token(doc, mentions)
    return Evidence(
        mentions=named,
        quantities=_by_first_token(doc, quantities),
        cues=_by_token((hedge, words_of(doc, (hedge.span,))) for hedge in hedges),
        scopes=_by_token((hedge, words_of(doc, hedge.scope)) for hedge in hedges),
        contents=_by_token((one, one.content) for one in reported),
        reporting=_by_token((one, one.cue) for one in reported),
        words={mention.span: words for here in named.values() for words, mention in here},
    )


def named_in(found: Mapping[int, Sequence[tuple[Tokens, Named]]], tokens: Tokens) -> tuple[Named, ...]:
    """Return the mentions or quantities whose words all stand among the tokens, in text order."""
    return tuple([record for t in sorted(found.keys() & tokens) for words, record in found[t] if words <= tokens])


def hedges_of(evidence: Evidence, proposition: Proposition) -> tuple[Hedge, ...]:
    """Return the hedges that touch a proposition, in text order.

    A hedge does when its scope holds the verb (of a clause that modifies a noun, this counts no hedge outside it), or
    when it stands among the proposition's own words: not in a clause
    inside it, unless it is the word that makes that clause a condition.
    """
    reached = [h for t in predicators(proposition) for h in evidence.scopes.get(t, ())]
    is_modifier = proposition.construction in MODIFIERS and not proposition.is_subject_shared
    touching = [] if is_modifier else reached
    touching += [h for t in evidence.cues.keys() & proposition.own for h in evidence.cues[t]]
    for argument in proposition.arguments:
        if argument.role is Role.SUBORDINATE:
            marks = [h for t in argument.marker for h in evidence.cues.get(t, ())]
            touching += [h for h in marks if h.hedge_class is HedgeClass.CONDITION]
    return tuple(sorted(set(touching), key=lambda h: (h.span, h.hedge_class))) if touching else ()


def reports_of(evidence: Evidence, proposition: Proposition) -> list[Reported]:
    """Return the attributions that hold for a proposition, innermost first.

    One holds when its content covers the verb, or when it covers the head of an argument and its cue stands beside
    it, as in "alleged fraud"; never when the proposition is itself the act of saying.
    """
    own, verbs = proposition.own, set(predicators(proposition))
    held = {id(one): one for t in verbs for one in evidence.contents.get(t, ())}
    for token in _argument_heads(proposition):
        held |= {id(one): one for one in evidence.contents.get(token, ()) if one.cue and one.cue <= own}
    return sorted(
        (one for one in held.values() if not one.cue & verbs), key=lambda one: (len(one.content), min(one.content))
    )


def without_frames(tree: Tree, found: Sequence[Proposition], evidence: Evidence) -> list[Proposition]:
    """Leave out the clauses that only report: their verb is a cue, and what they report is a proposition too.

    A clause that has an object besides what it reports says more and stays, as does one that reports no clause
    ("announced the death of a soldier who ...").
    """
    tops = {p.head: tree.heads[p.head] for p in found}
    claimed = {
        id(one)
        for head, above in tops.items()
        for one in evidence.contents.get(head, ())
        if above not in one.content or above == head
    }
    return [p for p in found if not _only_reports(tree, p, evidence, claimed)]


def says_something(tree: Tree, proposition: Proposition) -> bool:
    """Say whether a proposition can be checked by itself.

    "The minister said" cannot, nor can what a clause says of a noun that names nothing ("aircraft used in a strike",
    "those who remained") without a name or a date of its own. That "Norway's fleet" is Norway's says too little.
    """
    if proposition.construction is Construction.POSSESSIVE:
        return False
    if not proposition.arguments:
        verbs = {tree.lemmas[t] for t in predicators(proposition)}
        is_existential = any(tree.deps[t] == "expl" for t in proposition.predicate)
        return proposition.is_passive or is_existential or not (verbs & words_for("saying") or verbs == {"be"})
    if proposition.construction not in MODIFIERS or proposition.is_subject_shared or len(proposition.subject) > 1:
        return True
    is_name = tree.entities[proposition.subject[0]] != ""
    return is_name or any(tree.entities[t] for argument in proposition.arguments for t in argument.tokens)


def _only_reports(tree: Tree, proposition: Proposition, evidence: Evidence, claimed: set[int]) -> bool:
    reports = [one for t in predicators(proposition) for one in evidence.reporting.get(t, ()) if id(one) in claimed]
    reported = {t for one in reports for t in one.content}
    said = [a for a in proposition.arguments if a.role is Role.COMPLEMENT]
    if said:
        return bool(reports) and all(reported.intersection(argument.tokens) for argument in said)
    is_cue = any(tree.lemmas[t] in _cue_verbs() for t in predicators(proposition))
    has_object = any(a.role in {Role.OBJECT, Role.ATTRIBUTE} for a in proposition.arguments)
    return bool(reports) and is_cue and not has_object and len(proposition.chain) == 1


@cache
def _cue_verbs() -> frozenset[str]:
    return frozenset(row["lemma"] for row in lexicon.load("cues") if row["pos"] == "VERB")


def without_source(proposition: Proposition, reports: Sequence[Reported]) -> Proposition:
    """Leave out the arguments that only name the source, as "according to experts"."""
    if not reports:
        return proposition
    named = {t for one in reports for t in one.source | one.cue}
    kept = tuple([argument for argument in proposition.arguments if not named.issuperset(argument.tokens)])
    return replace(proposition, arguments=kept) if len(kept) < len(proposition.arguments) else proposition


def predicators(proposition: Proposition) -> tuple[int, ...]:
    """Return the words that carry the predicate."""
    return proposition.chain or (proposition.head,)


def rated_word(tree: Tree, proposition: Proposition) -> int:
    """Return the word whose certainty is that of the proposition.

    It is the head, or what a word of raising above it is about (Postal 1974): "is likely to grow" is as certain as
    "grow", while "agreed to leave" is as certain as "agreed". "Failed to leave" and "has yet to leave" say how it is
    with the leaving too.
    """
    chain = proposition.chain
    for place, link in enumerate(chain[:-1]):
        is_copula = tree.lemmas[link] == "be"
        is_open = "yet" in tree.lower[link : chain[place + 1]]
        if not (is_copula or is_open or tree.lemmas[link] in words_for("raising") | words_for("lacking")):
            return link
        if is_copula and place + 2 == len(chain) and tree.tags[chain[-1]] != "VBG":
            return link  # "is selling", where a parser took "is" for the verb, is rated by the selling
    return chain[-1] if chain else proposition.head


def _argument_heads(proposition: Proposition) -> list[int]:
    """The words that arguments are about: of a prepositional one, those of its object."""
    return [t for a in proposition.arguments for t in ((a.head,) if a.head in a.content else a.content)]


def _reported(doc: Doc, attribution: Attribution) -> Reported:
    roles = (attribution.source, attribution.cue, attribution.content)
    return Reported(attribution, *(words_of(doc, spans) for spans in roles))


def words_of(doc: Doc, spans: Iterable[Span]) -> Tokens:
    """Return the tokens that spans of characters touch."""
    found: set[int] = set()
    for span in spans:
        words = doc.char_span(span.start, span.end, alignment_mode="expand")
        if words is not None:
            found.update(range(words.start, words.end))
    return frozenset(found)


def _by_first_token(doc: Doc, records: Iterable[Named]) -> dict[int, list[tuple[Tokens, Named]]]:
    found: dict[int, list[tuple[Tokens, Named]]] = defaultdict(list)
    for record in records:
        tokens = words_of(doc, (record.span,))
        if tokens:
            found[min(tokens)].append((tokens, record))
    return found


def _by_token(records: Iterable[tuple[Record, Tokens]]) -> dict[int, list[Record]]:
    found: dict[int, list[Record]] = defaultdict(list)
    for record, tokens in records:
        for token in tokens:
            found[token].append(record)
    return found
