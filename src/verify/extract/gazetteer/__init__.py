"""Correct a model's entities by the lexicons and by the rest of the text; see `correct`."""

from verify.extract.gazetteer.correct import RULES, apply, correct, make_gazetteer

__all__ = ["RULES", "apply", "correct", "make_gazetteer"]
