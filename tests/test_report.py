"""The pages of a dataset: what they show, and that article text can do nothing in them."""

from __future__ import annotations

import html
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

from verify import pipeline, report, workers
from verify.context import Run
from verify.draft import Tables
from verify.models import Article
from verify.report_view import view_articles
from verify.settings import Settings
from verify.stages import corroborate, flag, tabulate
from verify.staging import InMemory
from verify.tables import Tally, issues_frame

HOSTILE = (
    "<script>document.title = 'owned'</script> Norway bought three ships from Iran in 2019, the ministry in Oslo said. "
    "“<img src=x onerror=\"document.title='owned'\">,” the alleged dealer said. \u202eNorway may sell two ships.\n"
    "{{ 7 * 7 }} Norway’s navy reportedly needs 4 million dollars.\x1b[31m"
)
PLAIN = "Norway bought three ships from Iran in 2019. The price was reportedly 4 million dollars, two officials said."
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")


@pytest.fixture(scope="module")
def tables(nlp: Language) -> Tables:
    """Tables of one plain and one hostile article."""
    from verify.articles import Corpus
    from verify.publishers import Publishers

    articles = (
        Article("n_0000000000000001", "a.txt", PLAIN, title="Ships", text_sha256="0" * 64),
        Article("n_0000000000000002", "<b>.txt", HOSTILE, title="<script>alert(1)</script>", text_sha256="1" * 64),
    )
    run = Run(Settings(), nlp, Publishers())
    found = pipeline.extract(Corpus(articles), run, workers.Alone(run))
    survey = corroborate(found)
    [part] = survey.parts()
    return (
        survey.whole | tabulate(part.fresh, flag(part.fresh, survey), survey) | {"issues": issues_frame(found.issues)}
    )


@pytest.fixture(scope="module")
def page(tables: Tables) -> str:
    return rendered(tables, {"n_0000000000000001": PLAIN, "n_0000000000000002": HOSTILE})


def rendered(tables: Tables, texts: dict[str, str]) -> str:
    stage, tally = InMemory(), Tally()
    stage.write(tables)
    tally.add(tables)
    return report.render_report(stage.rows, tables, tally, texts, version="0")


def test_the_text_of_the_passages_is_the_article(tables: Tables) -> None:
    (view,) = view_articles(tables, {"n_0000000000000001": PLAIN}, ["n_0000000000000001"])
    assert "".join(s.text for passage in view.passages for s in passage.segments) == PLAIN
    assert sum(len(passage.claims) for passage in view.passages) == view.n_claims


def test_every_claim_is_highlighted_where_it_stands(tables: Tables) -> None:
    (view,) = view_articles(tables, {"n_0000000000000001": PLAIN}, ["n_0000000000000001"])
    for passage in view.passages:
        for claim in passage.claims:
            shown = [s.text for p in view.passages for s in p.segments if str(claim.number) in s.claims.split()]
            assert re.sub(r"\W", "", "".join(shown)) in re.sub(r"\W", "", claim.row["text"]) or len(shown) > 1


def test_an_article_without_its_text_is_shown_by_its_claims(tables: Tables) -> None:
    (view,) = view_articles(tables, {}, ["n_0000000000000001"])
    assert view.n_claims == len(view.passages[0].claims) > 0


def test_a_flag_stands_behind_its_words(page: str) -> None:
    assert re.search(r">reportedly</span><sup>hedged</sup>", page)


def test_a_claim_shows_who_does_what_in_it(tables: Tables, page: str) -> None:
    (view,) = view_articles(tables, {"n_0000000000000001": PLAIN}, ["n_0000000000000001"])
    first = view.passages[0].claims[0]
    assert [(role.value, names) for role, names in first.roles] == [("actor", ["Norway"]), ("target", ["Iran"])]
    assert "<dt>target</dt><dd>Iran</dd>" in page
    assert "<dt>worth a check</dt>" in page


def test_nothing_of_an_article_becomes_markup(page: str) -> None:
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "49" not in page.split("<main>")[1] or "{{ 7 * 7 }}" in page
    assert "\u202e" not in page
    assert "\x1b" not in page


def test_the_page_fetches_nothing_and_allows_its_own_script_alone(page: str) -> None:
    policy = r"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[\w+/=]+'"
    assert re.search(policy, html.unescape(page))
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""", page)


def test_the_same_tables_give_the_same_page(tables: Tables, page: str) -> None:
    texts = {"n_0000000000000002": HOSTILE, "n_0000000000000001": PLAIN}
    assert rendered(tables, texts) == page


def test_unsafe_characters_become_visible() -> None:
    assert (
        report.visible("a\x00b\u202ec\ud800d\n")
        == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c\N{REPLACEMENT CHARACTER}d\n"
    )


# -- in a browser ----------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A headless Chromium without network."""
    if not CHROMIUM or not DRIVER:
        if os.environ.get("CI"):  # there a missing browser is a fault of the set-up, not of the machine
            pytest.fail("CI must install chromium and chromedriver: see .ci/run")
        pytest.skip("needs chromium and chromedriver")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    folder = tmp_path_factory.mktemp("profile")
    for word in ("headless", "no-sandbox", "disable-gpu", "disable-background-networking", f"user-data-dir={folder}"):
        options.add_argument(f"--{word}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser, page: str, tmp_path: Path):  # type: ignore[no-untyped-def]
    (tmp_path / "report.html").write_text(page, "utf-8")
    browser.get((tmp_path / "report.html").as_uri())
    return browser


def cards(driver, shown: bool = True) -> list:  # type: ignore[no-untyped-def,type-arg]
    from selenium.webdriver.common.by import By

    return [card for card in driver.find_elements(By.CSS_SELECTOR, ".card") if card.is_displayed() is shown]


@pytest.mark.browser
def test_script_in_an_article_does_not_run(opened) -> None:  # type: ignore[no-untyped-def]
    assert opened.title.startswith("Claims: ")
    assert [entry for entry in opened.get_log("browser") if entry["level"] == "SEVERE"] == []


@pytest.mark.browser
def test_the_flag_filter_hides_other_claims_and_their_highlights(opened) -> None:  # type: ignore[no-untyped-def]
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import Select

    every = len(cards(opened))
    Select(opened.find_element(By.ID, "flag")).select_by_value("hedged")
    left = cards(opened)
    assert 0 < len(left) < every
    assert all("hedged" in card.get_attribute("data-flags").split() for card in left)
    assert opened.find_elements(By.CSS_SELECTOR, ".s.off")
    assert opened.find_element(By.ID, "shown").text == f"{len(left)} of {every} claims"


@pytest.mark.browser
def test_the_confidence_filter_and_the_word_search(opened) -> None:  # type: ignore[no-untyped-def]
    from selenium.webdriver.common.by import By

    opened.find_element(By.CSS_SELECTOR, "input[value=low]").click()
    assert all(card.get_attribute("data-confidence") != "low" for card in cards(opened))
    opened.find_element(By.CSS_SELECTOR, "input[value=low]").click()
    opened.find_element(By.ID, "words").send_keys("three ships")
    assert all("three ships" in card.text.lower() for card in cards(opened))


@pytest.mark.browser
def test_pointing_at_a_claim_marks_its_words(opened) -> None:  # type: ignore[no-untyped-def]
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By

    card = cards(opened)[0]
    ActionChains(opened).move_to_element(card).perform()
    marked = opened.find_elements(By.CSS_SELECTOR, ".s.on")
    assert marked
    assert all(card.get_attribute("data-n") in mark.get_attribute("data-c").split() for mark in marked)
