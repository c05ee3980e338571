"""Claims put together from fixed parses, with findings made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from verify.extract.claims.evidence import rated_word
from verify.extract.claims.find import find_claims
from verify.extract.factuality.rate import Rating
from verify.extract.propositions.find import find_propositions
from verify.extract.propositions.tree import Tree
from verify.models import Attribution, Claim, Hedge, Mention, Quantity, Span, Time
from verify.terms import ActorKind, CueClass, Factuality, HedgeClass, Polarity, SourceKind, TimeType

Parse = Callable[[str], Doc]
AFFIRMED = Rating(3.0, Polarity.POSITIVE, Factuality.CERTAIN)
DENIED = Rating(-3.0, Polarity.NEGATIVE, Factuality.CERTAIN)
LABELS = (
    *("ROOT", "nsubj", "dobj", "conj", "cc", "prep", "pobj", "relcl", "acl", "advcl", "xcomp", "ccomp", "appos"),
    *("punct", "aux", "mark", "neg"),
)
NOTHING: dict[str, Any] = {
    "mentions": (),
    "resolved": {},
    "attributions": (),
    "times": (),
    "hedges": (),
    "quantities": (),
}


@pytest.fixture(autouse=True)
def plain_rating(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every verb is certain, and denied where a negation hangs on it: how verbs are rated is tested elsewhere."""

    def rate(doc: Doc, heads: Iterable[int]) -> dict[int, Rating]:
        return {head: DENIED if any(c.dep_ == "neg" for c in doc[head].children) else AFFIRMED for head in heads}

    monkeypatch.setattr("verify.extract.claims.find.rate", rate)


def at(doc: Doc, text: str) -> Span:
    """Where the words stand; they must stand once."""
    assert doc.text.count(text) == 1, text
    start = doc.text.index(text)
    return Span(start, start + len(text))


def claims(doc: Doc, **found: Any) -> list[Claim]:
    return find_claims(doc, **NOTHING | found)


def one(doc: Doc, proposition: str, **found: Any) -> Claim:
    return next(claim for claim in claims(doc, **found) if claim.proposition == proposition)


def said(doc: Doc, source: str, cue: str, content: str) -> Attribution:
    spans = [(at(doc, part),) if part else () for part in (source, cue, content)]
    return Attribution(
        *spans,
        source_text=source,
        cue_text=cue,
        source_name=source,
        source_kind=SourceKind.NAMED_PERSON,
        cue_class=CueClass.SAYS,
    )


def hedge(doc: Doc, text: str, scope: str, kind: HedgeClass) -> Hedge:
    return Hedge(at(doc, text), text, kind, (at(doc, scope),))


@pytest.mark.parametrize(
    "proposition",
    [
        "The ships are built by a Spanish yard",
        "The ships carry helicopters",
        "The pact was signed in 2019",
        "The pact signed in 2019 gives them new rights",
        "The navy held the drills in May",
        "A farmer’s barn burned",
        "The frigates dock in the port",
        "The envoy is a former judge",
        "Carlos Melo is Brazil's foreign minister",
        "Anna Berg is President",
    ],
)
def test_propositions_read_on_their_own(parse: Parse, proposition: str) -> None:
    assert proposition in [claim.proposition for claim in claims(parse("claims_modifiers"))]


def test_presupposed_claims_read_as_statements(parse: Parse) -> None:
    texts = [claim.proposition for claim in claims(parse("claims_scope"))]
    assert texts[:3] == [
        "Chile's aid to Peru extends to food",
        "Chile's aid to Peru extends to medical advice",
        "Chile's aid to Peru extends to alleged arms sales",
    ]
    assert {"The agency trains reservists", "The agency trains cadets", "The agency trains pilots"} <= set(texts)


def test_an_allegation_stays_with_its_own_claim(parse: Parse) -> None:
    doc = parse("claims_scope")
    alleged = hedge(doc, "alleged", "arms sales", HedgeClass.EVIDENTIAL)
    nobody = Attribution((), (at(doc, "alleged"),), (at(doc, "arms sales"),), cue_text="alleged")
    found = claims(doc, hedges=[alleged], attributions=[nobody])
    advice = next(claim for claim in found if "advice" in claim.proposition)
    sales = next(claim for claim in found if "sales" in claim.proposition)
    assert (advice.hedges, advice.attributions, advice.factuality) == ((), (), Factuality.CERTAIN)
    assert (sales.hedges, sales.attributions, sales.factuality) == ((alleged,), (nobody,), Factuality.POSSIBLE)


