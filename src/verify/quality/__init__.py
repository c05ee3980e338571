"""Check the tables before anything is published."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from verify.quality.report import Outcome, Place, QualityReport

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Outcome", "Place", "QualityReport", "validate"]


def validate(tables: Mapping[str, "pd.DataFrame"]) -> QualityReport:
    """Judge all tables; loads Great Expectations, which takes seconds."""
    from verify.quality.run import validate as run

    return run(tables)
