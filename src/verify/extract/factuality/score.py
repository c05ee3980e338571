"""Grade a predicate from -3 (certainly not) to 3 (certainly) by trained weights, with the rules' reading as features.

The scale is that of UDS It-Happened (Rudinger et al. 2018), where readers said whether an event happened and how
sure they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.extract.factuality.context import clause_head, embedding_of
from verify.extract.factuality.features import features
from verify.extract.features import linear as linear

if TYPE_CHECKING:
    from spacy.tokens import Token

    from verify.extract.factuality.context import Stance
    from verify.extract.features.columns import Columns

WEIGHTS = "factuality"
LIMIT = 3.0


def grade(token: Token, columns: Columns, stance: Stance, *, is_future: bool) -> float:
    """Return the grade of a predicate.

    Args:
        token: The word that carries it.
        columns: Its document.
        stance: What the rules say of it.
        is_future: Whether they put it in the future.
    """
    score = linear.load(WEIGHTS).score(predicate_features(token, columns, stance, is_future=is_future))
    return max(-LIMIT, min(LIMIT, score))


def predicate_features(token: Token, columns: Columns, stance: Stance, *, is_future: bool) -> list[str]:
    """Return the features of a predicate; the arguments are those of `grade`."""
    head = clause_head(token)
    embedding = embedding_of(head)
    signature = "".join("".join(given) for given in embedding[1:]) if embedding else ""
    rule = "".join(stance) + ("future" if is_future else "")
    return features(columns, token.i, head.i, rule, signature)
