"""Who is said to say what: source, cue and content, by rules and by a small trained model."""
