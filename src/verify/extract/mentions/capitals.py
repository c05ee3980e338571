"""Tell a capital as a town ("arrived in Oslo") from a capital as its state ("Oslo rejected the offer").

The name of a capital stands for its government only where it acts, speaks, owns or is dealt with (the place-for-people
pattern of Markert and Nissim 2002). The words beside the name decide, so that a mistake of the parser changes nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from verify import lexicon
from verify.extract.mentions.names import key, known_names

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LINKS = frozenset({",", "and", "or", "&", "/"})
_LEADING_TO = frozenset({"to", "from", "for", "toward", "towards"})
_DASHES = frozenset({"(", "-", "–", "—"})
_NOUNS = frozenset({"NOUN"})
_VERBS = frozenset({"VERB", "AUX"})
_FAR = 4  # tokens from a preposition back to the word that it belongs to
_LONGEST_LIST = 8  # tokens that "Oslo, Bern and Riga" may have


def is_town(doc: Doc, start: int, end: int) -> bool | None:
    """Say whether the name of a capital means the town.

    Args:
        doc: A document with coarse tags and lemmas.
        start: The name's first token.
        end: The token after its last.

    Returns:
        True for the town, False for the state, None where the words beside it allow both.
    """
    if _is_followed_by_its_state(doc, start, end) or _is_dateline(doc, start, end):
        return True
    before = _before(doc, start, end)
    after = _after(doc, end)
    for verdict in (_by_preposition(doc, before), _by_what_follows(doc, after), _by_word_before(doc, before)):
        if verdict is not None:
            return verdict
    return None


@cache
def _words_for(use: str) -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.load("capital_contexts") if row["use"] == use)


def _is(token: Token, use: str) -> bool:
    return token.text.casefold() in _words_for(use) or token.lemma_.lower() in _words_for(use)


def _is_followed_by_its_state(doc: Doc, start: int, end: int) -> bool:
    """Say whether the country's name follows after a comma, as in "Tehran, Iran"."""
    if end + 1 >= len(doc) or doc[end].text != ",":
        return False
    own = known_names().get(key(doc[start:end].text))
    behind = (known_names().get(key(doc[end + 1 : stop].text)) for stop in range(end + 2, min(end + 5, len(doc) + 1)))
    return any(known is not None and own is not None and known.code == own.code for known in behind)


def _is_dateline(doc: Doc, start: int, end: int) -> bool:
    """Say whether the name opens a sentence before a bracket or dash: "OSLO (AP) -"."""
    return bool(doc[start].is_sent_start) and end < len(doc) and doc[end].text in _DASHES


def _before(doc: Doc, start: int, end: int) -> Token | None:
    """Return the word before a name, or before the list that it is a later member of: "in Oslo, Bern and Riga"."""
    at = start - 1
    is_list = end < len(doc) and doc[end].text.casefold() in _LINKS
    while (
        at > 0 and start - at < _LONGEST_LIST and doc[at].text.casefold() in _LINKS and doc[at - 1].text[:1].isupper()
    ):
        is_list = is_list or doc[at].text != ","
        if not is_list:
            break  # "In Oslo, Bern said ..."
        while at > 0 and doc[at - 1].text[:1].isupper() and not doc[at].is_sent_start:
            at -= 1
        at -= 1
    is_inside = at >= 0 and not any(doc[i].is_sent_start for i in range(at + 1, start + 1))
    return doc[at] if is_inside else None


def _after(doc: Doc, end: int) -> int:
    """Return the token behind a name, or behind the list that it opens: "Oslo and Bern agreed"."""
    at = end
    while (
        at + 1 < len(doc)
        and at - end < _LONGEST_LIST
        and doc[at].text.casefold() in _LINKS
        and doc[at + 1].text[:1].isupper()
    ):
        at += 1
        while at < len(doc) and doc[at].text[:1].isupper() and not doc[at].is_sent_start:
            at += 1
    return at


def _by_preposition(doc: Doc, before: Token | None) -> bool | None:
    """The town of "in Oslo", unless it is said of somebody in office, and of "to Oslo" where something moves."""
    if before is None:
        return None
    above = [doc[i] for i in range(max(0, before.i - _FAR), before.i)]
    nearest = above[-1:]
    if _is(before, "town") or (before.text == "," and any(_is(token, "town") for token in nearest)):
        return True
    if _is(before, "locative"):
        return not any(_is(token, "authority") for token in nearest)
    if before.text.casefold() in _LEADING_TO:
        return any(_is(token, "motion") for token in above)
    if before.text.casefold() == "of":
        return any(_is(token, "part") or _is(token, "town") for token in nearest)
    return False if before.pos_ == "ADP" else None


def _by_what_follows(doc: Doc, end: int) -> bool | None:
    """Whether a town, or a state, has or does what follows: "Oslo's streets", "Oslo officials", "Oslo was shelled"."""
    if end >= len(doc) or doc[end].is_sent_start:
        return None
    following = [token for token in doc[end : end + _FAR] if not token.is_punct]
    if key(doc[end].text) == "'s":
        return any(_is(token, "part") for token in following)
    if doc[end].pos_ in _NOUNS:
        return not any(_is(token, "authority") for token in following[:2])
    if doc[end].pos_ not in _VERBS:
        return None
    if doc[end].pos_ != "AUX":
        return False
    is_done_to = any(token.tag_ == "VBN" and _is(token, "object") for token in following[1:3])
    return is_done_to or any(_is(token, "town") for token in following[1:])


def _by_word_before(doc: Doc, before: Token | None) -> bool | None:
    """The object of a verb: "visited Oslo" is the town, "told Oslo" the state."""
    if before is None or before.pos_ not in _VERBS:
        return None
    return _is(before, "object")
