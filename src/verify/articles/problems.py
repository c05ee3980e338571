"""Problems of inputs before they are rows of `issues`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from verify.models import Issue
from verify.terms import IssueReason, IssueSeverity

# Left out on purpose, or read although something about it is wrong; every other reason means that text was lost.
_NOTICES = frozenset(
    {
        IssueReason.DUPLICATE,
        IssueReason.MALFORMED_METADATA,
        IssueReason.NOT_ENGLISH,
        IssueReason.REPLACED_CHARACTERS,
        IssueReason.UNPARSABLE_DATE,
        IssueReason.UNSUPPORTED,
    }
)


class Problem(Exception):
    """Something about an input, or about one record of it, that a person should know.

    Args:
        reason: What kind of problem it is.
        detail: The value found and what was expected.
        position: The byte at which it stands, or the character inside a text, where there is one.
        row: The record of the file, counted from 1.
    """

    def __init__(self, reason: IssueReason, detail: str, position: int | None = None, row: int | None = None) -> None:
        self.reason, self.detail, self.position, self.row = reason, detail, position, row
        super().__init__(f"{reason}: {detail}")

    def issue(self, path: str, row: int | None = None, article_id: str | None = None) -> Issue:
        """Return the problem as a row of `issues`."""
        severity = IssueSeverity.NOTICE if self.reason in _NOTICES else IssueSeverity.ERROR
        at = self.row if self.row is not None else row
        return Issue(path, self.reason, severity, self.detail, row=at, position=self.position, article_id=article_id)


class IssueList:
    """The issues of one file: of each kind the first ones, and one more that counts the others.

    Args:
        most: Of one kind.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: list[Issue] = []
        self._counts: Counter[IssueReason] = Counter()
        self._beyond: dict[IssueReason, Issue] = {}

    def add(self, issue: Issue) -> None:
        """Keep an issue, or count it."""
        self._counts[issue.reason] += 1
        if self._counts[issue.reason] <= self._most:
            self._kept.append(issue)
        else:
            self._beyond.setdefault(issue.reason, issue)

    def all(self) -> tuple[Issue, ...]:
        """Return the issues kept, and for each kind with more than that one that stands where the others begin."""
        more = (
            replace(issue, detail=f"and {self._counts[reason] - self._most} more of this kind from here on")
            for reason, issue in self._beyond.items()
        )
        return (*self._kept, *more)


def shown(value: object, limit: int = 60) -> str:
    """Return a value from an input as it can stand in a message: quoted, escaped and short."""
    text = ascii(value) if not isinstance(value, str) else repr(value)
    return text if len(text) <= limit else f"{text[:limit]}..."
