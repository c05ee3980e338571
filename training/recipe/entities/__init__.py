"""Entities of published corpora, mapped to the types of OntoNotes 5 (Weischedel et al. 2013)."""
