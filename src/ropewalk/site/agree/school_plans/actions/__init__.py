"""What changes schools’ plans."""
