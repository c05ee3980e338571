"""Whole sentences graded by small linear models: uncertainty, and whether a sentence is worth checking."""
