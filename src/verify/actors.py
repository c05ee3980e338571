"""One name for an actor over all articles, so that one id stands for it everywhere.

Countries have theirs by ISO 3166 already. Persons are brought together by their full names, organisations by the
acronym that an article introduces. What can be two is left as it is and marked as ambiguous, never guessed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from verify.calls import Call, Calls, Words, calls_of, fold
from verify.models import AnalysedArticle, Attribution, Claim, Mention
from verify.terms import ActorKind

_ARTICLE_OF_NAME = re.compile(r"^(?:al|el)[- ]")


@dataclass(slots=True)
class Names:
    """What the whole corpus calls its persons and organisations: take in all articles, then rename each.

    "Ana Sol" and "Ana M. Sol" are one where no other Ana Sol has a full name that fits. A last name alone that its
    article does not explain joins the one person of the corpus who has it where the same office stands before both
    ("President Sol"); otherwise, and where two have it, it is marked as ambiguous. An acronym has the meaning that
    other articles give it, where they agree. The order of the articles changes nothing.
    """

    forms: dict[Words, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))  # spellings of full names
    by_last: dict[str, set[Words]] = field(default_factory=lambda: defaultdict(set))
    titles: dict[Words, set[str]] = field(default_factory=lambda: defaultdict(set))  # of persons named in full
    acronyms: dict[str, dict[Words, Counter[str]]] = field(default_factory=lambda: defaultdict(dict))
    settled: dict[Words, tuple[str, bool]] = field(default_factory=dict)  # what was settled of full names already
    people: dict[str, set[Words]] = field(default_factory=dict)  # the longest full names, by last name

    def add(self, calls: Calls) -> None:
        """Take in the names of one article."""
        for full in calls.full_names:
            words = fold(full.name)
            self.forms[words][full.name] += full.count
            self.by_last[words[-1]].add(words)
            if full.offices:
                self.titles[words] |= full.offices
        for acronym in calls.acronyms:
            meanings = self.acronyms[acronym.text]
            meanings.setdefault(fold(acronym.name), Counter())[acronym.name] += acronym.count

    def settle(self, call: Call) -> tuple[str, bool]:
        """Return the name that an article's name has over the corpus, and whether it can be that of another."""
        words = fold(call.name)
        if call.kind is ActorKind.PERSON and words:
            if len(words) > 1 and words not in self.settled:
                self.settled[words] = _full_name(words, self)
            return self.settled[words] if len(words) > 1 else _last_name(call, self)
        if call.kind is ActorKind.ORGANISATION and call.name in self.acronyms:
            meanings = self.acronyms[call.name]
            return (_usual(*meanings.values()), False) if len(meanings) == 1 else (call.name, True)
        return call.name, False

    def rename(self, analysed: AnalysedArticle) -> AnalysedArticle:
        """Give each person and organisation of an article its name over all articles.

        Returns:
            The same object where nothing changes.
        """
        return _renamed(analysed, dict(_changes(analysed, self)))


def _changes(analysed: AnalysedArticle, names: Names) -> Iterator[tuple[Mention, Mention]]:
    """Yield the mentions of an article that the corpus shows in another light."""
    settled = {(call.kind, call.name): names.settle(call) for call in calls_of(analysed.analysis)}
    for mention in analysed.analysis.mentions:
        name, is_ambiguous = settled.get((mention.kind, mention.name), (mention.name, False))
        if name != mention.name or is_ambiguous > mention.is_ambiguous:
            yield mention, replace(mention, name=name, is_ambiguous=is_ambiguous or mention.is_ambiguous)


def _full_name(words: Words, names: Names) -> tuple[str, bool]:
    longest = _longest({other for other in names.by_last[words[-1]] if _is_short_for(words, other)})
    if len(longest) > 1:
        return _usual(names.forms[words]), True
    return _usual_name_of(longest.pop() if longest else words, names), False


def _last_name(call: Call, names: Names) -> tuple[str, bool]:
    """A last name alone, in an article that names nobody in full with it."""
    last = "".join(fold(_ARTICLE_OF_NAME.sub("", call.name))[-1:])
    if last not in names.people:
        names.people[last] = _longest(names.by_last.get(last, set()))
    people = names.people[last]
    if not people:
        return call.name, call.is_ambiguous
    one = min(people)
    if len(people) > 1 or not any(call.offices & names.titles.get(form, set()) for form in _forms_of(one, names)):
        return call.name, True
    return _usual_name_of(one, names), False


def _usual_name_of(full: Words, names: Names) -> str:
    return _usual(*(names.forms[form] for form in _forms_of(full, names)))


def _forms_of(full: Words, names: Names) -> list[Words]:
    """Return the full names of the corpus that are one person's and nobody else's, given by the longest of them."""
    shorter = (form for form in names.by_last[full[-1]] if _is_short_for(form, full))
    return [
        form for form in shorter if len(_longest({o for o in names.by_last[full[-1]] if _is_short_for(form, o)})) == 1
    ]


def _longest(people: set[Words]) -> set[Words]:
    """Return the full names that are not a shorter form of another one."""
    return {one for one in people if not any(_is_short_for(one, other) for other in people if other != one)}


def _is_short_for(short: Words, full: Words) -> bool:
    """Say whether two full names can be one person's: the same first and last name, the rest in order, or initials."""
    if len(short) > len(full) or short[-1] != full[-1] or not _is_initial_of(short[0], full[0]):
        return False
    rest = iter(full)
    return all(any(_is_initial_of(word, other) for other in rest) for word in short)


def _is_initial_of(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word))


def _usual(*forms: Mapping[str, int]) -> str:
    """Return the most frequent spelling, of equally frequent ones the first in code point order."""
    counted = sum((Counter(form) for form in forms), Counter[str]())
    return min(counted, key=lambda name: (-counted[name], name))


def _renamed(analysed: AnalysedArticle, changes: Mapping[Mention, Mention]) -> AnalysedArticle:
    """Put the changed mentions in the place of the old ones, wherever they stand."""
    if not changes:
        return analysed
    analysis = analysed.analysis
    names = {old.name: new.name for old, new in changes.items() if old.name != new.name}
    attributions = {a: _with_name(a, names) for a in analysis.attributions}
    changed = replace(
        analysis,
        mentions=tuple(changes.get(mention, mention) for mention in analysis.mentions),
        attributions=tuple(attributions.values()),
        claims=tuple(_changed(claim, changes, attributions, names) for claim in analysis.claims),
    )
    return replace(analysed, analysis=changed)


def _changed(
    claim: Claim,
    changes: Mapping[Mention, Mention],
    attributions: Mapping[Attribution, Attribution],
    names: Mapping[str, str],
) -> Claim:
    is_changed = (
        any(mention in changes for mention in claim.mentions)
        or any(participant.mention in changes for participant in claim.participants)
        or any(found.source_name in names for found in claim.attributions)
    )
    if not is_changed:  # most claims of an article name others
        return claim
    return replace(
        claim,
        mentions=tuple(changes.get(mention, mention) for mention in claim.mentions),
        participants=tuple(replace(p, mention=changes.get(p.mention, p.mention)) for p in claim.participants),
        attributions=tuple(attributions.get(a) or _with_name(a, names) for a in claim.attributions),
    )


def _with_name(attribution: Attribution, names: Mapping[str, str]) -> Attribution:
    name = names.get(attribution.source_name)
    return attribution if name is None else replace(attribution, source_name=name)