def test_a_reporting_clause_gives_way_to_what_it_reports(parse: Parse) -> None:
    doc = parse("claims_reporting")
    lopez = said(doc, "Lopez", "said", "that the two countries signed a pact")
    ministry = said(doc, "The ministry", "told", "that the port had reopened")
    found = claims(doc, attributions=[lopez, ministry])
    texts = [claim.proposition for claim in found]
    assert one(doc, "The two countries signed a pact", attributions=[lopez]).attributions == (lopez,)
    assert next(c for c in found if c.proposition == "The port had reopened").attributions == (ministry,)
    assert not any(text.startswith(("Lopez said", "On Monday, Lopez", "The ministry told")) for text in texts)


def test_a_clause_that_reports_no_clause_is_a_claim(parse: Parse) -> None:
    doc = parse("claims_reporting")
    court = said(doc, "The court", "announced", "the release of a sailor who was held in Oman")
    texts = [claim.proposition for claim in claims(doc, attributions=[court])]
    assert "The court announced the release of a sailor who was held in Oman" in texts
    assert "A sailor was held in Oman" in texts


def test_the_words_that_name_the_source_are_no_part_of_the_claim(parse: Parse) -> None:
    doc = parse("claims_reporting")
    mayor = said(doc, "the mayor", "according to", "The port closed on Friday")
    claim = one(doc, "The port closed on Friday", attributions=[mayor])
    assert claim.attributions == (mayor,)
    assert claim.text == "The port closed on Friday"


def test_a_raised_infinitive_is_as_certain_as_its_verb(parse: Parse) -> None:
    doc = parse("claims_reporting")
    likely = next(p for p in find_propositions(doc) if doc[p.head].text == "is")
    assert doc[rated_word(Tree(doc), likely)].text == "close"
    doc = parse("claims_clauses")
    agreed = next(p for p in find_propositions(doc) if doc[p.head].text == "agreed")
    assert doc[rated_word(Tree(doc), agreed)].text == "agreed"


@pytest.mark.parametrize(
    ("proposition", "polarity"),
    [
        ("The plan is not a threat", Polarity.NEGATIVE),
        ("The plan is an offer", Polarity.POSITIVE),
        ("The talks are about trade", Polarity.POSITIVE),
    ],
)
def test_polarity_follows_the_side_of_the_contrast(parse: Parse, proposition: str, polarity: Polarity) -> None:
    assert one(parse("claims_scope"), proposition).polarity is polarity


def test_a_passive_is_turned_for_the_columns(parse: Parse) -> None:
    claim = one(parse("claims_clauses"), "The report was written by two engineers")
    assert claim.subject is not None
    assert claim.object is not None
    assert (claim.subject.text, claim.predicate.text, claim.object.text) == ("two engineers", "wrote", "The report")


def test_a_preposition_goes_with_the_predicate(parse: Parse) -> None:
    claim = one(parse("claims_clauses"), "The fleet will sail to Malta")
    assert claim.object is not None
    assert (claim.predicate.text, claim.object.text) == ("will sail to", "Malta")


def test_a_pronoun_is_filled_in_or_flagged(parse: Parse) -> None:
    doc = parse("claims_clauses")
    token = next(t for t in doc if t.text == "it")
    span = Span(token.idx, token.idx + 2)
    treaty = Mention(span, "it", "PRON", ActorKind.OTHER, "the Treaty of Oslo", is_inferred=True)
    filled = one(doc, "Norway ratified the Treaty of Oslo in June", resolved={token.i: treaty})
    assert filled.is_inferred
    assert not filled.is_pronoun_unresolved
    assert treaty in filled.mentions
    left_open = one(doc, "Norway ratified it in June", resolved={token.i: None})
    assert left_open.is_pronoun_unresolved
    assert not left_open.is_inferred


def test_a_description_is_filled_in_as_a_whole(parse: Parse) -> None:
    doc = parse("claims_reporting")
    head = next(token.i for token in doc if token.text == "countries")
    span = at(doc, "the two countries")
    both = Mention(span, "the two countries", "PRON", ActorKind.COUNTRY, "Peru and Chile", is_inferred=True)
    claim = one(doc, "Peru and Chile signed a pact", resolved={head: both})
    assert claim.is_inferred
    assert claim.subject is not None
    assert (claim.subject.text, claim.subject.spans) == ("Peru and Chile", (span,))


def test_a_name_that_was_just_read_is_not_repeated(parse: Parse) -> None:
    doc = parse("claims_pronouns")
    own = next(token for token in doc if token.text == "its")
    norway = Mention(Span(own.idx, own.idx + 3), "its", "PRON", ActorKind.COUNTRY, "Norway", is_inferred=True)
    claim = one(doc, "Norway raised its budget", resolved={own.i: norway})
    assert not claim.is_inferred
    left_open = one(doc, "Norway raised its budget", resolved={own.i: None})
    assert not left_open.is_pronoun_unresolved


def test_an_empty_it_stands_for_nothing(parse: Parse) -> None:
    doc = parse("claims_pronouns")
    assert not one(doc, "The port will close").is_pronoun_unresolved
    assert not any(claim.proposition.startswith("It is clear") for claim in claims(doc))
    assert one(doc, "It sank").is_pronoun_unresolved


