"""Words that make a claim less than certain: cues, scope, holder, and a score for a sentence."""
