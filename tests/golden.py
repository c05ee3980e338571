"""Compare an analysis with what a golden sentence must give, kind by kind.

Each kind of expectation turns into three counts: found and expected, found, expected. A name that is right
but not listed does not exist here: every sentence lists all that it must give of the kinds it names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from verify.models import Analysis, Attribution, Claim

Pair = Callable[[Any, Any], bool]


def count(analysis: Analysis, expect: dict[str, list[Any]]) -> dict[str, Counter[str]]:
    """Return the counts `hit`, `found` and `expected` for each kind that the sentence names."""
    found: dict[str, tuple[list[Any], Pair]] = {
        "attributions": ([_attribution(a, analysis.text) for a in analysis.attributions], _same_attribution),
        "times": ([[t.text, t.value] for t in analysis.times], lambda a, b: a == b),
        "quantities": ([[q.text, q.unit] for q in analysis.quantities], lambda a, b: a == b),
        "hedges": ([h.text for h in analysis.hedges], lambda a, b: a.lower() == b.lower()),
        "mentions": ([[m.text, m.code] for m in analysis.mentions if m.label != "PRON"], lambda a, b: a == b),
        "claims": (list(analysis.claims), _same_claim),
        "factuality": (list(analysis.claims), _same_factuality),
    }
    return {kind: _match(*found[kind], wanted, kind) for kind, wanted in expect.items()}


def _match(found: list[Any], same: Pair, wanted: list[Any], kind: str) -> Counter[str]:
    """Pair each expectation with one record; claims beyond the listed ones are counted only where none may be."""
    free, hits = list(found), 0
    for want in wanted:
        partner = next((record for record in free if same(want, record)), None)
        if partner is not None:
            hits += 1
            if kind != "factuality":
                free.remove(partner)
    open_list = kind in {"claims", "factuality"} and wanted
    return Counter(hit=hits, found=hits if open_list else len(found), expected=len(wanted))


def _attribution(record: Attribution, text: str) -> list[str]:
    return [" ".join(text[s.start : s.end] for s in spans) for spans in (record.source, record.cue, record.content)]


def _same_attribution(want: list[str], got: list[str]) -> bool:
    """Source and cue word for word, at least three quarters of the content's words."""
    source, cue, content = (_words(part) for part in want)
    words = _words(got[2])
    shared = sum((Counter(content) & Counter(words)).values())
    return source == _words(got[0]) and cue == _words(got[1]) and shared >= 0.75 * max(len(content), len(words))


def _same_claim(want: list[str], claim: Claim) -> bool:
    """Each role holds the words named for it."""
    roles = (claim.subject, claim.predicate, claim.object)
    got = [" ".join(_words(role.text)) if role else "" for role in roles]
    return all(" ".join(_words(part)) in role for part, role in zip(want, got, strict=True))


def _same_factuality(want: list[str], claim: Claim) -> bool:
    """The claim whose predicate is the word has the degree."""
    word, degree = want
    return word in _words(claim.predicate.text) and degree == f"{claim.factuality}{claim.polarity}"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
