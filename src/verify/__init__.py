"""News articles in, a checked and flagged dataset of the claims they make out."""
