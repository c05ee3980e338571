"""The articles of several files together: no text twice, no id twice, and everything in one order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verify.articles.problems import Problem
from verify.models import Article, Issue, content_id
from verify.terms import IssueReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles that can be analysed, and what is to be said about the inputs."""

    articles: tuple[Article, ...] = ()
    issues: tuple[Issue, ...] = ()

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    def __len__(self) -> int:
        return len(self.articles)


def join(parts: Iterable[Corpus]) -> Corpus:
    """Put the corpora of several files together as they are."""
    parts = list(parts)
    articles = (article for part in parts for article in part.articles)
    return Corpus(tuple(articles), tuple(issue for part in parts for issue in part.issues))


def combine(parts: Iterable[Corpus]) -> Corpus:
    """Put the corpora of several files together: duplicates are left out, ids are made distinct, all is sorted.

    An article with the words of an earlier one is a duplicate, unless both publishers are known and differ: that
    is a syndicated copy, and stays.
    """
    parts = list(parts)
    issues = [issue for part in parts for issue in part.issues]
    kept: list[Article] = []
    first_with: dict[tuple[str, str | None], Article] = {}
    ids: set[str] = set()
    articles = (article for part in parts for article in part.articles)
    for article in sorted(articles, key=lambda a: (a.path, a.row or 0, a.text_sha256)):
        same = _earlier_copy(article, first_with)
        if same is not None:
            issues.append(_duplicate(article, same))
            continue
        if article.article_id in ids:
            article = replace(article, article_id=content_id("n", article.path, article.row, article.text_sha256))
        ids.add(article.article_id)
        first_with.setdefault((article.text_sha256, article.publisher_id), article)
        first_with.setdefault((article.text_sha256, None), article)
        kept.append(article)
    return Corpus(tuple(kept), tuple(sorted(issues, key=_issue_key)))


def _issue_key(issue: Issue) -> tuple[str, int, int, str, str]:
    return issue.path, issue.row or 0, issue.position or 0, issue.reason, issue.detail


def _earlier_copy(article: Article, first_with: Mapping[tuple[str, str | None], Article]) -> Article | None:
    """Return the article kept before with the same words, if this one is no syndicated copy of it."""
    same = first_with.get((article.text_sha256, article.publisher_id))
    other = first_with.get((article.text_sha256, None))
    if same is None and other is not None and (article.publisher_id is None or other.publisher_id is None):
        return other
    return same


def _duplicate(article: Article, same: Article) -> Issue:
    where = same.path if same.row is None else f"{same.path}, row {same.row}"
    problem = Problem(IssueReason.DUPLICATE, f"the same text as {where}; left out", row=article.row)
    return problem.issue(article.path)