def test_findings_go_to_the_claim_whose_words_they_are(parse: Parse) -> None:
    doc = parse("claims_clauses")
    may = Time(at(doc, "May"), "May", TimeType.DATE, "XXXX-05")
    two = Quantity(at(doc, "two frigates"), "two frigates", 2.0, counted="frigates")
    norway = Mention(at(doc, "Norway"), "Norway", "GPE", ActorKind.COUNTRY, "Norway", code="NOR")
    found = claims(doc, times=[may], quantities=[two], mentions=[norway])
    by_text = {claim.proposition: claim for claim in found}
    assert by_text["Norway signed the treaty in May"].times == (may,)
    assert by_text["Norway ratified it in June"].times == ()
    assert by_text["Norway ratified it in June"].mentions == (norway,)
    assert by_text["The navy bought two frigates"].quantities == (two,)
    assert by_text["The navy bought a submarine"].quantities == ()


def test_the_section_is_the_heading_above(parse: Parse) -> None:
    doc = parse("claims_clauses")
    second = list(doc.sents)[1]
    doc.spans["blocks"] = [
        DocSpan(doc, 0, second.start, label="heading"),
        DocSpan(doc, second.start, len(doc), label="paragraph"),
    ]
    found = claims(doc)
    assert {claim.section for claim in found} == {doc[: second.start].text.strip()}
    assert min(claim.sentence for claim in found) == 1


@pytest.mark.parametrize(
    "name", ["claims_clauses", "claims_modifiers", "claims_scope", "claims_reporting", "claims_kinds"]
)
def test_text_is_the_smallest_stretch_that_holds_the_words(parse: Parse, name: str) -> None:
    doc = parse(name)
    for claim in claims(doc):
        assert doc.text[claim.span.start : claim.span.end] == claim.text
        for phrase in filter(None, (claim.subject, claim.predicate)):
            assert all(claim.span.contains(piece) for piece in phrase.spans)
        assert claim.spans == tuple(sorted(claim.spans))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_parse_however_wrong_breaks_the_reading(data: st.DataObject) -> None:
    """Heads and labels at random: what hostile text can make of a parser."""
    from spacy.vocab import Vocab

    size = data.draw(st.integers(1, 14))
    word = st.sampled_from(
        ["that", "ships", "sail", ",", "(", ")", "and", "not", "to", "who", "beyond", "it", "\n", "?"]
    )
    label = st.sampled_from(LABELS)
    tag = st.sampled_from(["NN", "NNS", "NNP", "VBD", "VBG", "VB", "TO", "IN", "WDT", ",", "DT", "PRP"])
    words = data.draw(st.lists(word, min_size=size, max_size=size))
    heads = [data.draw(st.integers(0, i)) for i in range(size)]
    doc = Doc(
        Vocab(),
        words=words,
        heads=heads,
        deps=data.draw(st.lists(label, min_size=size, max_size=size)),
        tags=data.draw(st.lists(tag, min_size=size, max_size=size)),
        lemmas=words,
        pos=["NOUN"] * size,
    )
    for claim in claims(doc):
        assert doc.text[claim.span.start : claim.span.end] == claim.text
        assert claim.proposition


def test_a_phrase_for_two_states_is_filled_in_and_this_and_such_are_marked(parse: Parse) -> None:
    doc = parse("claims_pointing")
    states = [
        Mention(at(doc, name), name, "GPE", ActorKind.COUNTRY, name, code)
        for name, code in (("Norway", "NOR"), ("Peru", "PER"))
    ]
    agreed = one(doc, "Norway and Peru agreed to share data", mentions=states)
    assert agreed.is_inferred
    assert [(mention.text, mention.code) for mention in agreed.mentions] == [
        ("Both countries", "NOR"),
        ("Both countries", "PER"),
    ]
    assert one(doc, "Both countries agreed to share data").is_pronoun_unresolved
    assert one(doc, "These exercises serve two purposes").is_pronoun_unresolved
    assert not one(doc, "Norway and Peru met in June").is_pronoun_unresolved


def test_which_speaks_of_the_clause_before_it_or_of_the_noun_beside_it(parse: Parse) -> None:
    found = {claim.proposition: claim for claim in claims(parse("claims_which"))}
    assert {"Two boats were carrying rifles", "Peru has a yard", "A law taxes rifles"} <= found.keys()
    for whole in (
        "That the company sold its ships angered the union",
        "That the council cut its loans was a mistake",
        "That exports fell in May reflects a shift to gas",
    ):
        assert found[whole].is_inferred
        assert found[whole].subject is not None
        assert found[whole].subject.text.startswith("that ")


def test_a_passive_without_its_auxiliary_is_given_one(parse: Parse) -> None:
    assert one(parse("claims_bare_passive"), "Such drills are often held in spring")
