"""News articles in, a checked and flagged dataset of the claims they make out.

    import verify
    analysis = verify.analyze("Iran said on Friday that ...", published_at=date(2024, 3, 18))
    dataset = verify.build(verify.read_articles("data/raw"))
    dataset.claims; dataset.save("data/curated")

Importing the package loads nothing heavy; each name below loads its room when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verify.analysis import analyze
    from verify.api import build
    from verify.articles import read_articles
    from verify.dataset import Dataset, read_dataset
    from verify.errors import VerifyError
    from verify.models import Analysis, Article, Claim
    from verify.nlp import load

__all__ = [
    "Analysis",
    "Article",
    "Claim",
    "Dataset",
    "VerifyError",
    "analyze",
    "build",
    "load",
    "read_articles",
    "read_dataset",
]
_HOMES = {
    "Analysis": "models",
    "Article": "models",
    "Claim": "models",
    "Dataset": "dataset",
    "VerifyError": "errors",
    "analyze": "analysis",
    "build": "api",
    "load": "nlp",
    "read_articles": "articles",
    "read_dataset": "dataset",
}


def __getattr__(name: str) -> Any:
    """Import the room of a public name when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'verify' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"verify.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
