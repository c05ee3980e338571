"""Check the tables before anything is published."""

from verify.quality.report import Outcome, QualityReport
from verify.quality.run import issues, validate

__all__ = ["Outcome", "QualityReport", "issues", "validate"]
