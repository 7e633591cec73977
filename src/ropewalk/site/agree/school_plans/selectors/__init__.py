"""What is read of schools’ plans."""
