"""Draft, check, quote, confirm, outbox, track: the only package that may send or spend."""
