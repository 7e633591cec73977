"""Changes of the tables of partnerships."""
