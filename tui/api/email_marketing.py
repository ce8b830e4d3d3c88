"""E-mail campaigns, and the addresses that e-mail may come from."""
