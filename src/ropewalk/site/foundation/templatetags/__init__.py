"""Template tags that every room of the house uses."""
