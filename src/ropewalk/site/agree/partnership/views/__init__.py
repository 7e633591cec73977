"""Pages of a partnership."""
