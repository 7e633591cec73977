"""Editions: figures from schools' returns on their way to being released, and what was released."""
