"""Migrations of workstreams."""
