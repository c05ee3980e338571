"""Named mentions: who and where, under one name and type each in an article."""
