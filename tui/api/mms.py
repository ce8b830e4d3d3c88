"""Picture messages: price, send, history and receipts."""
