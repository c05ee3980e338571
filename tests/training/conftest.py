"""What the tests of the recipe share: the fixture corpora, read once."""

from __future__ import annotations

import pytest

from recipe.corpora import Corpora, read_corpora
from tests.training.fixtures import CORPORA, SEED


@pytest.fixture(scope="package")
def corpora() -> Corpora:
    return read_corpora(CORPORA, SEED)
