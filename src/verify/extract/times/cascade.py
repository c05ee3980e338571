"""A cascade of finite-state rules over words (Abney 1996): each level replaces what its rules match by one word.

A pattern is written as it reads, `MONTH DAY_NUMBER (COMMA? YEAR)?`: upper case names a class of words, lower case
a word itself, `?` `*` `+` `( | )` mean what they mean in regular expressions. `{in|of}` before or after a pattern
asks for one of these words there without making it part of the expression, `{!in|of}` forbids them. Each set of
classes is one character, so that a pattern is an ordinary regular expression with one character a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from types import MappingProxyType

from verify.extract.times.answer import Meaning
from verify.extract.times.words import NOTHING, Word, known_classes, without

BREAK = Word(0, 0, "\n", NOTHING)  # stands between sentences: no expression goes across
_ATOM = re.compile(r"(?P<class>[A-Z][A-Z_]*)|(?P<word>[a-z]+)|(?P<operator>[()|?*+])|\s+")
_FRAME = re.compile(r"(?:\{(?P<before>[^}]*)\})?(?P<core>[^{}]*)(?:\{(?P<after>[^}]*)\})?")
_FIRST_SYMBOL = 0xE000  # the private use area of Unicode
_UNKNOWN = " "


class Captures:
    """The words of a match, under the classes that matched them."""

    def __init__(self, words: Mapping[str, Sequence[Word]]) -> None:
        self._words = words

    def __contains__(self, name: str) -> bool:
        return name in self._words

    def values(self, name: str) -> list[str]:
        """Return what the lexicon or an earlier level says of the words matched by a class, in text order."""
        return [word.classes[name] for word in self._words.get(name, ())]

    def value(self, name: str) -> str:
        """Return the first of the values, or an empty string."""
        return next(iter(self.values(name)), "")

    def number(self, name: str) -> int | None:
        """Return the first value as an integer, or None where the class matched nothing."""
        return int(float(self.value(name))) if name in self else None

    def meanings(self) -> list[Meaning]:
        """Return the meanings that earlier levels gave to words of the match, in text order."""
        words = sorted((word for group in self._words.values() for word in group), key=lambda word: word.start)
        return [word.meaning for word in words if word.meaning is not None]


Builder = Callable[[Captures], Meaning | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the grammar.

    `makes` are the classes of the result, separated by blanks; `build` returns its meaning, or None to decline the
    match; `value` is the TIMEX3 value of the example, with the publication date that the tests name.
    """

    makes: str
    pattern: str
    build: Builder
    example: str
    value: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule with its regular expression."""

    rule: Rule
    regex: re.Pattern[str]
    groups: tuple[str, ...]  # the class of each group
    needed: tuple[frozenset[str], ...]  # no match without one character of each set


@dataclass(frozen=True, slots=True)
class Cascade:
    """A compiled grammar."""

    symbols: Mapping[frozenset[str], str]
    levels: tuple[tuple[Compiled, ...], ...]
    mentioned: frozenset[str]  # the classes that some pattern names

    def run(self, words: Sequence[Word]) -> list[Word]:
        """Apply the levels one after the other.

        Args:
            words: The words of a text, `BREAK` between its sentences.

        Returns:
            The words, with those that rules matched replaced by words that carry a meaning.
        """
        line = list(words)
        text = self._symbols_of(line)
        for level in self.levels:
            replaced = self.apply(level, line, text)
            if replaced is not line:
                line, text = replaced, self._symbols_of(replaced)
        return line

    def _symbols_of(self, words: Sequence[Word]) -> str:
        """Write one character a word; words of one form share their classes, which are looked up once."""
        known = {id(word.classes): word for word in words}
        symbols = {classes: self._symbol(word) for classes, word in known.items()}
        return "".join([symbols[id(word.classes)] for word in words])

    def apply(self, level: Iterable[Compiled], words: list[Word], text: str = "") -> list[Word]:
        """Replace the longest matches; of equally long ones the rule that stands first wins.

        Args:
            level: The rules.
            words: What they are applied to.
            text: A symbol for each of the words, where that is known.
        """
        text = text or self._symbols_of(words)
        here = set(text)
        found = [
            (match.start() - match.end(), order, match.start(), match, compiled)
            for order, compiled in enumerate(level)
            if not any(map(here.isdisjoint, compiled.needed))
            for match in compiled.regex.finditer(text)
        ]
        found.sort(key=lambda row: row[:3])
        made: dict[int, tuple[int, Word]] = {}
        taken = bytearray(len(words))
        for _, _, _, match, compiled in found:
            start, end = match.span()
            if end > start and not any(taken[start:end]) and (word := _build(compiled, match, words)):
                taken[start:end] = b"\x01" * (end - start)
                made[start] = (end, word)
        return _replaced(words, made) if made else words

    def _symbol(self, word: Word) -> str:
        if word is BREAK:
            return "\n"
        return self.symbols.get(self.mentioned.intersection(word.classes), _UNKNOWN) if word.classes else _UNKNOWN


def compile_rules(levels: Sequence[Sequence[Rule]]) -> Cascade:
    """Compile the rules of each level into regular expressions over one alphabet."""
    rules = [rule for level in levels for rule in level]
    mentioned = frozenset(name for rule in rules for name in _names(rule.pattern))
    signatures: list[Iterable[str]] = [*known_classes(n[1:] for n in mentioned if n[0] == "=")]
    signatures += [rule.makes.split() for rule in rules]
    symbols: dict[frozenset[str], str] = {}
    for signature in signatures:
        for classes in without(mentioned.intersection(signature)):
            if classes and classes not in symbols:
                symbols[classes] = chr(_FIRST_SYMBOL + len(symbols))
    compiled = tuple(tuple(_compile(rule, symbols) for rule in level) for level in levels)
    return Cascade(MappingProxyType(symbols), compiled, mentioned)


def _names(pattern: str) -> list[str]:
    """Return the classes that a pattern names, words as `=word`."""
    return [m["class"] or f"={m['word']}" for m in _ATOM.finditer(pattern) if m["class"] or m["word"]]


def _compile(rule: Rule, symbols: Mapping[frozenset[str], str]) -> Compiled:
    frame = _FRAME.fullmatch(rule.pattern.strip())
    assert frame is not None, f"braces may only stand at the ends: {rule.pattern}"
    groups: list[str] = []
    regex = _translate(frame["core"], symbols, groups)
    if frame["before"]:
        sign = "!" if frame["before"][0] == "!" else "="
        regex = f"(?<{sign}{_either(frame['before'], symbols)}){regex}"
    if frame["after"]:
        sign = "!" if frame["after"][0] == "!" else "="
        regex = f"{regex}(?{sign}{_either(frame['after'], symbols)})"
    needed = tuple(frozenset(_characters(name, symbols)) for name in _needed(frame["core"]))
    return Compiled(rule, re.compile(regex), tuple(groups), needed)


def _needed(core: str) -> list[str]:
    """Return the atoms that every match of a pattern has: those outside of brackets that may not be left out."""
    atoms = [atom for atom in _ATOM.finditer(core) if not atom[0].isspace()]
    needed, depth = [], 0
    for atom, after in zip_longest(atoms, atoms[1:]):
        depth += {"(": 1, ")": -1}.get(atom[0], 0)
        if depth == 0 and atom[0] == "|":
            return []
        if depth == 0 and not atom["operator"] and (after is None or after[0] not in ("?", "*")):
            needed.append(atom[0])
    return needed


def _translate(core: str, symbols: Mapping[frozenset[str], str], groups: list[str]) -> str:
    """Write a pattern as a regular expression; the classes of its groups are appended to `groups`."""
    regex = ""
    for atom in _ATOM.finditer(core):
        if atom["class"]:
            groups.append(atom["class"])
            regex += f"({_either(atom['class'], symbols)})"
        elif atom["word"]:
            regex += _either(atom["word"], symbols)
        elif atom["operator"]:
            regex += "(?:" if atom["operator"] == "(" else atom["operator"]
    return regex


def _either(names: str, symbols: Mapping[frozenset[str], str]) -> str:
    """Return the regular expression for one word that has any of the classes."""
    return f"[{''.join(_characters(names, symbols))}]"


def _characters(names: str, symbols: Mapping[frozenset[str], str]) -> list[str]:
    """Return the characters of the words that have any of the classes."""
    wanted = set(_names(names))
    characters = [character for classes, character in symbols.items() if wanted & classes]
    assert characters, f"no word has the class {names}"
    return characters


def _build(compiled: Compiled, match: re.Match[str], words: Sequence[Word]) -> Word | None:
    """Make the word that stands for a match, or None where the rule declines it."""
    captured: dict[str, list[Word]] = {}
    for group, name in enumerate(compiled.groups, 1):
        for index in range(*match.span(group)):
            captured.setdefault(name, []).append(words[index])
    meaning = compiled.rule.build(Captures(captured))
    if meaning is None:
        return None
    first, last = words[match.start()], words[match.end() - 1]
    classes = dict.fromkeys(compiled.rule.makes.split(), "")
    return Word(first.start, last.end, "", MappingProxyType(classes), meaning)


def _replaced(words: Sequence[Word], made: Mapping[int, tuple[int, Word]]) -> list[Word]:
    line: list[Word] = []
    index = 0
    while index < len(words):
        end, word = made.get(index, (index + 1, words[index]))
        line.append(word)
        index = end
    return line
