"""The pages of schools’ plans."""
