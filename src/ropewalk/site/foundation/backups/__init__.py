"""Backups of a site: its database and its store in one sealed file, and bringing them back."""
