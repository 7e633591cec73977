"""Organisations and places, and who belonged where on which day."""
