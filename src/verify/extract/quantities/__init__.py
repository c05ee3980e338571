"""Measured and counted amounts, with their value and unit normalised."""
