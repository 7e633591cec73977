"""Ropewalk: schools, trusts, council and community of a place see one picture, agree one plan, act and prove."""

__version__ = "0.1.0"
