"""Functions from a spaCy `Doc` to records: one module for each kind of thing; no files, no pandas."""
