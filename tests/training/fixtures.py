"""Where the fixture corpora lie, the seed of all draws, and short lists of names."""

from pathlib import Path

from recipe.pools import Pools

CORPORA = Path(__file__).parents[1] / "data" / "training"
SEED = 3


def pools() -> Pools:
    return Pools(
        given=["Mira"], surnames=["Okoro"], states=["Chile"], places=["Lund"], locations=["Red Sea"],
        organisations=["Harbour Bank"], adjectives=["Danish"], peoples=["Danes"], products=["T-72"],
    )  # fmt: skip
