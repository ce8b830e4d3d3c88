"""Letters and postcards: price, send, history and the addresses they come back to."""
