"""Erasing a person everywhere on the site, and what the log says of a child who was erased from the store."""
