"""Publish: wording, tables, charts, and the documents made of them."""
