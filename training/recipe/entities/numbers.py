"""Dates, times, money, shares, quantities, ordinals and numbers by rule: no open corpus marks them as OntoNotes does.

The rules stand in order; what an earlier one takes no later one may touch. Every repetition is bounded.
"""

# ruff: noqa: E501 - a pattern is easier to read on one line than cut

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

NUMBER_WORD = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|trillion|"
    "dozen|half|zero)"
)
MAGNITUDE = "(?:hundred|thousand|million|billion|trillion|dozen)"
DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?)"
IN_WORDS = rf"{NUMBER_WORD}(?:(?: and |[ -]){NUMBER_WORD}){{0,9}}"
NUMBER = rf"(?:{DIGITS}(?:[ -]{MAGNITUDE})?|(?:an? )?{IN_WORDS})"
RANGE = rf"(?:{NUMBER}(?: ?(?:to|-|–|—|or) ?(?:{DIGITS}(?:[ -]{MAGNITUDE})?|{IN_WORDS}))?)"
ABOUT = (
    "(?:(?:about|around|approximately|nearly|almost|more than|less than|fewer than|at least|at most|up to|over|roughly|"
    "as many as|as much as|an estimated|some|only|just over|just under|just|under|well over) )?"
)
MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|(?:Mon|Tue|Wed|Thu|Thur|Fri|Sat)\.)"
YEAR = r"(?:1[5-9]\d\d|20[0-4]\d)"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
SEASON = "(?:[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter)"
SPAN_OF_DAYS = (
    "(?:years?|months?|weeks?|days?|decades?|century|centuries|quarters?|weekends?|fortnights?|millennia|semesters?)"
)
SPAN_OF_HOURS = "(?:hours?|minutes?|seconds?|mins?|secs?|hrs?)"
PART_OF_DAY = "(?:morning|afternoon|evening|night)"
ZONE = "(?:ET|EST|EDT|PT|PST|PDT|GMT|UTC|CET|BST)"
SIGN = r"(?:US\$|A\$|C\$|NZ\$|HK\$|\$|£|€|¥)"
CURRENCY = (
    "(?:dollars?|euros?|cents|rupees|yen|yuan|rubles|roubles|pesos|shekels|dirhams|riyals|pounds sterling|francs|dinars?|"
    "lira)"
)
UNIT = (
    "(?:kilomet(?:er|re)s?|km²?|miles?|met(?:er|re)s?|feet|foot|ft|inch(?:es)?|centimet(?:er|re)s?|cm|mm|"
    "millimet(?:er|re)s?|kilograms?|kilos?|kg|grams?|tons?|tonnes?|pounds|lbs?|ounces|oz|acres?|hectares?|gallons?|"
    "lit(?:er|re)s?|barrels|degrees(?: (?:Celsius|Fahrenheit))?|°[CF]|mph|km/h|megawatts?|MW|gigawatts?|kilowatts?|knots|"
    "light[ -]years|yards?)"
)
COUNTED = (
    "(?:people|soldiers|men|women|votes|seats|jobs|troops|miles|delegates|students|workers|members|dollars|square|meters|"
    "feet|km|refugees|civilians)"
)
SMALL_AMOUNT = "(?:(?:a )?few|several|a couple of|many|couple of|half an?)"
ORDINAL_WORD = (
    "(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ss]eventh|[Ee]ighth|[Nn]inth|[Tt]enth|[Ee]leventh|"
    "[Tt]welfth|[Tt]hirteenth|[Ff]ourteenth|[Ff]ifteenth|[Tt]wentieth)"
)
THIS_OR_LAST = "(?:last|past|next|coming|previous|following|first|final|recent|same|current)"
SHIFTED = "(?:(?:earlier|later|late|early) )?"
EDGE_OF = "(?:the end of|the beginning of|the start of|the middle of|the rest of)"

RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (label, re.compile(pattern, re.IGNORECASE if ignore_case else 0))
    for label, pattern, ignore_case in (
        (
            "MONEY",
            rf"{ABOUT}{SIGN} ?{DIGITS}(?: ?(?:to|-|–|and) ?{SIGN}? ?{DIGITS})?(?:[ -]?(?:{MAGNITUDE}|mln|bn|[kKmMB]))?\b",
            0,
        ),
        (
            "MONEY",
            rf"\b{ABOUT}{RANGE}(?: ?(?:million|billion))? (?:US |U\.S\. |Canadian |Australian |Hong Kong )?{CURRENCY}\b",
            1,
        ),
        ("PERCENT", rf"\b{ABOUT}{RANGE}(?: ?%| percentage points?\b|[ -]percent\b| per ?cent\b| pct\b)", 1),
        (
            "TIME",
            rf"\b(?:about |around |until |just after |just before )?\d{{1,2}}(?:[:.]\d\d)?(?: ?(?:-|–|to) ?\d{{1,2}}(?:[:.]\d\d)?)? ?(?:[ap]\.m\.|[ap]m\b|[AP]\.M\.|[AP]M\b|o'clock\b)(?: {ZONE}\b)?",
            0,
        ),
        ("TIME", rf"\b\d{{1,2}}:\d\d(?::\d\d)?(?: ?{ZONE})?\b", 0),
        (
            "TIME",
            rf"\b{SHIFTED}(?:{WEEKDAY}|yesterday|tomorrow|this|that|last|every|each|one|the previous|the next|the same|the) (?:early |late )?{PART_OF_DAY}s?\b",
            0,
        ),
        ("TIME", r"\b(?:tonight|midnight|midday|overnight|noon)\b", 0),
        (
            "TIME",
            rf"\b(?:(?:the )?{THIS_OR_LAST} )?{ABOUT}(?:{RANGE}|{SMALL_AMOUNT})(?: more)?[ -]{SPAN_OF_HOURS}(?: (?:ago|later|earlier|before|after))?\b",
            0,
        ),
        ("TIME", r"\b(?:an hour|a minute|hours|minutes)(?: (?:ago|later|earlier))?\b", 0),
        (
            "DATE",
            rf"\b(?:{WEEKDAY},? (?:the )?)?(?:{DAY} (?:of )?{MONTH}|{MONTH} {DAY}\b(?!:)(?: ?(?:-|–|to|and) ?(?:{MONTH} )?{DAY}\b)?)(?:,? {YEAR})?\b",
            0,
        ),
        (
            "DATE",
            rf"\b(?:(?:early|late|mid|mid-|{EDGE_OF}|last|this|next|the {SEASON} of) ?-?)?{MONTH}(?:,? (?:of )?{YEAR})?(?= |\.|,|;|\)|’|'|$|\n|-|–|:|\?|!|”|\")",
            0,
        ),
        ("DATE", r"\b(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}\b|\b\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d\d\b", 0),
        (
            "DATE",
            rf"\b(?:the )?(?:(?:early|late|mid|mid-)[ -]?)?(?:1\d|20)\d0s\b|(?<!\w)['’][1-9]0s\b|\bthe (?:early |late |mid-)?(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORD}|nineteenth|twenty-first) century\b",
            0,
        ),
        ("DATE", rf"\b(?:last|this|next|every|each|the following|the previous)? ?{WEEKDAY}\b", 0),
        (
            "DATE",
            rf"\b{SHIFTED}(?:today|yesterday|tomorrow|Today|Yesterday|Tomorrow)\b|\bthe day (?:before|after)(?: (?:yesterday|tomorrow))?\b",
            0,
        ),
        (
            "DATE",
            rf"\b{SHIFTED}(?:(?:the )?{THIS_OR_LAST}|this|that|each|every|the|recent) (?:(?:{NUMBER}|few|several|couple of) )?(?:{SPAN_OF_DAYS}|{SEASON})\b(?: (?:ago|earlier|later))?",
            0,
        ),
        (
            "DATE",
            rf"\b{ABOUT}(?:{RANGE}|{SMALL_AMOUNT})(?: more)?[ -](?:calendar |business |fiscal )?{SPAN_OF_DAYS}(?:[ -]old\b| ago\b| later\b| earlier\b| before\b)?\b",
            0,
        ),
        (
            "DATE",
            rf"\ban? {SPAN_OF_DAYS} (?:ago|later|earlier)\b|\b(?:years|months|weeks|decades|centuries|days)(?: (?:ago|later|earlier))?\b",
            0,
        ),
        ("DATE", r"\b(?:[Dd]aily|[Ww]eekly|[Mm]onthly|[Yy]early|[Aa]nnual(?:ly)?|[Qq]uarterly|bi-weekly)\b", 0),
        (
            "DATE",
            rf"\b(?:(?:{EDGE_OF}|the {SEASON} of|early|late|mid|mid-|fiscal|fiscal year|{SEASON}(?: of)?) ?-?)?{YEAR}(?: ?[-–] ?(?:{YEAR}|\d\d))?\b(?! {COUNTED}\b)(?![,.:]\d)(?!%)",
            0,
        ),
        ("QUANTITY", rf"\b{ABOUT}{RANGE}[ -]?(?:square |cubic |metric |nautical )?{UNIT}\b", 0),
        ("ORDINAL", rf"\b(?:{ORDINAL_WORD}|\d{{1,3}}(?:st|nd|rd|th))\b(?! (?:Lady|Amendment|Street|Avenue|St\.))", 0),
        (
            "CARDINAL",
            rf"\b{ABOUT}(?:[Tt]ens of thousands|[Hh]undreds of thousands|[Dd]ozens|[Hh]undreds|[Tt]housands|[Mm]illions|[Bb]illions)(?: of (?:thousands|millions))?\b",
            0,
        ),
    )
)
ABOUT_BEFORE = re.compile(
    r"\b(?:about|around|approximately|nearly|almost|more than|less than|fewer than|at least|at most|up to|over|roughly|"
    r"as many as|as much as|an estimated) $",
    re.IGNORECASE,
)
MAY_WIDEN = {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY"}
NOT_A_NUMBER = re.compile(r"[@#_/]|\d-\d|www|http|^[IVX]+$")
CARDINALS = frozenset(NUMBER_WORD.removeprefix("(?:").removesuffix(")").split("|"))


def number_entities(doc: Doc, taken: set[int]) -> list[Span]:
    """Find dates, times, amounts and numbers.

    Args:
        doc: A tokenized text; Penn Treebank tags are used where it has them.
        taken: Tokens that already are in an entity; those found are added.

    Returns:
        Spans that do not overlap each other nor `taken`.
    """
    found: list[Span] = []
    for label, pattern in RULES:
        for match in pattern.finditer(doc.text):
            span = _span(doc, match, label)
            if span is not None and not taken & set(range(span.start, span.end)) and not _is_other_word(span, label):
                found.append(span)
                taken |= set(range(span.start, span.end))
    for span in _cardinals(doc, taken):
        found.append(span)
        taken |= set(range(span.start, span.end))
    return sorted(found, key=lambda span: span.start)


def _span(doc: Doc, match: re.Match[str], label: str) -> Span | None:
    text = match[0]
    if "\n" in text:
        return None
    start = match.start() + len(text) - len(text.lstrip())
    end = match.end() - len(text) + len(text.rstrip())
    span = doc.char_span(start, end, label=label)
    if span is None and label in MAY_WIDEN:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
    return span


def _is_other_word(span: Span, label: str) -> bool:
    """Say whether "May", "March" or "second" is no month and no ordinal here."""
    first = span[0]
    if label == "DATE" and span.text.lower() in ("may", "march"):
        proper = first.tag_.startswith("NNP") if first.tag_ else first.text.istitle()
        return not proper or (span.text == "May" and first.i == 0)
    return label == "ORDINAL" and span.text.lower() == "second" and first.tag_ in ("NN", "VB")


def _is_number(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.tag_:
        return token.tag_ == "CD"
    return (
        bool(token.like_num)
        and not re.fullmatch(r"\d*(?:st|nd|rd|th)", token.lower_)
        and (token.lower_ in CARDINALS or not token.is_alpha)
    )


def _cardinals(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Yield the runs of number words that no other rule took."""
    i = 0
    while i < len(doc):
        if i in taken or not _is_number(doc, i):
            i += 1
            continue
        end = _end_of_number(doc, i, taken)
        start = _with_about(doc, i, taken)
        text = doc[i:end].text
        if any(c.isalnum() for c in text) and not NOT_A_NUMBER.search(text):
            yield Span(doc, start, end, label="CARDINAL")
        i = end


def _end_of_number(doc: Doc, i: int, taken: set[int]) -> int:
    end = i + 1
    while end < len(doc) and end not in taken:
        hyphen = doc[end].text == "-" and not doc[end].whitespace_ and end + 1 < len(doc)
        if _is_number(doc, end):
            end += 1
        elif hyphen and end + 1 not in taken and _is_number(doc, end + 1):
            end += 2
        else:
            break
    return end


def _with_about(doc: Doc, i: int, taken: set[int]) -> int:
    """Return where a number starts with "about", "more than" and the like before it."""
    at = doc[i].idx
    before = doc.text[max(0, at - 20) : at]
    match = ABOUT_BEFORE.search(before)
    if not match:
        return i
    span = doc.char_span(at - len(before) + match.start(), at + len(doc[i]))
    return span.start if span is not None and not taken & set(range(span.start, i)) else i


def people_entities(doc: Doc, taken: set[int], peoples: frozenset[str], prefixes: Sequence[str]) -> list[Span]:
    """Find adjectives and names of peoples, with "North", "South" and the like before them."""
    found = []
    for token in doc:
        if token.text in peoples and token.i not in taken:
            start = (
                token.i - 1 if token.i and doc[token.i - 1].text in prefixes and token.i - 1 not in taken else token.i
            )
            start = start if doc[start : token.i + 1].text in peoples else token.i
            found.append(Span(doc, start, token.i + 1, label="NORP"))
            taken |= set(range(start, token.i + 1))
    return found
