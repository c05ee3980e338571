"""Write a proposition as a sentence that can be read on its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from verify.extract.propositions.record import Argument, Construction, Proposition, Role
from verify.extract.propositions.replacements import Replacements, possessive
from verify.extract.propositions.verbs import active, finite_forms

if TYPE_CHECKING:
    from verify.extract.propositions.tree import Tree

_PLACE_WORDS = {"where": "in", "when": "in", "whereby": "by", "why": "for"}
_FOCUS = frozenset({"only", "just", "even", "hardly", "scarcely", "barely", "merely", "nearly", "almost", "between"})
_CLOSED_TAGS = frozenset({"DT", "PRP", "PRP$", "IN", "RB", "CC", "PDT", "WDT", "TO"})
_CLITICS = ("'", "’", "n't", "n’t")
_QUOTES = frozenset({'"', "“", "”", "``", "''", "«", "»"})
_BRACKETS = {"(": ")", "[": "]", "-LRB-": "-RRB-"}
_COMMAS = frozenset({",", ":", ";"})
_PAIRED = _QUOTES.union(_BRACKETS, _BRACKETS.values())


@dataclass(frozen=True, slots=True)
class Text:
    """Readable words, and whether any was filled in."""

    text: str
    is_inferred: bool = False


def read_words(
    tree: Tree,
    tokens: Iterable[int],
    replacements: Replacements,
    known: str = "",
    forms: Mapping[int, str] = MappingProxyType({}),
) -> Text:
    """Join tokens as the document spaces them, with pronouns and descriptions filled in.

    Args:
        tree: The parse.
        tokens: In any order.
        replacements: What to fill in.
        known: What the reader has read before; a pronoun for a name in it is left as it is.
        forms: Other forms for verbs, which are no inference.
    """
    parts: list[str] = []
    previous, is_inferred = None, False
    for token in _balanced(tree, sorted(tokens)):
        word = forms.get(token) or replacements.words.get(token)
        if word is None:
            word = _plain(tree, token, is_first=not parts and not known)
        elif token in replacements.words and token not in forms:
            is_beside = previous == token - 1 and tree.lower[previous] == "and" and len(parts) > 1  # "Peru and its"
            if tree.tags[token].startswith("PRP") and (is_beside or _is_known(word, known + "".join(parts))):
                word = tree.words[token]
            is_inferred |= word != tree.words[token]
        if tree.tags[token] == "WP$" and parts:
            parts.append(possessive(parts.pop()))
        elif word:
            parts += [_gap(tree, previous, token) if parts else "", word]
        previous = token
    return Text("".join(parts), is_inferred)


def read_subject(tree: Tree, proposition: Proposition, replacements: Replacements, known: str = "") -> Text:
    """Return the readable subject; a clause becomes "that ..."."""
    if proposition.whole and proposition.gap is not None:
        whole = _without_capital(tree, proposition.whole[0], read_words(tree, proposition.whole, replacements).text)
        return read_words(tree, proposition.subject, replacements, known, {proposition.gap: whole})
    if not proposition.is_subject_clause:
        return read_words(tree, proposition.subject, replacements, known)
    clause = read_words(tree, proposition.subject, replacements, known or "that")
    first = proposition.subject[0]
    text = clause.text if first in replacements.words else _without_capital(tree, first, clause.text)
    return Text(f"that {text}", is_inferred=True)


def _without_capital(tree: Tree, first: int, text: str) -> str:
    """Words from the start of a sentence as they stand inside one."""
    is_opening = tree.doc[first].is_sent_start and not tree.tags[first].startswith("NNP") and tree.words[first] != "I"
    return text[:1].lower() + text[1:] if is_opening else text


def read_predicate(tree: Tree, proposition: Proposition, replacements: Replacements) -> Text:
    """Return the readable verb group of a proposition."""
    if proposition.implied:
        return Text(proposition.implied)
    return read_words(tree, proposition.predicate, replacements, forms=finite_forms(tree, proposition))


def read_active(tree: Tree, proposition: Proposition) -> tuple[Argument, str] | None:
    """Return the agent of a passive and the verb group as an active, or None where there is no such reading."""
    agent = next((a for a in proposition.arguments if a.role is Role.AGENT), None)
    if not proposition.is_passive or agent is None:
        return None
    inner = next((t for t in agent.content if tree.heads[t] not in agent.content), None)
    group = active(tree, proposition, inner) if inner is not None and not tree.is_verb(inner) else ""
    return (agent, group) if group else None


def read_proposition(
    tree: Tree, proposition: Proposition, replacements: Replacements, subject: Text | None = None
) -> Text:
    """Write the whole proposition: what stands before its subject, the subject, the verb group, the rest.

    Args:
        tree: The parse.
        proposition: By token index.
        replacements: What to read for pronouns and descriptions.
        subject: The subject by itself, where it was read before.
    """
    if _is_existential(tree, proposition):
        read = [_read_existential(tree, proposition, replacements)]
    else:
        front, back, moved = _order(proposition)
        opening = read_words(tree, [t for a in front for t in a.tokens], replacements) if front else Text("")
        comma = "" if _is_focus(tree, front) else ","
        opening = Text(f"{opening.text}{comma}" if opening.text else "", opening.is_inferred)
        if subject is None or opening.text:
            subject = read_subject(tree, proposition, replacements, opening.text)
        subject = Text(subject.text + _comma_after(tree, proposition), subject.is_inferred)
        known = f"{opening.text} {subject.text}"
        read = [opening, subject, *_read_rest(tree, proposition, back, moved, replacements, known)]
    text = ""
    for part in read:
        joint = "" if not text or part.text.startswith(_CLITICS) else " "
        text += f"{joint}{part.text}" if part.text else ""
    return Text(text[:1].upper() + text[1:], any(part.is_inferred for part in read))


def _is_focus(tree: Tree, front: Sequence[Argument]) -> bool:
    """Whether all before the subject is one adverb that limits it: "only Norway"."""
    return len(front) == 1 and len(front[0].tokens) == 1 and tree.lower[front[0].head] in _FOCUS


def _comma_after(tree: Tree, proposition: Proposition) -> str:
    """The second comma around an addition to the subject: "the details, including prices, are open"."""
    if not proposition.subject or not proposition.predicate or proposition.construction is not Construction.CLAUSE:
        return ""
    first, last = proposition.subject[0], proposition.subject[-1]
    behind = [*proposition.predicate, *(t for a in proposition.arguments if not a.is_moved for t in a.tokens)]
    following = min(behind)
    if proposition.is_subject_shared or proposition.is_subject_clause or following < last:
        return ""
    is_second = "," in tree.words[first:last] or "," in tree.words[following : proposition.head]
    return _gap(tree, last, following).rstrip() if is_second else ""


def _order(proposition: Proposition) -> tuple[list[Argument], list[Argument], list[Argument]]:
    """Arguments before the subject, after it, and those to be moved behind the verb."""
    moved = [a for a in proposition.arguments if a.is_moved]
    stay = [a for a in proposition.arguments if not a.is_moved]
    if not proposition.predicate:
        return [], stay, moved
    verb = min(proposition.predicate)
    subject = min(proposition.subject, default=verb)
    front = [a for a in stay if a.tokens[-1] < verb and (subject > verb or a.tokens[-1] < subject)]
    return front, [a for a in stay if a not in front], moved


def _read_rest(
    tree: Tree,
    proposition: Proposition,
    back: Sequence[Argument],
    moved: Sequence[Argument],
    replacements: Replacements,
    known: str,
) -> list[Text]:
    """The verb group and what follows it; a moved object stands right behind the verb."""
    words = [t for a in back for t in (a.content if proposition.implied else a.tokens)]
    forms = finite_forms(tree, proposition)
    if not moved and not proposition.implied:
        return [read_words(tree, [*proposition.predicate, *words], replacements, known, forms)]
    group = read_words(tree, proposition.predicate, replacements, known, forms)
    objects = [_read_moved(tree, a, replacements, known) for a in moved if a.role is Role.OBJECT]
    others = [_read_moved(tree, a, replacements, known) for a in moved if a.role is not Role.OBJECT]
    rest = read_words(tree, words, replacements, known)
    return [Text(proposition.implied) if proposition.implied else group, *objects, rest, *others]


def _read_moved(tree: Tree, argument: Argument, replacements: Replacements, known: str) -> Text:
    content = read_words(tree, argument.content, replacements, known)
    marker = read_marker(tree, argument)
    return Text(" ".join(filter(None, (marker, content.text))), content.is_inferred)


def read_marker(tree: Tree, argument: Argument) -> str:
    """Return the preposition of an argument; of "the port where ships dock" it is "in"."""
    return " ".join(_PLACE_WORDS.get(tree.lower[t], tree.words[t]) for t in argument.marker)


def _is_existential(tree: Tree, proposition: Proposition) -> bool:
    return any(tree.deps[t] == "expl" and tree.lower[t] == "there" for t in proposition.predicate)


def _read_existential(tree: Tree, proposition: Proposition, replacements: Replacements) -> Text:
    words = {*proposition.predicate, *proposition.subject, *(t for a in proposition.arguments for t in a.tokens)}
    return read_words(tree, words, replacements)


def _balanced(tree: Tree, tokens: list[int]) -> list[int]:
    """Leave out quotation marks and brackets whose partner is missing."""
    if _PAIRED.isdisjoint([tree.words[t] for t in tokens]):
        return tokens
    quotes = [t for t in tokens if tree.words[t] in _QUOTES]
    dropped = set(quotes[-1:]) if len(quotes) % 2 else set()
    for opening, closing in _BRACKETS.items():
        left = [t for t in tokens if tree.words[t] == opening]
        right = [t for t in tokens if tree.words[t] == closing]
        if len(left) != len(right):
            dropped.update(left, right)
    return [t for t in tokens if t not in dropped]


def _plain(tree: Tree, token: int, *, is_first: bool) -> str:
    """The word itself, without the capital that only the start of its sentence gave it."""
    word = tree.words[token]
    if is_first or not tree.is_opening[token] or tree.tags[token] not in _CLOSED_TAGS or word == "I":
        return word
    return tree.lower[token]


def _gap(tree: Tree, previous: int | None, token: int) -> str:
    """What to put between two words: the document's own space, or a comma where only punctuation was left out."""
    if previous is None:
        return ""
    if previous == token - 1:
        return tree.spaces[previous]
    has_comma = not _COMMAS.isdisjoint(tree.words[previous + 1 : token])
    return ", " if has_comma and set(tree.deps[previous + 1 : token]) == {"punct"} else " "


def _is_known(word: str, text: str) -> bool:
    """Whether the name behind a pronoun was read already, its last word at least: "Iran raised its budget"."""
    name = word.removesuffix("’s").removesuffix("’").split(" ")[-1]
    return bool(name) and name in text
