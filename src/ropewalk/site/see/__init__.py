"""The first room of the house: see how the children of a place are doing."""
