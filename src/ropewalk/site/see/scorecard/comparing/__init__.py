"""Places beside each other, and a region with all its councils."""
