"""Exploring: analysts ask for shares of pupils and get rounded counts."""
