"""What parsers get wrong against English grammar, on fixed parses that have the error."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from verify.extract.propositions.find import find_propositions
from verify.extract.propositions.mend import mend
from verify.extract.propositions.render import read_proposition
from verify.extract.propositions.replacements import Replacements
from verify.extract.propositions.tree import Tree

Parse = Callable[[str], Doc]


@pytest.fixture
def read(parse: Parse) -> Callable[[str], list[str]]:
    """The propositions of the sentence that opens so, as they are written."""
    doc = parse("claims_mend")
    tree = mend(Tree(doc))

    def of(opening: str) -> list[str]:
        sentence = next(sent for sent in doc.sents if sent.text.startswith(opening))
        found = [p for p in find_propositions(doc) if sentence.start <= p.head < sentence.end]
        return [read_proposition(tree, p, Replacements({}, frozenset())).text for p in found]

    return of


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        (
            "The museum",
            [
                "The museum is expected to sell boats",
                "The museum is expected to repair roofs",
                "The museum is expected to hire guides",
            ],
        ),
        ("Chile feared", ["They would sell ships", "They would buy planes"]),
    ],
)
def test_a_bare_infinitive_goes_on_the_one_before_it(
    read: Callable[[str], list[str]], opening: str, expected: list[str]
) -> None:
    assert [text for text in read(opening) if "feared" not in text] == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("The dam", ["The dam poses a threat to Peru and its neighbours"]),
        ("For Peru a", ["For Peru, a stronger Chile brings trade"]),
        ("In a field", ["In a field outside the town, a group of men grow beans"]),
        ("For Peru, a", ["A Chile is backed by banks", "For Peru, a Chile poses a problem"]),
        ("The law", ["The law shapes trade in Peru and beyond"]),
        ("The price", ["The price of bread will, in part be set by traders"]),
        ("The mayor", ["The mayor resigned Friday"]),
        (
            "A group of villagers",
            ["Villagers were marching", "A group of villagers from the valley who were marching stopped"],
        ),
        ("The town", ["The court sits in the town", "The town where the court sits is small"]),
        ("There is", ["There is no money"]),
    ],
)
def test_words_are_hung_where_they_can_stand(
    read: Callable[[str], list[str]], opening: str, expected: list[str]
) -> None:
    assert read(opening) == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("Such drills", ["Such drills are often held at sea", "Such drills show trust"]),
        ("The ministers", ["The ministers met", "The ministers talked", "The ministers left"]),
        (
            "Trade with",
            ["Trade with Peru after the war has been slow", "Trade with Peru after the war often brings jobs"],
        ),
    ],
)
def test_the_main_verb_is_the_one_that_carries_tense(
    read: Callable[[str], list[str]], opening: str, expected: list[str]
) -> None:
    assert read(opening) == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("Farmers hurt", ["Farmers are hurt by IS", "Farmers hurt by IS have fled"]),
        ("Peru says", ["IS will use boats"]),
    ],
)
def test_an_acronym_is_no_verb(read: Callable[[str], list[str]], opening: str, expected: list[str]) -> None:
    assert [text for text in read(opening) if "says" not in text] == expected


def test_nothing_is_said_of_a_date_by_apposition(read: Callable[[str], list[str]]) -> None:
    assert read("Peru voted") == ["Peru voted on Monday"]


def test_a_tree_takes_no_circle(parse: Parse) -> None:
    tree = Tree(parse("claims_mend"))
    head = tree.heads[0]
    tree.rehang(head, 0, "dep")
    assert tree.heads[0] == head
    assert head not in tree.children[0]


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("The agency alleged", "Paint in toys harmed children"),
        ("The agency sold", "The agency sold that paint"),
        ("The plan names", "Roads, ports and rails are all paid by Norway"),
        ("The details", "The details, including prices, will be read in Lima and beyond"),
    ],
)
def test_a_proposition_is_among_those_read(read: Callable[[str], list[str]], opening: str, expected: str) -> None:
    assert expected in read(opening)
