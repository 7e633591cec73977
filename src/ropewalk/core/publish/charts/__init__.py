"""Charts: one module for each, all drawn from the view models."""
