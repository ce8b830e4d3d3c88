"""What to poll, how often, and how answers are merged into the store."""
