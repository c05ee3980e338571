"""How the bundled spaCy pipeline is made: from published corpora to trained weights."""
