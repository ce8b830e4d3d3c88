"""Voice messages that are read out: price, send, history, languages and receipts."""
