"""What is known once all articles are analysed, before the tables of any are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify import corroboration, fingerprint, flags, tables
from verify.facts import Facts, find_facts
from verify.findings import Findings
from verify.memory import Memory
from verify.models import Agreement, AnalysedArticle, Article, claim_ids
from verify.shelf import Kept, Shelf

if TYPE_CHECKING:
    import pandas as pd


TOGETHER = 200  # articles whose facts are kept in one step


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


def make_survey(findings: Findings, memory: Memory) -> Survey:
    """Look at every article once, one after the other, for what the tables of each depend on of all others.

    Args:
        findings: The analyses of all articles.
        memory: Knows what earlier runs have taken from articles that still call their actors the same.
    """
    copies = corroboration.find_copies(findings.articles)
    involved = {*copies, *copies.values()}
    digest, wordings, census = corroboration.Digest(copies), flags.Wordings(), tables.Census()
    keys: dict[str, bytes] = {}
    for article, key, facts in _all_facts(findings, copies, memory):
        keys[article.article_id] = key
        digest.add(article, facts.gists)
        wordings.add(article, facts.wordings)
        census.add(article, facts.counts, copies.get(article.article_id))
        if article.article_id in involved:
            digest.add_words(findings.settled(article.article_id, copies))
    agreement = digest.agreement()
    counterparts = flags.counterparts(agreement, _disputed(agreement, findings))
    elsewhere = flags.Elsewhere(agreement, counterparts, wordings.repeated())
    whole = census.frames() | {"matches": tables.matches_frame(agreement.matches)}
    touching = elsewhere.touching()
    keys = {own: fingerprint.digest(key, *touching.get(own, ())).encode() for own, key in keys.items()}
    return Survey(findings, copies, elsewhere, whole, Shelf(memory, keys))


def _all_facts(findings: Findings, copies: Mapping[str, str], memory: Memory) -> Iterator[tuple[Article, bytes, Facts]]:
    """Yield each article with the key of its facts and the facts, as they are known or found anew."""
    found: dict[bytes, Facts] = {}
    for article in findings.articles:
        own = article.article_id
        key = memory.key_of("facts", article, copies.get(own), findings.named(own))
        facts = memory.recall_record(key, Facts)
        if facts is None:
            facts = found[key] = find_facts(findings.settled(own, copies))
        yield article, key, facts
        if len(found) >= TOGETHER:
            memory.keep_records(found)
            found = {}
    memory.keep_records(found)


def _disputed(agreement: Agreement, findings: Findings) -> dict[str, flags.Said]:
    """Return what is kept of the claims that other articles contradict or give other numbers for, by claim_id."""
    found: dict[str, flags.Said] = {}
    for article_id in sorted({agreement.articles[key] for key in agreement.disputed if key in agreement.articles}):
        analysed = findings.settled(article_id, {})
        claims = zip(claim_ids(analysed), analysed.analysis.claims, strict=True)
        found |= {key: flags.said_in(claim) for key, claim in claims if key in agreement.disputed}
    return found
