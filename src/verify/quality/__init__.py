"""Check the tables before anything is published."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from verify.quality.issues import issues, places_of
from verify.quality.report import Outcome, QualityReport
from verify.quality.run import Judge, validate
from verify.quality.verdicts import Failed, Verdicts

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Failed",
    "Judge",
    "Outcome",
    "QualityReport",
    "Verdicts",
    "data_docs",
    "issues",
    "places_of",
    "validate",
]


def data_docs(frames: Mapping[str, "pd.DataFrame"]) -> dict[str, bytes]:
    """Build the pages of Great Expectations, by path below the folder of the run; loads it, which takes seconds."""
    from verify.quality.datadocs import data_docs as build

    return build(frames)
