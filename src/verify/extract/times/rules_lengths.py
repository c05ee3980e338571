"""The rules for durations, sets and references without a place.

The value of an example is that of an article published on Wednesday 2024-05-15 (tests/test_times_grammar.py).
"""

from __future__ import annotations

from verify.extract.times.build_lengths import every, frequency, length, long_word, vague
from verify.extract.times.cascade import Rule

LENGTHS = (
    Rule("DURATION", "NUMBER ADJECTIVE? (UNIT|UNITS)", length(), "for three consecutive years", "P3Y"),
    Rule("DURATION", "NUMBER DASH (UNIT|UNITS|UNIT_SECOND) (DASH (long|old))?", length(), "a 12-year project", "P12Y"),
    Rule("DURATION", "NUMBER and a HALF (UNIT|UNITS)", length(), "for two and a half years", "P2.5Y"),
    Rule("DURATION", "a NUMBER DASH? (UNIT|UNITS)", length(), "the biggest in a 20 year period", "P20Y"),
    Rule(
        "PERIOD",
        "(the|these|those)? TOWARDS NUMBER ADJECTIVE? (UNIT|UNITS)",
        length(),
        "in the next six months",
        "P6M",
    ),
    Rule("PERIOD", "the? TOWARDS SOME UNITS", length(), "in the next few days", "PXD"),
    Rule("PERIOD", "the? TOWARDS UNITS", length(is_open=True), "in the coming weeks", "PXW"),
    Rule("DURATION", "(a|an) ADJECTIVE? UNIT", length(1), "it took a full day", "P1D"),
    Rule("DURATION", "(a HALF|HALF a|HALF an) UNIT", length(0.5), "for half an hour", "PT0.5H"),
    Rule("DURATION", "(a|the)? SOME of? UNITS", length(), "for several years", "PXY"),
    Rule("DURATION", "UNITS DASH long", length(is_open=True), "a decades-long dispute", "PXY"),
    Rule("DURATION", "UNITS DASH old", length(is_open=True), "a decades-old dispute", "PXY"),
    Rule("DURATION", "HALF DASH UNIT", length(0.5), "a half-century of rule", "P50Y"),
    Rule("DURATION", "LONG", long_word, "a yearlong dispute", "P1Y"),
    Rule("DURATION", "NUMBER DASH and DASH a DASH HALF DASH UNIT", length(), "a two-and-a-half-year term", "P2.5Y"),
    Rule("DURATION", "single DASH UNIT", length(1), "the biggest single-day loss", "P1D"),
    Rule(
        "DURATION",
        "{for|over|in|within|of|just|after|by|through|mere|during|across} (the)? UNITS",
        length(is_open=True),
        "for decades",
        "PXY",
    ),
    Rule("DURATION", "UNITS {in|ago|later|before|after|earlier}", length(is_open=True), "decades in the making", "PXY"),
    Rule("DURATION", "NUMBER (DASH|to|or) NUMBER (UNIT|UNITS)", length(), "for two to three weeks", "P2W"),
)

SETS = (
    Rule("SET", "FREQUENCY", frequency, "the weekly report", "P1W"),
    Rule("SET", "(every|each) (UNIT|WEEKDAY|MONTH|PART)", every, "every Monday", "XXXX-WXX-1"),
    Rule("SET", "every NUMBER UNITS", every, "every two years", "P2Y"),
    Rule("SET", "(on)? WEEKDAYS", every, "closed on Mondays", "XXXX-WXX-1"),
    Rule("SET", "(once|twice|thrice|NUMBER times) (a|per|each|every) UNIT", every, "twice a week", "P1W"),
    Rule("SET", "per UNIT", every, "ten per day", "P1D"),
)

REFERENCES = (
    Rule(
        "DATE VAGUE_DATE",
        "(more|very|most|only|right|until)? VAGUE {!than|as|DASH}",
        vague(),
        "he recently left",
        "PAST_REF",
    ),
    Rule("DATE VAGUE_DATE", "recent UNITS", vague("PAST_REF"), "in recent years", "PAST_REF"),
    Rule(
        "DATE VAGUE_DATE", "recent (times|history|memory)", vague("PAST_REF"), "the worst in recent memory", "PAST_REF"
    ),
    Rule("DATE VAGUE_DATE", "the (recent|distant)? PAST_NOUN", vague("PAST_REF"), "lessons of the past", "PAST_REF"),
    Rule(
        "DATE VAGUE_DATE",
        "the (near|distant|foreseeable|immediate)? FUTURE_NOUN",
        vague("FUTURE_REF"),
        "in the near future",
        "FUTURE_REF",
    ),
    Rule(
        "DATE VAGUE_DATE",
        "the (near|short|medium|long|longer) DASH? term",
        vague("FUTURE_REF"),
        "in the near term",
        "FUTURE_REF",
    ),
    Rule(
        "DATE VAGUE_DATE",
        "the (time being|present day?|moment)",
        vague("PRESENT_REF"),
        "for the time being",
        "PRESENT_REF",
    ),
    Rule("DATE VAGUE_DATE", "{at} (present|the moment)", vague("PRESENT_REF"), "at present", "PRESENT_REF"),
    Rule("DATE VAGUE_DATE", "these days", vague("PRESENT_REF"), "prices these days", "PRESENT_REF"),
    Rule("DATE VAGUE_DATE", "a later (time|date|day)", vague("FUTURE_REF"), "at a later date", "FUTURE_REF"),
)
