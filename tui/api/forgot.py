"""A forgotten user name or password."""
