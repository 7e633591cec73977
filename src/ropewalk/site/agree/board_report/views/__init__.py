"""Pages of board reports."""
