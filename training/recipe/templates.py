"""Made-up sentences for what open corpora hardly have: lists of states, datelines, ranks, forces, weapons, waters.

A slot in braces is filled with a name of that type; `X:` in a slot names a pool that is not a type of its own.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

from recipe.augment import Labelled, Swapper, join
from recipe.pools import Pools

SLOT = r"\{([A-Z_]+)\}"
RANKS = [
    *("Gen.", "General", "Col.", "Colonel", "Lt. Gen.", "Maj. Gen.", "Brig. Gen.", "Admiral", "Rear Adm.", "Capt."),
    *("President", "Prime Minister", "Foreign Minister", "Defense Minister", "Secretary of State", "Sen.", "Rep."),
    *("Ambassador", "Mr.", "Ms.", "Dr.", "Prof.", "Sheikh", "Ayatollah", "King", "Chancellor", "Spokesman"),
    *("Spokeswoman", "Commander", "Governor", "Mayor"),
]
DAYS = [
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "last week", "yesterday"),
    *("last month", "March 3", "2 June 2021", "July 2019", "2016", "this week", "the past year", "October, 1911"),
    *("the spring of 1998", "May 4, 1999", "the next 3 days", "6-8 weeks", "1914 – 18", "next month"),
]
TEMPLATES = Path(__file__).parent / "data" / "templates.txt"


class Writer:
    """Fills templates with names and joins them to short texts."""

    def __init__(self, pools: Pools, rng: random.Random) -> None:
        self.pools = pools
        self.rng = rng
        self.swapper = Swapper(pools, rng, rate=1.0)
        lines = TEMPLATES.read_text("utf-8").splitlines()
        self.templates = [line for line in lines if line and not line.startswith("#")]

    def fill(self, template: str) -> Labelled:
        """Fill one template."""
        sentence, _, fixed = template.partition(">>")
        types = dict(part.rsplit("=", 1) for part in fixed.split(",") if part)
        names = "|".join(re.escape(name) for name in sorted(types, key=len, reverse=True))
        text, at = "", 0
        entities: list[tuple[int, int, str]] = []
        for match in re.finditer(rf"{SLOT}|(?<!\w)(?:{names})(?!\w)" if names else SLOT, sentence):
            text += sentence[at : match.start()]
            slot = match[1]
            name = self.name(slot) if slot else match[0]
            if slot != "RANK":
                entities.append((len(text), len(text) + len(name), slot or types[name]))
            text, at = text + name, match.end()
        return Labelled(text + sentence[at:], tuple(entities))

    def name(self, kind: str) -> str:
        """Choose what fills a slot."""
        rng, pools = self.rng, self.pools
        if kind == "PERSON":
            given = f"{rng.choice(pools.given)} " if rng.random() < 0.7 else ""
            return given + rng.choice(pools.surnames)
        if kind == "GPE":
            return rng.choice(pools.states if rng.random() < 0.6 else pools.places)
        if kind == "ORG":
            return self.swapper.organisation("")
        lists = {
            "RANK": RANKS,
            "DATE": DAYS,
            "NORP": pools.adjectives,
            "LOC": pools.locations,
            "PRODUCT": pools.products,
        }
        return rng.choice(lists[kind])

    def text(self) -> Labelled:
        """Write a text of one to five filled templates."""
        joiner = self.rng.choice(["\n", "\n\n", " "])
        return join([self.fill(self.rng.choice(self.templates)) for _ in range(self.rng.randint(1, 5))], joiner)
