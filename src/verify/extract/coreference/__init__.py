"""Pronouns and descriptions, and the names that they stand for."""
