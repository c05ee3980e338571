"""Compare an analysis with what a golden sentence must give, kind by kind.

Each kind of expectation turns into three counts: found and expected, found, expected. A name that is right
but not listed does not exist here: every sentence lists all that it must give of the kinds it names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc

from verify.extract.factuality.rate import rate
from verify.models import Analysis, Attribution, Claim

Pair = Callable[[Any, Any], bool]


def count(analysis: Analysis, doc: Doc, expect: dict[str, list[Any]]) -> dict[str, Counter[str]]:
    """Return the counts `hit`, `found` and `expected` for each kind that the sentence names.

    Args:
        analysis: What was found in the sentence.
        doc: The sentence parsed, whose words are rated for factuality.
        expect: Kind to what must be found.
    """
    rated = [_rated(doc, word) for word, _ in expect.get("factuality", [])]
    found: dict[str, tuple[list[Any], Pair]] = {
        "attributions": ([_attribution(a, analysis.text) for a in analysis.attributions], _same_attribution),
        "times": ([[t.text, t.value] for t in analysis.times], lambda a, b: a == b),
        "quantities": ([[q.text, q.unit, q.counted] for q in analysis.quantities], lambda a, b: a == b),
        "hedges": ([h.text for h in analysis.hedges], lambda a, b: a.lower() == b.lower()),
        "mentions": ([[m.text, m.code] for m in analysis.mentions if m.label != "PRON"], lambda a, b: a == b),
        "claims": (list(analysis.claims), _same_claim),
        "factuality": (rated, lambda a, b: a == b),
    }
    return {kind: _match(*found[kind], wanted, kind) for kind, wanted in expect.items()}


def _match(found: list[Any], same: Pair, wanted: list[Any], kind: str) -> Counter[str]:
    """Pair each expectation with one record; claims beyond the listed ones are counted only where none may be."""
    free, hits = list(found), 0
    for want in wanted:
        partner = next((record for record in free if same(want, record)), None)
        if partner is not None:
            hits += 1
            free.remove(partner)
    open_list = kind == "claims" and wanted
    return Counter(hit=hits, found=hits if open_list else len(found), expected=len(wanted))


def _attribution(record: Attribution, text: str) -> list[str]:
    return [" ".join(text[s.start : s.end] for s in spans) for spans in (record.source, record.cue, record.content)]


def _same_attribution(want: list[str], got: list[str]) -> bool:
    """The same source; the cue, which may have its auxiliaries; at least three quarters of the content's words."""
    source, cue, content = (_words(part) for part in want)
    words = _words(got[2])
    shared = sum((Counter(content) & Counter(words)).values())
    same_cue = set(cue) <= set(_words(got[1])) and len(_words(got[1])) <= len(cue) + 2
    return source == _words(got[0]) and same_cue and shared >= 0.75 * max(len(content), len(words))


def _same_claim(want: list[str], claim: Claim) -> bool:
    """The subject holds the words named for it, and so do predicate and object together."""
    subject, predicate, obj = (set(_words(part)) for part in want)
    rest = _words(claim.predicate.text) + _words(claim.object.text if claim.object else "")
    whole = [*_words(claim.subject.text if claim.subject else ""), *rest] if not subject else rest
    return subject <= set(_words(claim.subject.text if claim.subject else "")) and predicate | obj <= set(whole)


def _rated(doc: Doc, word: str) -> list[str]:
    """Return a word of the sentence with its degree of factuality and polarity."""
    index = next(token.i for token in doc if token.text == word)
    rating = rate(doc, [index])[index]
    return [word, f"{rating.factuality}{rating.polarity}"]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
