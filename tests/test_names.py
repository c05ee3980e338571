"""The lexicons of names: complete, with true codes, each name with a meaning."""

from __future__ import annotations

import pycountry
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from verify import lexicon
from verify.extract.mentions.names import LABEL_KINDS, country_names, find_known, key, known_names

ISO = {country.alpha_3: country for country in pycountry.countries}
USER_ASSIGNED = {"XKX"}
# Without inhabitants, without a word of their own, or sharing one with another state.
NO_PEOPLE = {"ALA", "ATA", "ATF", "BES", "BLM", "BVT", "CCK", "COG", "CXR", "DMA", "GGY", "HMD", "IOT", "JEY"} | {
    *("MAF", "MNP", "NFK", "PCN", "SGS", "SHN", "SJM", "SPM", "SXM", "TCA", "UMI", "VAT", "VGB", "VIR", "WLF")
}
DOUBTS = {"person", "place", "country", "organisation", "word"}


def test_every_country_of_the_standard_has_a_name_and_no_code_is_invented() -> None:
    assert set(country_names()) - USER_ASSIGNED == set(ISO)


def test_every_state_has_a_demonym() -> None:
    assert set(ISO) - lexicon.words("demonyms", "code") == NO_PEOPLE


@pytest.mark.parametrize("name", ["demonyms", "capitals", "governments", "militaries"])
def test_codes_of_the_other_lists_are_countries(name: str) -> None:
    assert lexicon.words(name, "code") <= set(country_names())


@pytest.mark.parametrize(
    "name", ["countries", "demonyms", "capitals", "governments", "militaries", "organisations", "groups", "places"]
)
def test_each_list_has_each_name_once_and_says_where_it_comes_from(name: str) -> None:
    rows = lexicon.load(name)
    assert len({row["name"] for row in rows}) == len(rows)
    assert all(set(row["ambiguous"].split()) <= DOUBTS for row in rows)
    assert all(row["name"] == row["name"].strip() and not row["name"].startswith(("the ", "The ")) for row in rows)


def test_labels_are_names_of_ontonotes() -> None:
    assert {known.label for known in known_names().values()} <= set(LABEL_KINDS)


def test_common_names_of_the_standard_are_known() -> None:
    common = {c.alpha_3: getattr(c, "common_name", None) for c in pycountry.countries}
    unknown = {n for code, n in common.items() if n and (n not in known_names() or known_names()[n].code != code)}
    assert unknown == set()


def test_the_longest_name_is_found_in_any_spelling() -> None:
    text = ["Côte", "d’Ivoire", ",", "South", "\n", "Korea", ",", "IRELAND", ",", "People", "’s", "Liberation", "Army"]
    spaces = [word not in ("South", "\n", "People") for word in text]
    doc = Doc(Vocab(), words=text, spaces=spaces)
    found = [(doc[hit.start : hit.end].text.split()[0], hit.known.code) for hit in find_known(doc)]
    assert found == [("Côte", "CIV"), ("South", "KOR"), ("IRELAND", "IRL"), ("People’s", "CHN")]
    assert key("Xi’an\u200e") == "Xi'an"
