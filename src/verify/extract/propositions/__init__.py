"""Propositions: what the parse says of whom, one predicate with its arguments at a time."""
