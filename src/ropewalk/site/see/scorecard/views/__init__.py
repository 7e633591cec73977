"""Views of the scorecard: each gathers one page from the use cases and hands it to a template."""
