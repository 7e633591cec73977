"""Changes of the tables of collaboration."""
