"""What the small models have in common: columns of a parse, hashed features, weights read from files."""
