"""The pages of a dataset: the claims in place in their articles, and the expectations with what failed them.

Pages are self-contained: style and script stand inside, nothing is fetched. Article text is untrusted, so every
value goes through Jinja's escaping, a content security policy allows no script but the page's own (by its hash),
and text that switches the writing direction is isolated in its own element.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from verify.report_view import view_articles
from verify.tables import Tally
from verify.terms import Confidence, Flag

if TYPE_CHECKING:
    import jinja2
    import pandas as pd

    from verify.quality import QualityReport

MAX_CLAIMS = 5_000  # a page of more takes a browser seconds to open; the articles with most to review come first
MAX_ISSUES = 500
MAX_SOURCES = 15
# Controls, lone surrogates, and switches of the writing direction.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def render_report(
    rows: Callable[[str, Sequence[str]], pd.DataFrame],
    whole: Mapping[str, pd.DataFrame],
    tally: Tally,
    texts: Mapping[str, str],
    *,
    version: str,
    link_validation: str = "validation.html",
) -> str:
    """Render the review page.

    Args:
        rows: Returns the rows that some articles, given by their ids, have in `claims`, `flags` or `participants`.
        whole: The tables `articles`, `sources` and `issues`.
        tally: What all tables hold, in numbers.
        texts: The raw text of each article by article_id; an article whose text is not given is shown by its
            claims alone.
        version: Of the package, for the foot of the page.
        link_validation: Where the validation page is, relative to this one.

    Returns:
        One HTML document, the same bytes for the same tables.
    """
    articles, sources, issues = whole["articles"], whole["sources"], whole["issues"]
    chosen = _most_to_review(articles, tally.low)
    shown = {name: rows(name, chosen) for name in ("claims", "flags", "participants")}
    return _render(
        "report.html",
        articles=view_articles({"articles": articles, **shown}, texts, chosen),
        left_out=len(articles) - len(chosen),
        totals=_totals(articles, tally),
        confidence=_counted(tally.confidence, Confidence),
        flags=_counted(tally.flags, Flag),
        sources=_rows(sources.sort_values(["n_claims", "source_name"], ascending=[False, True]), MAX_SOURCES),
        issues=_rows(issues, MAX_ISSUES),
        n_issues=len(issues),
        link_validation=link_validation,
        version=version,
    )


def render_validation(report: QualityReport, words: Mapping[str, str], *, version: str) -> str:
    """Render the page that shows every expectation with its severity and what failed it.

    Args:
        report: The outcome of all suites.
        words: The text of each claim that failed one, by claim_id.
        version: Of the package.
    """
    return _render("validation.html", report=report, words=words, version=version)


def _most_to_review(articles: pd.DataFrame, low: Mapping[str, int]) -> list[str]:
    """Return the ids of the articles to show: all of them, or those with the most claims of low confidence."""
    n_claims = dict(zip(articles["article_id"].tolist(), articles["n_claims"].tolist(), strict=True))
    by_need = sorted(n_claims, key=lambda article_id: (-low.get(article_id, 0), article_id))
    reached = accumulate(n_claims[article_id] for article_id in by_need)
    keep = {key for at, (key, total) in enumerate(zip(by_need, reached, strict=True)) if not at or total <= MAX_CLAIMS}
    return [article_id for article_id in n_claims if article_id in keep]


def _totals(articles: pd.DataFrame, tally: Tally) -> list[tuple[str, int]]:
    """Return the figures at the head of the page."""
    return [
        ("articles", len(articles)),
        ("publishers", int(articles["publisher_id"].nunique())),
        ("claims", tally.claims),
        ("attributed", tally.attributed),
        ("corroborated", tally.corroborated),
        ("to review", tally.review),
    ]


def _counted(counts: Counter[str], terms: type[Confidence] | type[Flag]) -> list[tuple[Any, int]]:
    """Return each term that occurs with its count, in the order of the vocabulary."""
    return [(term, counts[term.value]) for term in terms if counts[term.value]]


def _rows(frame: pd.DataFrame, most: int) -> list[dict[str, Any]]:
    """Return the first rows as dictionaries, with None for missing cells."""
    head = frame.head(most)
    return [
        {str(k): None if v != v or v is None else v for k, v in row.items()}  # a missing value is unequal to itself
        for row in head.astype(object).where(head.notna(), None).to_dict("records")
    ]


def _render(template: str, **values: Any) -> str:
    """Fill a template together with the shared style, the script and the policy that admits only them."""
    env = _environment()
    script = _source("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'"
    return env.get_template(template).render(style=_source("page.css"), script=script, policy=policy, **values)


def _source(name: str) -> str:
    """Return a style sheet or script of our own as it stands."""
    env = _environment()
    assert env.loader is not None
    return env.loader.get_source(env, name)[0]


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    env = jinja2.Environment(
        loader=jinja2.PackageLoader("verify"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["visible"] = visible
    env.filters["items"] = _items
    return env


def visible(value: object) -> str:
    """Replace characters that a page cannot show, or that rearrange the ones around them."""
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", str(value))


def _items(cell: str | None) -> list[Any]:
    """Return the items of a list cell, which is a JSON array."""
    return list(json.loads(cell)) if cell else []
