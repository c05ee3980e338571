"""Turn records into typed and sorted frames, one for each table of the dataset."""

from verify.tables.build import build_tables, issues_frame
from verify.tables.frame import check, conform, sort, to_frame
from verify.tables.judgements import Grade

__all__ = ["Grade", "build_tables", "check", "conform", "issues_frame", "sort", "to_frame"]
