"""Collaboration of a place: help given and taken, practice shared, promises kept, beside common objectives."""
