"""Strings made to run expressions away, and a measure of how time grows with their length."""

from __future__ import annotations

import time
from collections.abc import Callable

LENGTH = 8_000  # characters, against a quarter of them: linear time gives a ratio of 4, the square of it 16
MOST = 9.0  # the ratio that is still taken for linear
FREE = 0.03  # seconds that a string may always take; what grows with the square takes several times as long
PIECES = (
    *(
        "a",
        "A",
        "é",
        "1",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\u00a0",
        ".",
        ",",
        "-",
        "—",
        "_",
        "*",
        "#",
        "`",
        "~",
        "=",
        "/",
        "\\",
    ),
    *(
        "'",
        '"',
        "“",
        "”",
        "‘",
        "’",
        "(",
        ")",
        "[",
        "]",
        "{",
        "<",
        ">",
        "|",
        "$",
        "%",
        "&",
        "@",
        ":",
        "!",
        "?",
        "…",
        "\0",
    ),
    *("e\u0301", "\u200b", "\u202e", "\u00ad", "\ufeff", "İ", "ﬁ", "🙂", "\U000e0041"),
    *(
        "a ",
        "A ",
        "Aa ",
        "AA ",
        "A. ",
        "a.",
        "a-",
        "a'",
        "a, ",
        "a@",
        "a@a.",
        "1,",
        "1.",
        "1 ",
        "1/",
        "1-",
        "1:",
        "$1 ",
    ),
    *(
        "() ",
        "[a]",
        "[a](",
        "](",
        "![",
        "<a ",
        "<p>",
        "</p>",
        "<div><p>",
        "<!--",
        "&amp;",
        "<meta ",
        "http://",
        "www.a",
    ),
    *("---\n", "- a\n", "1. a\n", "> ", "> > a\n", "# A\n", "| a |\n", "```\n", "a\n\n", "A\n=\n", "* * *\n", "By A, "),
    *(
        "OSLO (A) - ",
        "He said “a” ",
        "“a.” A",
        "a.A",
        "a. A",
        "half a ",
        "and a ",
        "of the ",
        "two ",
        "Monday ",
        "May 1, ",
    ),
    *(
        "last ",
        "between ",
        "the 1st of ",
        "million ",
        "about ",
        "no more than ",
        "10 to ",
        "km ",
        "per ",
        "× 10 ",
        "(1) ",
    ),
)
END = "!"  # makes an expression give up after all


def repeated(piece: str, length: int, end: str = "") -> str:
    """Return a string of so many characters that repeats a piece."""
    return (piece * (length // len(piece) + 1))[: length - len(end)] + end


def growth(use: Callable[[str], object], piece: str, end: str = "", length: int = LENGTH) -> float:
    """Return how many times as long a string takes as one of a quarter of its length; 0 where it takes hardly any time.

    Processor seconds; where they seem to grow too fast, the shortest of several measurements counts.
    """
    large = repeated(piece, length, end)
    slow = _seconds(use, large)
    if slow <= FREE:
        return 0.0
    small = repeated(piece, length // 4, end)
    fast = _seconds(use, small)
    for _ in range(3):
        if slow <= max(FREE, MOST * fast):
            break
        fast, slow = min(fast, _seconds(use, small)), min(slow, _seconds(use, large))
    return 0.0 if slow <= FREE else slow / max(fast, FREE / 10)


def _seconds(use: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    use(text)
    return time.process_time() - start
