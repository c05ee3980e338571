"""The rules that read propositions, on fixed parses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc, Span

from verify.extract.propositions.events import find_events
from verify.extract.propositions.find import Construction, Proposition, find_propositions
from verify.extract.propositions.render import read_proposition
from verify.extract.propositions.replacements import Replacements
from verify.extract.propositions.tree import Tree

Parse = Callable[[str], Doc]


def words(doc: Doc, tokens: tuple[int, ...]) -> str:
    return " ".join(doc[token].text for token in tokens)


def read(doc: Doc, opening: str) -> list[str]:
    """The propositions of the sentence that opens so, as subject | predicate | arguments."""
    start = next(sent.start for sent in doc.sents if sent.text.startswith(opening))
    found = [p for p in find_propositions(doc) if doc[p.head].sent.start == start]
    return [" | ".join(filter(None, fields(doc, p))) for p in found]


def fields(doc: Doc, p: Proposition) -> list[str]:
    predicate = p.implied if p.implied else words(doc, p.predicate)
    return [words(doc, p.subject), predicate, *(words(doc, a.tokens) for a in p.arguments)]


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("The navy bought", ["The navy | bought | two frigates", "The navy | bought | a submarine"]),
        ("Salvors freed", ["Salvors | freed | the ferry", "it | struck | a reef"]),
        ("Two hours before", ["the vote | began", "Tuvalu | left | the hall"]),
        ("The mayor resigned", ["The mayor | resigned", "police | searched | his office"]),
        ("Norway signed", ["Norway | signed | the treaty | in May", "Norway | ratified | it | in June"]),
        ("The fleet will", ["The fleet | will sail | to Malta", "The fleet | will train | with local crews"]),
        ("Trade between", ["Trade between Peru and Chile | grew"]),
        ("The minister met", ["The minister | met | the trust and coordination teams"]),
        ("Dockers load", ["Dockers | load | the ships", "Dockers | unload | the ships"]),
        (
            "The strikes destroyed",
            [
                "The strikes | destroyed | a truck",
                "The strikes | destroyed | a bridge",
                "The strikes | destroyed | a tank",
            ],
        ),
        (
            "The council did",
            ["The council | did not approve | tariffs", "The council | did not approve | quotas"],
        ),
        (
            "The two sides agreed",
            ["The two sides | agreed to expand | trade", "The two sides | agreed to lower | tariffs"],
        ),
    ],
)
def test_coordination_is_distributed_where_each_member_holds(parse: Parse, opening: str, expected: list[str]) -> None:
    assert sorted(read(parse("claims_clauses"), opening)) == sorted(expected)


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        (
            "The ships, built",
            [("participial", "The ships | built | by a Spanish yard"), ("clause", "The ships | carry | helicopters")],
        ),
        (
            "The pact signed",
            [
                ("participial", "The pact | signed | in 2019"),
                ("clause", "The pact signed in 2019 | protects | fishermen"),
                ("participial", "The pact signed in 2019 | giving | them | new rights"),
            ],
        ),
        (
            "The drills that",
            [
                ("relative", "the navy | held | in May | The drills"),
                ("clause", "The drills that the navy held in May | cost | three million euros"),
            ],
        ),
        (
            "Fishermen who",
            [
                ("relative", "Fishermen | work | off Iceland"),
                ("clause", "Fishermen who work off Iceland | oppose | the port where the frigates dock"),
                ("relative", "the frigates | dock | the port where"),
            ],
        ),
        (
            "A farmer whose",
            [
                ("relative", "A farmer whose barn | burned"),
                ("clause", "A farmer whose barn burned | sued | the company"),
            ],
        ),
        (
            "The envoy, a",
            [("appositive", "The envoy | is | a former judge"), ("clause", "The envoy | spoke | in Geneva")],
        ),
        (
            "President Anna",
            [
                ("appositive", "Anna Berg | is | President"),
                ("clause", "President Anna Berg | met | Brazil 's foreign minister"),
                ("appositive", "Carlos Melo | is | Brazil 's foreign minister"),
                ("possessive", "Brazil | has | foreign minister"),
            ],
        ),
    ],
)
def test_modifiers_give_propositions_of_their_own(parse: Parse, opening: str, expected: list[tuple[str, str]]) -> None:
    doc = parse("claims_modifiers")
    start = next(sent.start for sent in doc.sents if sent.text.startswith(opening))
    found = [p for p in find_propositions(doc) if doc[p.head].sent.start == start]
    got = [(str(p.construction), " | ".join(filter(None, fields(doc, p)))) for p in found]
    assert sorted(got) == sorted(expected)


def test_a_presupposed_object_is_read_apart_from_what_is_added(parse: Parse) -> None:
    assert read(parse("claims_scope"), "Chile's aid") == [
        "Chile | has | aid to Peru",
        "Chile 's aid to Peru | extends to | beyond food",
        "Chile 's aid to Peru | extends | to medical advice",
        "Chile 's aid to Peru | extends | to alleged arms sales",
    ]


def test_what_is_included_is_named_apart(parse: Parse) -> None:
    assert sorted(read(parse("claims_scope"), "The agency trains")) == [
        "The agency | trains | including cadets",
        "The agency | trains | including reservists",
        "The agency | trains | pilots",
    ]


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("The plan is", [("The plan | is not | a threat", False), ("The plan | is | an offer", True)]),
        ("The talks are", [("The talks | are | about trade", True), ("The talks | are | also about fishing", True)]),
    ],
)
def test_a_negation_stops_at_its_contrast(parse: Parse, opening: str, expected: list[tuple[str, bool]]) -> None:
    doc = parse("claims_scope")
    start = next(sent.start for sent in doc.sents if sent.text.startswith(opening))
    found = [p for p in find_propositions(doc) if doc[p.head].sent.start == start]
    assert [(" | ".join(filter(None, fields(doc, p))), p.is_negation_lifted) for p in found] == expected


@pytest.mark.parametrize("opening", ["Will the dam", "Please share"])
def test_questions_and_orders_say_nothing(parse: Parse, opening: str) -> None:
    assert read(parse("claims_scope"), opening) == []


def test_a_condition_stays_with_what_depends_on_it(parse: Parse) -> None:
    assert read(parse("claims_scope"), "If the dam") == ["the valley | will flood | If the dam breaks"]


def test_a_passive_names_its_agent(parse: Parse) -> None:
    doc = parse("claims_clauses")
    report = next(p for p in find_propositions(doc) if words(doc, p.subject) == "The report")
    assert report.is_passive
    assert [str(a.role) for a in report.arguments] == ["agent"]


def test_headings_give_no_proposition(parse: Parse) -> None:
    doc = parse("claims_clauses")
    assert find_propositions(doc)
    doc.spans["blocks"] = [Span(doc, 0, len(doc), label="heading")]
    assert find_propositions(doc) == []


@pytest.mark.parametrize("name", ["claims_clauses", "claims_modifiers", "claims_scope", "claims_reporting"])
def test_every_proposition_keeps_to_its_sentence_and_its_order(parse: Parse, name: str) -> None:
    doc = parse(name)
    for p in find_propositions(doc):
        assert len({doc[t].sent.start for t in p.tokens}) == 1
        assert list(p.tokens) == sorted(set(p.tokens))
        assert p.embedded <= set(p.tokens)
        assert p.construction in Construction


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("At first sight", ["the plan | seems odd | At first sight"]),
        (
            "Raids in",
            ["Raids in Peru | have killed | farmers", "Raids in Peru that have killed farmers | hurt | trade"],
        ),
        ("IS fled", ["IS | fled | the town"]),
        (
            "Chile's help",
            [
                "Chile | has | help",
                "Chile 's help | extends to | beyond food",
                "Chile 's help | extends | to loans",
                "Chile 's help | extends | to alleged sales",
            ],
        ),
    ],
)
def test_common_errors_of_parsers_are_undone(parse: Parse, opening: str, expected: list[str]) -> None:
    assert read(parse("claims_repairs"), opening) == expected


def test_a_participle_set_off_from_the_object_is_about_the_subject(parse: Parse) -> None:
    doc = parse("claims_supplement")
    assert "The firm | earning | billions" in read(doc, "The firm")
    assert "a man | carrying | a gun" in read(doc, "He met")


@pytest.mark.parametrize(
    ("text", "tags", "heads", "expected"),
    [
        (
            "The seizure of the tanker by Norway hurt trade",
            "DT NN IN DT NN IN NNP VBD NN",
            [1, 7, 1, 4, 2, 4, 5, 7, 7],  # "by" hangs on the nearest noun
            ["Norway seized the tanker"],
        ),
        (
            "Norway 's seizure of rifles hurt trade",
            "NNP POS NN IN NNS VBD NN",
            [2, 0, 5, 2, 3, 5, 5],
            ["Norway seized rifles"],
        ),
        ("A seizure of rifles by Norway hurt trade", "DT NN IN NNS IN NNP VBD NN", [1, 6, 1, 2, 1, 4, 6, 6], []),
        ("Peru urged the release of rifles by Chile", "NNP VBD DT NN IN NNS IN NNP", [1, 1, 3, 1, 3, 4, 3, 6], []),
        (
            "Peru saw the release of rifles by Chile",
            "NNP VBD DT NN IN NNS IN NNP",
            [1, 1, 3, 1, 3, 4, 3, 6],
            ["Chile released rifles"],
        ),
    ],
)
def test_an_act_told_by_a_noun_with_both_sides_is_read(
    text: str, tags: str, heads: list[int], expected: list[str]
) -> None:
    words = text.split()
    deps = ["dobj" if tag == "NN" and heads[i] == 1 and i > 1 else "dep" for i, tag in enumerate(tags.split())]
    pos = ["VERB" if tag.startswith("VB") else "X" for tag in tags.split()]
    vocab = spacy.blank("en").vocab
    lemmas = ["urge" if word == "urged" else word for word in words]
    doc = Doc(vocab, words=words, tags=tags.split(), pos=pos, lemmas=lemmas, heads=heads, deps=deps)
    tree = Tree(doc)
    found = list(find_events(tree, 0, len(doc)))
    nothing = Replacements({}, frozenset())
    assert [read_proposition(tree, proposition, nothing).text for proposition in found] == expected
    assert all(proposition.construction is Construction.NOMINAL for proposition in found)
