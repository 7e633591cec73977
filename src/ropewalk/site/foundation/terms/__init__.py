"""Data-sharing terms of a place: what schools share for what, and each school's answer to them."""
