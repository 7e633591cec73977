"""Views of live figures."""
