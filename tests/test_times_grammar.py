"""Every rule of the time grammar finds its own example with the value that stands beside it."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from edtf import parse_edtf

from verify.extract.times.cascade import BREAK, Captures, Rule, compile_rules
from verify.extract.times.dates import Calendar
from verify.extract.times.find import find_times
from verify.extract.times.grammar import LEVELS, grammar
from verify.extract.times.words import join_numbers, read_words

PUBLISHED = date(2024, 5, 15)  # a Wednesday
RULES = [rule for level in LEVELS for rule in level]
CASCADE = grammar()
BLANK = spacy.blank("en")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.pattern} -> {rule.example}")
def test_every_example_has_its_value(rule: Rule) -> None:
    times = find_times(BLANK(rule.example), published_at=PUBLISHED)
    assert rule.value in [time.value for time in times]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.example)
def test_the_edtf_of_every_example_is_valid(rule: Rule) -> None:
    for time in find_times(BLANK(rule.example), published_at=PUBLISHED):
        if time.edtf:
            assert str(parse_edtf(time.edtf)) == time.edtf


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.pattern} -> {rule.example}")
def test_no_rule_is_dead(rule: Rule) -> None:
    """After the levels before it, the rule alone changes its own example."""
    level = next(level for level in LEVELS if rule in level)
    line = list(join_numbers(read_words(rule.example)))
    for before in LEVELS[: LEVELS.index(level)]:
        line = CASCADE.apply(CASCADE.levels[LEVELS.index(before)], line)
    compiled = CASCADE.levels[LEVELS.index(level)][level.index(rule)]
    assert CASCADE.apply([compiled], line) != line


def test_an_expression_does_not_cross_a_sentence() -> None:
    words = [*read_words("It fell in March"), BREAK, *read_words("2011 soldiers left")]
    made = [word for word in grammar().run(words) if word.meaning is not None]
    assert Calendar(month=3) in [word.meaning for word in made]
    assert Calendar(year=2011, month=3) not in [word.meaning for word in made]


def test_the_longest_match_wins_and_a_builder_can_decline() -> None:
    def accept(c: Captures) -> Calendar:
        return Calendar(month=c.number("MONTH"), day=c.number("DAY_NUMBER"))

    def decline(c: Captures) -> None:
        return None

    month = Rule("DATE", "MONTH", accept, "March", "XXXX-03")
    day = Rule("DATE", "MONTH DAY_NUMBER", accept, "March 3", "XXXX-03-03")
    longer = Rule("DATE", "MONTH DAY_NUMBER COMMA", decline, "March 3,", "")
    made = compile_rules([(month, day, longer)]).run(read_words("on March 3, they met"))
    assert [word.meaning for word in made if word.meaning] == [Calendar(month=3, day=3)]


def test_context_in_braces_is_asked_for_but_not_part_of_the_expression() -> None:
    rule = Rule("DATE", "{in} MONTH {!DAY_NUMBER}", lambda c: Calendar(month=c.number("MONTH")), "in March", "XXXX-03")
    cascade = compile_rules([(rule,)])
    spans = [
        [(w.start, w.end) for w in cascade.run(read_words(text)) if w.meaning]
        for text in ("in March", "March", "in March 3")
    ]
    assert spans == [[(3, 8)], [], []]
