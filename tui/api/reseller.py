"""Accounts of customers, for resellers."""
