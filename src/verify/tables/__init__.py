"""Turn records into typed and sorted frames, one for each table of the dataset."""

from verify.tables.build import build_part, issues_frame, matches_frame
from verify.tables.census import Census
from verify.tables.counts import Counts, count
from verify.tables.frame import check, conform, sort, to_frame
from verify.tables.judgements import Grade
from verify.tables.leaves import Leaf, cut, join, pack, unpack
from verify.tables.tally import Tally

__all__ = [
    "Census",
    "Counts",
    "Grade",
    "Leaf",
    "Tally",
    "build_part",
    "check",
    "conform",
    "count",
    "cut",
    "issues_frame",
    "join",
    "matches_frame",
    "pack",
    "sort",
    "to_frame",
    "unpack",
]
