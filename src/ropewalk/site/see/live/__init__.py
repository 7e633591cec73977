"""Figures from schools' own returns, of a place, a trust or a school, for whoever may see these in full."""
