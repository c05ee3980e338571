"""What is known once all articles are analysed, before the tables of any are made."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify import corroboration, fingerprint, flags, tables
from verify.facts import Facts, Gists, find_facts
from verify.findings import Findings
from verify.memory import Memory, apart, decode, encode, together
from verify.models import Agreement, AnalysedArticle, Article, claim_ids
from verify.shelf import Kept, Shelf

if TYPE_CHECKING:
    import pandas as pd


TOGETHER = 200  # articles whose facts are kept in one step
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Part:
    """Some articles, in the order of their ids, whose tables are made together."""

    fresh: list[AnalysedArticle]  # those whose rows are to be made
    kept: dict[str, Kept]  # the rows of the others, as an earlier run made and judged them, by article_id


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known once all articles are analysed, before the tables of any are made."""

    findings: Findings
    copies: Mapping[str, str]  # article_id of the original by that of its copy
    elsewhere: flags.Elsewhere
    whole: dict[str, pd.DataFrame]  # articles, actors, sources, matches
    shelf: Shelf  # the rows that earlier runs made

    def parts(self) -> Iterator[Part]:
        """Yield all articles once, so many at a time that their tables fit in memory, and forget their analyses."""
        for article_ids in self.findings.parts():
            yield self._part(article_ids)

    def _part(self, article_ids: Sequence[str]) -> Part:
        kept = {article_id: known for article_id in article_ids if (known := self.shelf.get(article_id))}
        others = [article_id for article_id in article_ids if article_id not in kept]
        fresh = [self.findings.settled(article_id, self.copies) for article_id in others]
        self.findings.forget(article_ids)
        return Part(fresh, kept)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is taken from each article by itself."""

    keys: dict[str, bytes]  # of the facts, by article_id
    gists: dict[str, bytes]  # encoded, by article_id: as records they are the most that a run holds
    whole: dict[str, pd.DataFrame]  # articles, actors, sources
    repeated: Mapping[int, tuple[flags.Place, ...]]


def make_survey(findings: Findings, memory: Memory) -> Survey:
    """Look at every article, one after the other, for what the tables of each depend on of all others.

    What stays is made before the claims are laid side by side to be matched, or after they are gone: anything made
    meanwhile would keep their memory from being given back.

    Args:
        findings: The analyses of all articles.
        memory: Knows what earlier runs have taken from articles that still call their actors the same.
    """
    copies = corroboration.find_copies(findings.articles)
    counted = _count(findings, copies, memory)
    agreement = _match(findings, copies, counted.gists)
    counterparts = flags.counterparts(agreement, _disputed(agreement, findings))
    elsewhere = flags.Elsewhere(agreement, counterparts, counted.repeated)
    whole = counted.whole | {"matches": tables.matches_frame(agreement.matches)}
    touching = elsewhere.touching()
    keys = {own: fingerprint.digest(key, *touching.get(own, ())).encode() for own, key in counted.keys.items()}
    return Survey(findings, copies, elsewhere, whole, Shelf(memory, keys))


def _count(findings: Findings, copies: Mapping[str, str], memory: Memory) -> _Counted:
    keys, gists = {}, {}
    wordings, census = flags.Wordings(), tables.Census()
    for article, key, facts, packed in _all_facts(findings, copies, memory):
        own = article.article_id
        keys[own], gists[own] = key, packed
        wordings.add(article, facts.wordings)
        census.add(article, facts.counts, copies.get(own))
    return _Counted(keys, gists, census.frames(), wordings.repeated())


def _all_facts(
    findings: Findings, copies: Mapping[str, str], memory: Memory
) -> Iterator[tuple[Article, bytes, Facts, bytes]]:
    """Yield each article with the key of its facts, the facts and its gists, as they are known or found anew."""
    found: dict[bytes, bytes] = {}
    for article in findings.articles:
        own = article.article_id
        key = memory.key_of("facts", article, copies.get(own), findings.named(own))
        try:
            first, gists = apart(memory.recall_bytes(key) or b"")
            facts = decode(first, Facts)
        except ValueError:  # nothing is known, or another hand made it
            facts, gists, kept = _facts_anew(findings.settled(own, copies))
            if kept:
                found[key] = kept
        yield article, key, facts, gists
        if len(found) >= TOGETHER:
            memory.keep_bytes(found)
            found = {}
    memory.keep_bytes(found)


def _facts_anew(analysed: AnalysedArticle) -> tuple[Facts, bytes, bytes]:
    """Return the facts of an article, its gists, and both as they are kept; nothing of what cannot be encoded."""
    facts, found = find_facts(analysed)
    try:
        gists = encode(found)
        return facts, gists, together(encode(facts), gists)
    except TypeError as error:  # a mistake in the extraction costs time, not the run
        logger.warning("what was found is not kept: %s", error)
        return facts, b"", b""


def _match(findings: Findings, copies: Mapping[str, str], gists: dict[str, bytes]) -> Agreement:
    """Match the claims of all articles; the gists are used up."""
    involved = {*copies, *copies.values()}
    digest = corroboration.Digest(copies)
    for article in findings.articles:
        own = article.article_id
        try:
            digest.add(article, decode(gists.pop(own), Gists).gists)
        except ValueError:  # another hand made them, or they could not be encoded
            digest.add(article, corroboration.find_gists(findings.settled(own, copies)))
        if own in involved:
            digest.add_words(findings.settled(own, copies))
    return digest.agreement()


def _disputed(agreement: Agreement, findings: Findings) -> dict[str, flags.Said]:
    """Return what is kept of the claims that other articles contradict or give other numbers for, by claim_id."""
    found: dict[str, flags.Said] = {}
    for article_id in sorted({agreement.articles[key] for key in agreement.disputed if key in agreement.articles}):
        analysed = findings.settled(article_id, {})
        claims = zip(claim_ids(analysed), analysed.analysis.claims, strict=True)
        found |= {key: flags.said_in(claim) for key, claim in claims if key in agreement.disputed}
    return found
