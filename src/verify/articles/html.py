"""The main text of an HTML page and the metadata that its markup states; the only user of the HTML library."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from verify.articles.decode import decode
from verify.articles.problems import Problem, shown
from verify.articles.records import Record
from verify.terms import IssueReason

if TYPE_CHECKING:
    from collections.abc import Iterator

# Where markup states the publication date, in this order (Open Graph, schema.org, Dublin Core, older customs). A date
# is taken from nowhere else: not from the address, the words or the clock.
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
    "//meta[translate(@name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') = 'date'"
    " or @name='pubdate' or @name='publishdate' or @name='dc.date' or @name='DC.date' or @name='dcterms.created'"
    " or @name='DC.date.issued' or @name='parsely-pub-date' or @name='article:published_time']/@content",
)
_LINKED_DATA = "//script[@type='application/ld+json']/text()"
MAX_ELEMENTS = 20_000  # of a page; articles have some thousands, and the extraction takes seconds at this size
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def read_html(data: bytes) -> Iterator[Record | Problem]:
    """Read the main text of a page, headings marked as in Markdown, and its title, url, publisher, byline and date.

    Raises:
        Problem: The page has no main text, or the parser gives up on it.
    """
    page = _CONTROL.sub(" ", decode(data, is_html=True))
    if not page.strip():
        raise Problem(IssueReason.EMPTY, "nothing but white space")
    try:
        text, fields = _extract(page)
    except Problem:
        raise
    except Exception as error:  # hostile markup makes the parsers below raise errors of many types
        raise Problem(
            IssueReason.UNREADABLE, f"the HTML parser raised {type(error).__name__}: {shown(str(error))}"
        ) from None
    if not text:
        raise Problem(IssueReason.NO_SENTENCE, "no main text was found on the page")
    yield Record(text, fields)


def _extract(page: str) -> tuple[str | None, dict[str, object]]:
    """Return the main text and the fields of a page."""
    import trafilatura

    tree = trafilatura.load_html(page)
    if tree is None:
        return None, {}
    n_elements = sum(1 for _ in tree.iter())
    if n_elements > MAX_ELEMENTS:
        raise Problem(IssueReason.TOO_LONG, f"{n_elements} HTML elements; expected at most {MAX_ELEMENTS}")
    dates = [str(value) for path in _DATES for value in tree.xpath(path) if str(value).strip()]
    dates += _linked_dates([str(value) for value in tree.xpath(_LINKED_DATA)])
    found = trafilatura.extract_metadata(tree, extensive=False)
    fields: dict[str, object] = {"title": found.title, "url": found.url, "publisher": found.sitename}
    fields |= {"byline": found.author, "published_at": dates[0] if dates else None}
    text = trafilatura.extract(page, output_format="markdown", include_comments=False, include_links=False)
    return text, fields


def _linked_dates(scripts: list[str]) -> list[str]:
    """Return the `datePublished` values of JSON-LD scripts; a script that is not JSON has none."""
    dates = []
    for script in scripts:
        try:
            loaded: Any = json.loads(script)
        except (ValueError, RecursionError):
            continue
        items = loaded if isinstance(loaded, list) else [loaded, *_graph(loaded)]
        dates += [item["datePublished"] for item in items if isinstance(item, dict) and "datePublished" in item]
    return [value for value in dates if isinstance(value, str)]


def _graph(loaded: Any) -> list[Any]:
    graph = loaded.get("@graph") if isinstance(loaded, dict) else None
    return graph if isinstance(graph, list) else []
