"""Figures from schools' own returns, for the local administrator: of a place, a trust, a school."""
