"""Pages of collaboration."""
