"""What a run is made with, as hashes: two runs with the same hashes find the same in the same articles."""

from __future__ import annotations

import hashlib
import re
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

from verify import nlp, schema
from verify.provenance import PLACES, folder_hash
from verify.settings import OPERATION, Settings

PACKAGE = Path(__file__).parent
# Settings that no article and no analysis depends on, that articles do not, and that analyses do not.
_OF_THE_WHOLE = frozenset({"batch_size", "limit", "fail_on", "data_docs"})
_OF_ANALYSIS = frozenset({"attribution", "max_sentences", "max_seconds"})
_OF_READING = frozenset({"max_bytes", "max_chars"})
_BENEATH = ("blis", "lxml", "htmldate")  # libraries of our libraries that decide about numbers and about text


def of_pipeline(settings: Settings) -> str:
    """Hash the program with its data, the libraries, and the spaCy pipeline.

    Raises:
        ModelError: There is no such pipeline.
    """
    return digest(_of_program(), folder_hash(nlp.locate(settings.model)))


def of_reading(pipeline: str, settings: Settings) -> str:
    """Hash all that reading depends on beside the files: the pipeline, the settings and the publishers."""
    publishers = settings.publishers.read_bytes() if settings.publishers.is_file() else None
    return digest(pipeline, _dump(settings, _OF_THE_WHOLE | _OF_ANALYSIS), publishers)


def of_analysing(pipeline: str, settings: Settings) -> str:
    """Hash all that an analysis depends on beside its article: the pipeline and the settings."""
    return digest(pipeline, _dump(settings, _OF_THE_WHOLE | _OF_READING))


def of_dataset(pipeline: str, settings: Settings, corpus: bytes) -> str:
    """Hash all that a dataset depends on.

    Args:
        pipeline: From `of_pipeline`.
        settings: Of the run.
        corpus: All articles and issues that were read.
    """
    return digest(of_reading(pipeline, settings), _dump(settings, frozenset()), corpus)


def digest(*parts: object) -> str:
    """Hash the `repr` of some values."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@cache  # the code of a process does not change while it runs, even if the files do
def _of_program() -> str:
    """Hash the package with its lexicons, weights and schemas, and the versions of the libraries that it names."""
    required = [line for line in metadata.requires("verify") or () if "extra ==" not in line]
    names = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in required]
    versions = [(name, metadata.version(name)) for name in (*names, *_BENEATH)]
    package = folder_hash(PACKAGE, leave_out=("pipelines",))  # the one that is used counts as the spaCy pipeline
    return digest(sys.version_info[:2], versions, package, folder_hash(Path(str(schema.folder()))))


def _dump(settings: Settings, leave_out: frozenset[str]) -> str:
    """Return the settings that count; one that is new counts until it is said that it does not."""
    return settings.model_dump_json(exclude=PLACES | OPERATION | leave_out)
