"""Accounts that came by recommendation."""
