"""How certain the words present what a predicate says: context rules, and a graded score."""
