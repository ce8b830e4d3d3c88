"""Faxes: price, send, history and receipts."""
