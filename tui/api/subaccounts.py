"""Sub-accounts: who else may use the account, and for what."""
