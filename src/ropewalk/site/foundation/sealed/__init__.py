"""Texts about people that nobody reads in the database without the data key."""
