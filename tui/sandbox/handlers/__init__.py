"""What each operation does to a world: one function per operation id, one module per section."""
