"""Claims: propositions in prose with all that was found about their words."""
